"""A table as CSV for people and their spreadsheets.

UTF-8 with a byte order mark (so that Excel and WPS read Chinese), lines ended by CR LF, the first line Chinese labels
with units, then the rows: numbers unrounded and without separators, rates and shares in percent, dates as 2024-04-26,
nulls empty, text guarded against being run (`sheet.guard`). The notes of where it comes from stand after the rows,
each in a line of its own that starts with `#`, so that the data is clean from the first line on
(`pandas.read_csv(…, comment="#")` leaves them out). For programs there is `query --format csv`.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard import wording
from dashboard.exports.sheet import Origin, Sheet, guard
from dashboard.wording import Column


def write(sheet: Sheet, origin: Origin) -> bytes:
    """The file; the same input gives the same bytes."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(wording.heading(column)) for column in sheet.columns])
    writer.writerows(
        [_text(value, column) for value, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows()
    )
    writer.writerows([f"# {label}：{text}"] for label, text in _notes(sheet, origin))
    return buffer.getvalue().encode("utf-8-sig")


def _text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, date):
        return value.isoformat()
    exact = Decimal(str(value)) * (100 if column.unit == "rate" else 1)
    return f"{exact.normalize() + 0:f}"


def _notes(sheet: Sheet, origin: Origin) -> list[tuple[str, str]]:
    known = [("标题", sheet.title), ("口径", sheet.definition), ("依据", sheet.clause), *origin.notes()]
    return [(label, " ".join(text.split())) for label, text in known if text]
