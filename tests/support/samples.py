"""The sample folder as two worlds, read without the importer: its files are clean CSV in the contract's own headers."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from dashboard.contract import Column, Table
from tests.support.worlds import JIANGSU, Rows, World, contract_of

SAMPLES = Path(__file__).parents[1] / "samples"
FIRST, SECOND = "2024-04-30", "2025-02-28"

_BOOLEANS = {"是": "true", "否": "false", "": ""}


@cache
def world(as_of: str) -> World:
    """The sample snapshot of a date; the second one has the first as its previous."""
    return World(as_of, exports(), world(FIRST) if as_of == SECOND else None)


def exports() -> dict[str, Rows]:
    """Rows by table, as `World` takes them: one file per table, named by its title."""
    tables = contract_of(JIANGSU).tables
    return {t.name: _rows(t) for t in tables if (SAMPLES / f"exports/{t.title}.csv").exists()}


def _rows(table: Table) -> list[dict[str, str]]:
    with (SAMPLES / f"exports/{table.title}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{c.name: _cell(c, row[c.header]) for c in table.columns} for row in csv.DictReader(file)]


def _cell(column: Column, text: str) -> str:
    match column.type:
        case "yes_no":
            return _BOOLEANS[text]
        case "month":
            return f"{text}-01" if text else ""
        case "city":
            return next(c.code for c in JIANGSU.cities if text in (c.code, c.name, c.short_name))
        case _:
            return text
