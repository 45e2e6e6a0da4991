"""A typed table as the text file or workbook that an office would send: headers, cells, faults, total row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import xlsxwriter

from dashboard.contract import Column, Table
from dashboard.demo.mess import PHONE, PHONE_HEADER, Fault, Style
from dashboard.policy import Policy

# Days that a date column may hold (day numbers): 1997 to 2035.
FIRST_DAY, LAST_DAY = 10000, 24000
FORMS: dict[str, Callable[[date], str]] = {
    "date:dashes": date.isoformat,
    "date:slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "date:dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "date:compact": lambda day: f"{day.year}{day.month:02}{day.day:02}",
    "date:chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "month:dashes": lambda day: f"{day.year}-{day.month:02}",
    "month:chinese": lambda day: f"{day.year}年{day.month}月",
}
# A fixed time of creation, so that equal tables give equal workbooks.
CREATED = datetime(2000, 1, 1)


def write_text(
    path: Path, form: Table, rows: pa.Table, style: Style, faults: Sequence[Fault], policy: Policy, caption: str
) -> None:
    """Write `rows` as a text file in the given style, with `faults` at its end."""
    cells = pa.table({c.name: _rendered(c, rows[c.name], style, policy) for c in form.columns})
    header = [_header(column, style) for column in form.columns]
    if style.phone:
        cells, header = (
            cells.append_column(PHONE_HEADER, pa.array([PHONE] * len(cells), pa.string())),
            [*header, PHONE_HEADER],
        )
    whole, odd = _spoil(cells, faults)
    out = io.BytesIO()
    head = [[caption]] if style.title else []
    out.write(_lines([*head, header], style))
    quoting = "needed" if style.thousands else "none"
    options = pa.csv.WriteOptions(include_header=False, delimiter=style.delimiter, quoting_style=quoting)
    pa.csv.write_csv(whole, out, options)
    total = [["合计", str(len(whole) + len(odd)), *[""] * (len(header) - 2)]] if style.total else []
    out.write(_lines([*odd, *total], style))
    content = out.getvalue()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if style.encoding == "utf-8" else content.decode().encode(style.encoding))


def write_workbook(path: Path, form: Table, rows: pa.Table, policy: Policy, caption: str) -> None:
    """Write a small table as an XLSX workbook with a title above the header and real dates."""
    names = {city.code: city.name for city in policy.cities}
    with xlsxwriter.Workbook(path, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet(form.title)
        sheet.write_string(0, 0, caption)
        for place, column in enumerate(form.columns):
            sheet.write_string(1, place, _header(column, Style(stars=True)))
            for line, value in enumerate(rows[column.name].to_pylist(), start=2):
                if value is None:
                    continue
                if column.type == "yes_no":
                    value = "是" if value else "否"
                elif column.type == "city":
                    value = names[value]
                sheet.write(line, place, value)


def _header(column: Column, style: Style) -> str:
    name = column.aliases[0] if style.aliases and column.aliases else column.header
    unit = f"（{column.unit}）" if column.unit else ""
    return f"{'*' if style.stars and column.required else ''}{name}{unit}"


def _lines(rows: Sequence[Sequence[str]], style: Style) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=style.delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _spoil(cells: pa.Table, faults: Sequence[Fault]) -> tuple[pa.Table, list[list[str]]]:
    """The table without the rows that are spoilt in place, and the odd rows; never more than 1 % of the rows."""
    odd, gone = [], []
    for number, fault in enumerate(faults[: len(cells) // 100], start=1):
        place = number * 37 % len(cells)
        row = cells.slice(place, 1).to_pylist()[0]
        row[fault.column] = fault.change(row[fault.column] or "")
        odd.append([row[name] or "" for name in cells.column_names])
        if fault.in_place:
            gone.append(place)
    kept = np.ones(len(cells), dtype=bool)
    kept[gone] = False
    return (cells.filter(pa.array(kept)) if gone else cells), odd


def _rendered(column: Column, values: pa.ChunkedArray, style: Style, policy: Policy) -> Any:
    if column.type in ("date", "month"):
        return _days(values, f"{column.type}:{style.dates}")
    if column.type == "yes_no":
        yes, no = style.yes_no
        return pc.if_else(values, yes, no)
    if column.type == "city":
        forms = {city.code: str(getattr(city, style.city)) for city in policy.cities}
        return pa.array([forms[code] for code in values.to_pylist()], pa.string())
    if column.type == "patent_no":
        return _number(values, style)
    if column.type in ("integer", "number"):
        return _figures(column, values, style)
    return values


def _number(values: pa.ChunkedArray, style: Style) -> Any:
    if style.number == "bare":
        return pc.utf8_slice_codeunits(values, 2)
    return pc.replace_substring(values, ".", "") if style.number == "undotted" else values


def _figures(column: Column, values: pa.ChunkedArray, style: Style) -> Any:
    if column.type == "number" and style.thousands:
        return pa.array([None if value is None else f"{value:,.2f}" for value in values.to_pylist()], pa.string())
    text = values.cast(pa.string())
    return pc.binary_join_element_wise(text, "星", "") if style.star_unit and column.name == "stars" else text


def _days(values: pa.ChunkedArray, form: str) -> Any:
    numbers = values.combine_chunks().cast(pa.int32())
    labels = _labels(form)
    return pa.DictionaryArray.from_arrays(pc.subtract(numbers, pa.scalar(FIRST_DAY, pa.int32())), labels)


@cache
def _labels(form: str) -> pa.Array:
    """How each day from FIRST_DAY to LAST_DAY is written in a form."""
    days: list[date] = np.arange(FIRST_DAY, LAST_DAY + 1).astype("datetime64[D]").tolist()
    return pa.array([FORMS[form](day) for day in days])
