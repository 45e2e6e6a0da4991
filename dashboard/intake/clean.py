"""From raw cells to the snapshot's clean tables: every rule that judges a row runs in `queries/clean`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import duckdb
import pyarrow as pa

from dashboard import queries
from dashboard.contract import Contract, Table
from dashboard.intake import tables
from dashboard.intake.sheet import UNREADABLE
from dashboard.intake.tables import SCRATCH
from dashboard.policy import Policy

Dialect = Literal["duckdb", "spark"]

GROUP_MARKS: dict[Dialect, str] = {"duckdb": "\\", "spark": "$"}
"""How an engine writes a captured group in a replacement."""

OF_ALL = ("rejects", "warnings", "files")
"""What is gathered of all tables."""

_ACCEPTING = ("typed", "duplicates", "accepted")
_FINDING = ("findings", "files")


def statement(
    name: str,
    table: Table,
    contract: Contract,
    present: Collection[str],
    dialect: Dialect = "duckdb",
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


def statements(contract: Contract, present: Collection[str], dialect: Dialect = "duckdb") -> dict[str, str]:
    """All that cleaning the `present` tables makes, by name, each statement after those that it reads.

    The tables of the contract under their names, and `rejects`, `warnings`, `files`; what they need on the way as
    `typed_TABLE` and so on.
    """
    made = {}
    for table in (table for table in contract.tables if table.name in present):
        for name in (*_ACCEPTING, *(["known"] if _is_named_elsewhere(table, contract) else []), *_FINDING):
            made[table_of(name, table)] = statement(name, table, contract, present, dialect)
    return made | {name: _of_all(name, contract, present) for name in OF_ALL}


def table_of(name: str, table: Table) -> str:
    """The table that a statement of `queries/clean` makes for one of the contract."""
    return table.name if name == "accepted" else f"{name}_{table.name}"


def clean(connection: duckdb.DuckDBPyConnection, contract: Contract, policy: Policy, present: Collection[str]) -> None:
    """Create the twelve tables, `rejects`, `warnings` and `files` in the connection's current database.

    Reads the scratch `raw_TABLE`, `raw_sheets` and `raw_columns` (see `stage`) of the `present` tables and the `plan…`
    tables; what it needs on the way is scratch too. The steps may also be taken one by one: `begin`, then for each
    present table `accept` after those that it `needs`, and `find`, then `gather`.
    """
    begin(connection, contract, policy, present)
    for table in contract.tables:
        if table.name in present:
            accept(connection, table, contract, present)
            find(connection, table, contract, present)
    gather(connection, contract, present)


def needs(table: Table, present: Collection[str]) -> frozenset[str]:
    """The other present tables whose accepted rows a table is judged by."""
    kinds = {column.type for column in table.columns}
    named = {home for kind, home in (("institution", "institutions"), ("enterprise", "enterprises")) if kind in kinds}
    named |= {column.expected_in for column in table.columns if column.expected_in}
    return frozenset(named.intersection(present) - {table.name})


def begin(connection: duckdb.DuckDBPyConnection, contract: Contract, policy: Policy, present: Collection[str]) -> None:
    """Create the absent tables, without rows, and the small tables that cleaning looks things up in."""
    tables.create_empty(connection, contract, [t.name for t in contract.tables if t.name not in present])
    _create_lookups(connection, contract, policy)


def accept(connection: duckdb.DuckDBPyConnection, table: Table, contract: Contract, present: Collection[str]) -> None:
    """Create one table from its raw cells, and what `find` and the tables that need this one ask for."""
    _create(connection, "typed", table, contract, present)
    _create(connection, "duplicates", table, contract, present)
    connection.execute(f'create table "{table.name}" as {statement("accepted", table, contract, present)}')
    if _is_named_elsewhere(table, contract):
        _create(connection, "known", table, contract, present)


def find(connection: duckdb.DuckDBPyConnection, table: Table, contract: Contract, present: Collection[str]) -> None:
    """Collect what was found in the rows of an accepted table, and the balance of its files; drop the rest."""
    _create(connection, "findings", table, contract, present)
    _create(connection, "files", table, contract, present)
    for scratch in ("typed", "duplicates", "raw"):
        connection.execute(f"drop table {SCRATCH}.{scratch}_{table.name}")


def gather(connection: duckdb.DuckDBPyConnection, contract: Contract, present: Collection[str]) -> None:
    """Create `rejects`, `warnings` and `files` of all present tables."""
    for name in OF_ALL:
        connection.execute(f"create table {name} as {_of_all(name, contract, present)}")
    for name in present:
        for scratch in ("findings", "files"):
            connection.execute(f"drop table {SCRATCH}.{scratch}_{name}")


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, contract: Contract, present: Collection[str]
) -> None:
    text = statement(name, table, contract, present)
    connection.execute(f"create table {SCRATCH}.{name}_{table.name} as {text}")


def _is_named_elsewhere(table: Table, contract: Contract) -> bool:
    """Whether cells of other tables are expected in this one."""
    return any(column.expected_in == table.name for other in contract.tables for column in other.columns)


def _of_all(name: str, contract: Contract, present: Collection[str]) -> str:
    return queries.text("clean", f"{name}_of_all", names=[t.name for t in contract.tables if t.name in present])


def _create_lookups(connection: duckdb.DuckDBPyConnection, contract: Contract, policy: Policy) -> None:
    """`city_names` (every written form of a city → its code) and `contract_columns` (their order), scratch."""
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
        tables.create_from(connection, name, table, scratch=True)
