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


def create_from(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table, *, temporary: bool = False) -> None:
    """Create one table from an Arrow table of the same columns."""
    connection.register("incoming", table)
    connection.execute(f'create {"temp " if temporary else ""}table "{name}" as from incoming')
    connection.unregister("incoming")
