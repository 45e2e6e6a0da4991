"""Who runs the statements of `queries/clean` and `queries/marts` for an import: DuckDB, or Spark (see `spark`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

import duckdb

from dashboard.contract import Contract
from dashboard.errors import SetupError
from dashboard.intake import clean
from dashboard.intake.stage import Reading
from dashboard.snapshots import marts
from dashboard.snapshots.jobs import Job

Engine = Literal["duckdb", "spark"]


class Builder(Protocol):
    """Fills a snapshot from what is read into it. Whichever does it, the rows are the same."""

    @property
    def version(self) -> str:
        """The engine's name and version, for the manifest."""

    def jobs(self, reading: Reading, contract: Contract, aside: Path) -> dict[str, Job]:
        """The jobs that read, clean and sum up the present tables: all of the contract's, and all marts.

        Once something is wrong with the folder, what is left of it is still read, to name everything that is wrong;
        but nothing is made of it any more. `aside` is a folder for what is needed on the way.
        """


class Work:
    """Jobs that grow: reading first, and what is made of it only while nothing is wrong with the folder."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.jobs = {f"读取 {name}": Job(partial(reading.load, name=name)) for name in reading.present}

    def add(self, name: str, work: Callable[[duckdb.DuckDBPyConnection], None], *after: str) -> None:
        def unless_bad(connection: duckdb.DuckDBPyConnection) -> None:
            if not self.reading.has_problems:
                work(connection)

        self.jobs[name] = Job(unless_bad, frozenset(after))


class InDuckDB:
    """Builds in the snapshot's own connection: each table, each mart, as soon as what it needs is there."""

    version = f"duckdb {duckdb.__version__}"

    def jobs(self, reading: Reading, contract: Contract, aside: Path) -> dict[str, Job]:
        work = Work(reading)
        for table in (contract.table(name) for name in reading.present):
            needed = clean.needs(table, reading.present)
            accept = partial(clean.accept, table=table, contract=contract, present=reading.present)
            find = partial(clean.find, table=table, contract=contract, present=reading.present)
            work.add(table.name, accept, f"读取 {table.name}", *needed)
            work.add(f"核对 {table.name}", find, table.name)
        gather = partial(clean.gather, contract=contract, present=reading.present)
        work.add("汇集", gather, *(f"核对 {name}" for name in reading.present))
        origin = {name: name for name in (*reading.present, *marts.reads("marts"))}
        origin |= dict.fromkeys(clean.OF_ALL, "汇集")
        for name, read in marts.reads("marts").items():
            work.add(name, partial(marts.create, "marts", name), *(origin[table] for table in read if table in origin))
        return work.jobs


@contextmanager
def running(engine: Engine) -> Iterator[Builder]:
    """The builder of an engine, ready until the end of the block.

    Raises:
        SetupError: what Spark needs is not installed.
        EngineFailed: Spark does not start.
    """
    if engine == "duckdb":
        yield InDuckDB()
        return
    try:
        from dashboard.snapshots.spark.builder import InSpark
        from dashboard.snapshots.spark.session import started
    except ModuleNotFoundError as error:
        raise SetupError(
            f"没有安装 {error.name}，不能使用 --engine spark：请先运行 "
            "pip install -r dashboard/snapshots/spark/requirements.txt，或改用 --engine duckdb。"
        ) from error
    with started() as session:
        yield InSpark(session)
