"""Rows of a metric for programs and terminals: CSV and JSON with cells as they are, and a table for reading."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from dashboard import wording
from dashboard.metrics import Result

_UNLIMITED = 100_000


def as_csv(result: Result) -> str:
    """The rows as CSV: a header line always, null an empty field, true/false, ISO dates, unrounded numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.frame.columns)
    writer.writerows([_written(v) for v in row] for row in _rows(result.frame))
    return out.getvalue()


def as_json(result: Result) -> str:
    """The rows as a JSON array of objects."""
    records = [dict(zip(result.frame.columns, row, strict=True)) for row in _rows(result.frame)]
    return json.dumps(records, ensure_ascii=False, allow_nan=False) + "\n"


def as_table(result: Result) -> Table:
    """The rows for reading: Chinese heads with units, null as `—`."""
    columns = result.definition.columns
    table = Table(title=result.definition.title, title_justify="left")
    for column in columns:
        table.add_column(Text(wording.heading(column)), justify=_side(column.unit), no_wrap=True)
    for row in result.frame[[c.name for c in columns]].itertuples(index=False):
        table.add_row(*(Text(wording.cell(v, c)) for v, c in zip(row, columns, strict=True)))
    return table


def print_whole(table: Table) -> None:
    """Print a table on standard output, as wide as it needs to be, so that nothing is cut."""
    console = Console(width=_UNLIMITED, markup=False, highlight=False)
    console.width = max(Measurement.get(console, console.options, table).maximum, 40)
    console.print(table)


def _side(unit: str) -> Any:
    return "left" if unit in wording.WORDS else "right"


def _rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """Rows of plain values: None, bool, int, float, text (dates and months in ISO form)."""
    for row in frame.itertuples(index=False, name=None):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if wording.is_null(value):
        return None
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, Decimal):
        value = float(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _written(value: Any) -> Any:
    return {True: "true", False: "false", None: ""}[value] if value is None or isinstance(value, bool) else value
