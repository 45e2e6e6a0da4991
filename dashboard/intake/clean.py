"""From raw cells to the snapshot's clean tables: every rule that judges a row runs in `queries/clean`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Literal

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.contract import Contract, Table
from dashboard.intake import tables
from dashboard.intake.sheet import UNREADABLE
from dashboard.policy import Policy

GROUP_MARKS = {"duckdb": "\\", "spark": "$"}
"""How an engine writes a captured group in a replacement."""

_PER_TABLE = ("typed", "duplicates", "accepted", "findings", "files")


def statement(
    name: str,
    table: Table,
    contract: Contract,
    present: Collection[str],
    dialect: Literal["duckdb", "spark"] = "duckdb",
) -> str:
    """One statement of `queries/clean`, expanded for `table`; `present` names the tables of the folder."""
    context: dict[str, Any] = {
        "table": table,
        "contract": contract,
        "present": present,
        "unreadable": UNREADABLE,
        "group_mark": GROUP_MARKS[dialect],
    }
    return queries.text("clean", name, **context)


def clean(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    policy: Policy,
    present: Collection[str],
    progress: Callable[[str], None] = lambda title: None,
) -> None:
    """Create the twelve tables, `rejects`, `warnings` and `files` in the connection's current database.

    Reads the temporary `raw_TABLE`, `raw_sheets` and `raw_columns` (see `stage`) of the `present` tables and the
    `plan…` tables; what it needs on the way stays temporary. `progress` is told each table's Chinese name.
    """
    _create_lookups(connection, contract, policy)
    tables.create_empty(connection, contract, [t.name for t in contract.tables if t.name not in present])
    for table in contract.tables:
        if table.name in present:
            progress(table.title)
            _clean_table(connection, table, contract, present)
    _gather(connection, contract, present)


def _clean_table(
    connection: duckdb.DuckDBPyConnection, table: Table, contract: Contract, present: Collection[str]
) -> None:
    for name in _PER_TABLE:
        target = f'table "{table.name}"' if name == "accepted" else f"temp table {name}_{table.name}"
        connection.execute(f"create {target} as {statement(name, table, contract, present)}")
    for scratch in (f"typed_{table.name}", f"duplicates_{table.name}", f"raw_{table.name}"):
        connection.execute(f"drop table temp.{scratch}")


def _gather(connection: duckdb.DuckDBPyConnection, contract: Contract, present: Collection[str]) -> None:
    names = [t.name for t in contract.tables if t.name in present]
    for target in ("rejects", "warnings", "files"):
        connection.execute(f"create table {target} as {queries.text('clean', target + '_of_all', names=names)}")
    for name in names:
        connection.execute(f"drop table temp.findings_{name}; drop table temp.files_{name}")


def _create_lookups(connection: duckdb.DuckDBPyConnection, contract: Contract, policy: Policy) -> None:
    """`city_names` (every written form of a city → its code) and `contract_columns` (their order), temporary."""
    fronts = ("", policy.province.name, policy.province.short_name)
    written = {
        front + form: city.code
        for city in policy.cities
        for form in (city.name, city.short_name, city.code)
        for front in fronts
    }
    columns = [(t.name, c.name, i) for t in contract.tables for i, c in enumerate(t.columns)]
    table_names, column_names, positions = zip(*columns, strict=True)
    for name, table in {
        "city_names": pa.table({"written": list(written), "city_code": list(written.values())}),
        "contract_columns": pa.table({"table_name": table_names, "column_name": column_names, "position": positions}),
    }.items():
        tables.create_from(connection, name, table, temporary=True)
