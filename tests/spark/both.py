"""One folder imported by both engines, and what differs between the two snapshots."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession

from dashboard.places import Places
from dashboard.snapshots import importer
from dashboard.snapshots.builders import Builder, InDuckDB
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order
from dashboard.snapshots.spark.builder import InSpark

IN_ORDER = ("rejects", "warnings", "files")
"""Tables whose order of rows is read by people."""


def differences(folder: Path, day: dt.date, session: SparkSession, aside: Path) -> tuple[list[str], dict[str, int]]:
    """What differs between the snapshots of both engines, manifest aside; and the rows of each table."""
    mine, theirs = (_imported(folder, day, builder, aside / name)
                    for name, builder in (("duckdb", InDuckDB()), ("spark", InSpark(session))))  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute(f"attach '{mine}' as mine (read_only)")
        connection.execute(f"attach '{theirs}' as theirs (read_only)")
        found = [f"columns: {column}" for column in _columns(connection, "mine") ^ _columns(connection, "theirs")]
        counts = {}
        for table in sorted({table for table, *_ in _columns(connection, "mine")} - {"manifest"}):
            ours, others = (connection.execute(f'from {side}."{table}"').fetchall() for side in ("mine", "theirs"))
            counts[table] = len(ours)
            if table in IN_ORDER and ours != others:
                found.append(f"{table}: another order, or other rows")
            left, right = Counter(map(repr, ours)), Counter(map(repr, others))
            found += [f"{table}: only DuckDB has {row}" for row in left - right]
            found += [f"{table}: only Spark has {row}" for row in right - left]
    return found, counts


def _imported(folder: Path, day: dt.date, builder: Builder, data: Path) -> Path:
    order = Order(folder, day, accept=Accept(rejects=True, change=True, replace=True))
    outcome = importer.import_folder(Places(data), order, builder=builder)
    assert outcome.entry
    return data / "snapshots" / outcome.entry.file


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> set[tuple[str, str, str]]:
    found = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where database_name = ?", [database]
    ).fetchall()
    return {(table, column, kind) for table, column, kind in found}
