"""Small snapshots in memory, built from rows written in a test: the same marts, pairs and search path as on disk."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from dashboard import contract, metrics, policy
from dashboard.contract import Column, Contract
from dashboard.intake import tables
from dashboard.places import REPOSITORY
from dashboard.policy import Policy
from dashboard.scope import PROVINCE, Scope
from dashboard.snapshots import marts

JIANGSU = policy.load(REPOSITORY / "data/policy/jiangsu-2024.yaml")

Rows = str | Sequence[Mapping[str, Any]]


class World:
    """A snapshot in memory, with its predecessor if it has one.

    `given` holds rows by table: CSV text (header line first) or mappings; columns left out are null, except
    that the required ones take a plausible value (see `_FILL`). Tables not given are absent; an empty list or a
    header line alone is a table without rows. Cells are in cleaned form: ISO dates, true/false, `;` between several.
    """

    def __init__(
        self, as_of: str, given: Mapping[str, Rows], previous: World | None = None, plan: Policy = JIANGSU
    ) -> None:
        self.as_of, self.given, self.policy = date.fromisoformat(as_of), given, plan
        self.contract = contract_of(plan)
        self.connection = duckdb.connect()
        self._fill("snapshot", given)
        marts.build(self.connection, "marts")
        self._pair(previous)

    def query(self, name: str, account: Scope = PROVINCE, /, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a metric, nulls as None, dates as ISO text."""
        frame = metrics.run(self.connection, name, account, parameters).frame
        return [{str(k): _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]

    def _fill(self, catalogue: str, given: Mapping[str, Rows]) -> None:
        self.connection.execute(f"attach ':memory:' as {catalogue}; use {catalogue}")
        tables.create_plan(self.connection, self.policy, self.contract, self.as_of)
        tables.create_presence(self.connection, self.contract, given.keys())
        tables.create_empty(self.connection, self.contract, [t.name for t in self.contract.tables])
        for name, columns in _RECORDS.items():
            self.connection.execute(f"create table {name} ({columns})")
        for name, rows in given.items():
            if name in _RECORDS:
                self._insert_records(name, rows)
            else:
                self._insert(name, rows)

    def _insert_records(self, name: str, rows: Rows) -> None:
        """Rows of what an import leaves behind (`files`, `rejects`, `warnings`)."""
        for record in _records(rows):
            names, marks = ", ".join(record), ", ".join("?" * len(record))
            values = [value or None for value in record.values()]
            self.connection.execute(f"insert into {name} ({names}) values ({marks})", values)

    def _insert(self, name: str, rows: Rows) -> None:
        records = _records(rows)
        columns = self.contract.table(name).columns
        for record in records:
            unknown = set(record) - {c.name for c in columns}
            assert not unknown, f"{name} has no column {unknown}"
        filled = {c.name: _column(c, records) for c in columns}
        marks = {"source_file": [f"{name}.csv"] * len(records), "source_row": list(range(2, len(records) + 2))}
        self.connection.register("incoming", pa.table({**filled, **marks}))
        self.connection.execute(f"insert into {name} by name from incoming")
        self.connection.unregister("incoming")

    def _pair(self, previous: World | None) -> None:
        self.connection.execute("attach ':memory:' as previous")
        source = previous.connection if previous else self.connection
        for (name,) in source.execute(
            "select table_name from duckdb_tables() where database_name = 'snapshot'"
        ).fetchall():
            frame = source.sql(f"from snapshot.{name}").to_arrow_table()
            self.connection.register("incoming", frame if previous else frame.slice(0, 0))
            self.connection.execute(f"create table previous.{name} as from incoming")
            self.connection.unregister("incoming")
        self.connection.execute("attach ':memory:' as pair; use pair; set search_path = 'pair.main,snapshot.main'")
        marts.build(self.connection, "pairs")
        self.connection.execute("set search_path = 'snapshot.main,pair.main'")


_FINDING = (
    "table_name varchar, file varchar, sheet varchar, row_no bigint, code varchar, column_name varchar, value varchar, "
    "cells varchar, institution_id varchar"
)
_RECORDS = {
    "files": "table_name varchar, file varchar, rows_read bigint, accepted bigint, rejected bigint, skipped bigint, "
    "warnings bigint",
    "rejects": _FINDING,
    "warnings": _FINDING,
    "notes": "kind varchar, file varchar, sheet varchar, message varchar",
}


def _records(rows: Rows) -> list[Mapping[str, Any]]:
    return list(csv.DictReader(io.StringIO(rows.strip()))) if isinstance(rows, str) else list(rows)


_FILL: dict[str, Any] = {
    "institution_name": "某大学", "kind": "高校", "affiliation": "省属", "city_code": "320100",
    "demonstration": "false", "capacity_programme": "false",
    "title": "一种装置", "patent_type": "发明", "granted_on": "2021-06-15",
    "legal_status": "有效", "converted_before": "false", "review_status": "未建档", "enterprise_name": "某企业",
    "categories": "其他", "pushed_on": "2024-03-01", "joined_on": "2024-03-01", "event_name": "活动",
    "recipient": "某公司", "effective_on": "2024-01-01", "product_name": "产品", "registered_on": None,
    "platform": "概念验证中心", "started_on": "2024-03-01", "case_name": "案例", "submitted_on": "2024-03-01",
    "portfolio_name": "组合",
}  # fmt: skip


def _column(column: Column, records: list[Mapping[str, Any]]) -> pa.Array:
    """A column's cells as text (lists of text for several values); inserting them casts to the table's types."""
    values = [_cell(column, record) for record in records]
    if column.type == "several":
        return pa.array(values, type=pa.list_(pa.string()))
    return pa.array([None if v is None else str(v) for v in values], type=pa.string())


def _cell(column: Column, record: Mapping[str, Any]) -> Any:
    value = record.get(column.name)
    if value in (None, ""):
        value = _FILL.get(column.name) if column.required and column.name not in record else None
    if value is not None and column.type == "several" and isinstance(value, str):
        return value.split(";")
    return value


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, pd.Timestamp | date):
        return value.strftime("%Y-%m-%d")
    return value.item() if hasattr(value, "item") else value


@cache
def contract_of(plan: Policy) -> Contract:
    return contract.load(REPOSITORY / "data/contract.yaml", plan)
