"""Accepted rows written again as a clean export folder in the contract's own form."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from dashboard.contract import Contract


def write(connection: duckdb.DuckDBPyConnection, contract: Contract, target: Path) -> Path:
    """A CSV per table that has rows or must be there, under the contract's headers."""
    target.mkdir()
    for table in contract.tables:
        found = connection.execute(f'from "{table.name}"')
        names = [d[0] for d in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        if not rows and not table.required:
            continue
        with (target / f"{table.title}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([c.header for c in table.columns])
            writer.writerows([[cell(row[c.name], c.type) for c in table.columns] for row in rows])
    return target


def cell(value: Any, kind: str) -> str:
    """A cleaned value as a cell that reads back as it: text that looks wrapped gets a wrapper of its own."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case list():
            return "".join(f"{item};" for item in value)
        case dt.date():
            return f"{value:%Y-%m}" if kind == "month" else str(value)
        case str() if value.startswith(("'", '="')):
            return f"'{value}"
        case _:
            return str(value)
