"""The tables every snapshot has, filled or not: the contract's twelve, the plan's, and which are present."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.contract import Contract
from dashboard.intake.plan_tables import plan_tables
from dashboard.policy import Policy

SCRATCH = "memory"
"""The database that every connection of ours begins with: its cursors share it, and what does not fit is spilled."""


def create_plan(connection: duckdb.DuckDBPyConnection, policy: Policy, contract: Contract, as_of: date) -> None:
    """Create the `plan…` tables for a snapshot of `as_of`."""
    for name, table in plan_tables(policy, contract, as_of).items():
        create_from(connection, name, table)


def create_empty(connection: duckdb.DuckDBPyConnection, contract: Contract, names: Collection[str]) -> None:
    """Create the named tables of the contract without rows."""
    for name in names:
        connection.execute(
            f'create table "{name}" as {queries.text("clean", "empty_table", table=contract.table(name))}'
        )


def create_presence(connection: duckdb.DuckDBPyConnection, contract: Contract, present: Collection[str]) -> None:
    """Create `presence`: one row, a boolean `has_TABLE` per table; absent is not the same as empty."""
    row = {f"has_{table.name}": [table.name in present] for table in contract.tables}
    create_from(connection, "presence", pa.table(row))


def create_from(
    connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table | pa.RecordBatchReader, *, scratch: bool = False
) -> None:
    """Create one table from Arrow: in the current database, or (`scratch`) one that is gone with the connection."""
    connection.register("incoming", table)
    try:
        connection.execute(f'create table {f"{SCRATCH}." if scratch else ""}"{name}" as from incoming')
    finally:
        connection.unregister("incoming")


def append_to(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Add the rows of an Arrow table to a scratch table of the same columns."""
    connection.from_arrow(table).insert_into(f"{SCRATCH}.main.{name}")
