"""Build what is computed once: the marts of a snapshot, and the pair mart of two neighbours, in dependency order."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from graphlib import TopologicalSorter

import duckdb

from dashboard import queries
from dashboard.queries import Room

SIDE_BY_SIDE = 2
"""Statements that run at once: most are short, and one alone does not keep two cores busy."""


@cache
def graph(room: Room) -> Mapping[str, frozenset[str]]:
    """The statements of a room, each with those of the room that it reads."""
    known = queries.names(room)
    read = queries.tables_read(*(queries.text(room, name) for name in known))
    return {name: frozenset(tables.intersection(known) - {name}) for name, tables in zip(known, read, strict=True)}


def order(room: Room) -> tuple[str, ...]:
    """The statements of a room so that each comes after those it reads."""
    return tuple(TopologicalSorter(graph(room)).static_order())


def build(connection: duckdb.DuckDBPyConnection, room: Room) -> None:
    """Create one table per statement of `room` (`marts` or `pairs`) in the first database of the search path.

    What does not wait for another is built side by side, each on a cursor of its own.
    """
    path = connection.execute("select current_setting('search_path')").fetchall()[0][0]
    sorter = TopologicalSorter(graph(room))
    sorter.prepare()
    running: dict[Future[None], str] = {}
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        while sorter.is_active():
            running |= {
                pool.submit(_create, connection.cursor(), path, room, name): name for name in sorter.get_ready()
            }
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()
                sorter.done(running.pop(future))


def _create(cursor: duckdb.DuckDBPyConnection, path: str, room: Room, name: str) -> None:
    with cursor:
        cursor.execute("set search_path = ?", [path])
        cursor.execute(f'create table "{name}" as {queries.text(room, name)}')
