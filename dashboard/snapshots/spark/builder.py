"""Runs an import's cleaning and marts on Spark and packs what comes of it into the snapshot, in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyspark
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from dashboard import queries
from dashboard.contract import Contract
from dashboard.intake import clean
from dashboard.intake.stage import Reading
from dashboard.intake.tables import SCRATCH
from dashboard.snapshots import marts
from dashboard.snapshots.builders import Work
from dashboard.snapshots.jobs import Job
from dashboard.snapshots.spark import exchange
from dashboard.snapshots.spark.dialect import to_spark
from dashboard.snapshots.spark.exchange import Exchange


class InSpark:
    """Builds in a Spark session. Reading files and writing the snapshot's own file stay with DuckDB."""

    version = f"spark {pyspark.__version__}"

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def jobs(self, reading: Reading, contract: Contract, aside: Path) -> dict[str, Job]:
        making = _Making(self._session, aside / "spark", contract, reading.present)
        work = Work(reading)
        work.add("交给 Spark", making.begin, *work.jobs)
        for name, read in making.reads().items():
            work.add(name, partial(making.make, name=name), "交给 Spark", *read)
        kept = [*reading.present, *clean.OF_ALL, *queries.names("marts")]
        for name in kept:
            work.add(f"收回 {name}", partial(making.take_back, name=name), name)
        work.add("Spark 完成", making.end, *(f"收回 {name}" for name in kept))
        return work.jobs


class _Making:
    """One import's tables: handed over, made one by one, taken back in a fixed order of rows."""

    def __init__(self, session: SparkSession, folder: Path, contract: Contract, present: Sequence[str]) -> None:
        self._session = session
        self._exchange = Exchange(session, folder)
        self._tables = [table.name for table in contract.tables]
        self._present = present
        in_order = {name: queries.text("marts", name) for name in marts.order("marts")}
        self._in_duckdb = clean.statements(contract, present) | in_order
        self._in_spark = clean.statements(contract, present, "spark") | in_order
        self._schemas: dict[str, pa.Schema] = {}

    def reads(self) -> dict[str, frozenset[str]]:
        """Each table to be made, with the others of them that its statement reads."""
        read = queries.tables_read(*self._in_duckdb.values())
        return {name: tables & self._in_duckdb.keys() for name, tables in zip(self._in_duckdb, read, strict=True)}

    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Hand over what was read, and drop it here."""
        self._schemas = exchange.schemas(connection, self._in_duckdb)
        self._exchange.hand_over(connection)
        for name in self._present:
            connection.execute(f"drop table {SCRATCH}.raw_{name}")

    def make(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        frame = self._session.sql(to_spark(self._in_spark[name]))
        if name in queries.names("marts"):
            frame = frame.orderBy(*frame.columns)
        elif name in self._present or name in clean.OF_ALL:
            frame = _in_file_order(frame, self._session.table("raw_sheets"), self._tables).select(*frame.columns)
        self._exchange.make(name, frame)

    def take_back(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        self._exchange.take_back(connection, name, self._schemas[name])

    def end(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._exchange.forget()


def _in_file_order(frame: DataFrame, sheets: DataFrame, table_names: list[str]) -> DataFrame:
    """Rows as they stand in the files; findings and files by table first, several findings of a row by code and column.

    Files come in the order of their paths' code points, which is Spark's order of text.
    """
    table = f.array_position(f.lit(table_names), f.col("table_name"))
    if "sheet" in frame.columns:
        return _placed(frame, sheets, "file", "sheet").orderBy(table, "place", "row_no", "code", "column_name")
    if "source_sheet" in frame.columns:
        return _placed(frame, sheets, "source_file", "source_sheet").orderBy("place", "source_row")
    return frame.orderBy(table, "file")


def _placed(frame: DataFrame, sheets: DataFrame, file: str, sheet: str) -> DataFrame:
    """The rows with the place of their sheet among all that were read."""
    places = sheets.select(sheets["file"].alias("f"), sheets["sheet"].alias("s"), sheets["sheet_id"].alias("place"))
    return frame.join(f.broadcast(places), (f.col(file) == f.col("f")) & f.col(sheet).eqNullSafe(f.col("s")))
