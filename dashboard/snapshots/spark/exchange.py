"""Tables on their way between DuckDB and Spark: Parquet files in a folder that both reach under the same path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from dashboard import queries
from dashboard.errors import CheckFailed
from dashboard.intake import tables


class Exchange:
    """The folder of one import: a sub-folder per table, which Spark knows by the table's name."""

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._session = session
        self._folder = folder

    def hand_over(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write all tables of the connection for Spark."""
        for name in _existing(connection):
            path = self._folder / name
            path.mkdir(parents=True)
            connection.table(name).to_parquet(str(path / "part-0.parquet"))
            self._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def make(self, name: str, frame: DataFrame) -> None:
        """Let Spark compute a table now and keep it for what reads it."""
        path = str(self._folder / name)
        frame.write.parquet(path)
        self._session.read.schema(frame.schema).parquet(path).createOrReplaceTempView(name)

    def take_back(self, connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema) -> None:
        """Create a table of what Spark made, in its order of rows and the types of `schema`.

        Raises:
            CheckFailed: it has other columns.
        """
        made = connection.read_parquet([str(file) for file in sorted((self._folder / name).glob("*.parquet"))])
        if made.columns != schema.names:
            said = "、".join(made.columns)
            raise CheckFailed(f"Spark 算出的 {name} 列不对，未发布，请把这句话发给维护人员：{said}。")
        tables.create_from(connection, name, schema.empty_table())
        made.insert_into(name)

    def forget(self) -> None:
        """Let Spark forget the tables; their files go with the folder."""
        for path in self._folder.iterdir():
            self._session.catalog.dropTempView(path.name)


def schemas(connection: duckdb.DuckDBPyConnection, statements: Mapping[str, str]) -> dict[str, pa.Schema]:
    """The columns that `statements` (each after what it reads) give in DuckDB on the connection's tables.

    They are found out on tables without rows.
    """
    with duckdb.connect() as empty:
        for name in _existing(connection):
            tables.create_from(empty, name, _columns(connection, name).empty_table())
        for name, statement in statements.items():
            empty.execute(f'create table "{name}" as {statement}')
        return {name: _columns(empty, name) for name in statements}


def _existing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(queries.text("spark", "tables"), {"scratch": tables.SCRATCH}).fetchall()
    return [name for (name,) in found]


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> pa.Schema:
    return connection.table(name).limit(0).to_arrow_table().schema
