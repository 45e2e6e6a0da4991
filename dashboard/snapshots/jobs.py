"""Jobs on one engine, side by side: each begins when those it waits for are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from graphlib import TopologicalSorter

import duckdb

SIDE_BY_SIDE = 2
"""Jobs that run at once: most are short, and one alone does not keep two cores busy."""

AGAIN = 0.1
"""Seconds after which a job that still runs is interrupted again."""


@dataclass(frozen=True)
class Job:
    """What is to be done on a cursor, after the jobs named."""

    work: Callable[[duckdb.DuckDBPyConnection], None]
    after: frozenset[str] = frozenset()


def run(
    connection: duckdb.DuckDBPyConnection, jobs: Mapping[str, Job], done: Callable[[str], None] = lambda name: None
) -> None:
    """Do all jobs, each on a cursor of its own that looks where `connection` does; `done` is told each one's name.

    Raises whatever the first job to fail raises; those that still run are interrupted.
    """
    path = connection.execute("select current_setting('search_path')").fetchall()[0][0]
    sorter = TopologicalSorter({name: job.after for name, job in jobs.items()})
    sorter.prepare()
    running: dict[Future[None], tuple[str, duckdb.DuckDBPyConnection]] = {}
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        try:
            while sorter.is_active():
                for name in sorter.get_ready():
                    cursor = connection.cursor()
                    running[pool.submit(_do, jobs[name], cursor, path)] = name, cursor
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    name, _ = running.pop(future)
                    future.result()
                    sorter.done(name)
                    done(name)
        except BaseException:
            _end({future: cursor for future, (_, cursor) in running.items() if not future.cancel()})
            raise


def _end(running: dict[Future[None], duckdb.DuckDBPyConnection]) -> None:
    """Interrupt jobs until they have ended: an interrupt that comes between two statements is lost."""
    while running:
        for cursor in running.values():
            with suppress(duckdb.ConnectionException):  # it has ended meanwhile
                cursor.interrupt()
        for future in wait(running, AGAIN).done:
            del running[future]


def _do(job: Job, cursor: duckdb.DuckDBPyConnection, path: str) -> None:
    with cursor:
        cursor.execute("set search_path = ?", [path])
        job.work(cursor)
