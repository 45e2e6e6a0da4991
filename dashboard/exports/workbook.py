"""Tables as a workbook (XLSX) for people: a sheet each, and a last one, 说明, that says what they are.

A sheet has its title in the first row and the labels in the second; both stay in sight and on every printed page
(A4, one page wide). Text is written as text, never as a formula or a link; numbers keep their full precision under a
format of their unit; nulls are empty cells. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dashboard import wording
from dashboard.errors import UsageError
from dashboard.exports import frontmatter
from dashboard.exports.cellformats import LINE, WIDEST, Formats, heading, lines, short
from dashboard.exports.frontmatter import A4, CONTENTS, COVER, EXPLANATION, FRONT, Cover
from dashboard.exports.sheet import Origin, Sheet
from dashboard.exports.xmltext import carried
from dashboard.wording import Column

MOST_ROWS = 1_048_576 - 2
WIDE_PAGE = 100
"""Half-width characters beyond which a table prints across the page."""
MEASURED = 500

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class NativeChart:
    """Bars of `value` by `name` over the first `rows` rows of a sheet, drawn by the spreadsheet below the table."""

    name: str
    value: str
    rows: int


@dataclass(frozen=True)
class Dress:
    """How one sheet differs from a plain one.

    Attributes:
        has_total: the last row is the whole's: no filter moves it.
        stressed: positions of rows in bold.
    """

    chart: NativeChart | None = None
    has_total: bool = False
    stressed: Collection[int] = ()


PLAIN = Dress()


def write(
    sheets: Sequence[Sheet],
    origin: Origin,
    cover: Cover | None = None,
    dresses: Mapping[int, Dress] | None = None,
) -> bytes:
    """The workbook.

    Args:
        cover: adds 封面 and 目录, which links to each sheet.
        dresses: by the position of their sheet.

    Raises:
        UsageError: a sheet has more rows than a worksheet holds.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        moment = datetime.combine(origin.as_of, time())
        book.set_properties(
            {"title": carried("、".join(s.title for s in sheets))[:255], "created": moment, "comments": _said(origin)}
        )
        formats = Formats(book)
        names = _names([s.title for s in sheets], FRONT if cover else ())
        if cover:
            frontmatter.cover(book.add_worksheet(COVER), cover, formats)
            frontmatter.contents(book.add_worksheet(CONTENTS), sheets, names, formats)
        for at, (sheet, name) in enumerate(zip(sheets, names, strict=True)):
            page, dress = book.add_worksheet(name), (dresses or {}).get(at, PLAIN)
            _table(page, sheet, origin, formats, dress)
            if dress.chart:
                _chart(book, page, sheet, name, dress.chart)
        frontmatter.explanation(book.add_worksheet(EXPLANATION), sheets, names, origin, formats)
    return buffer.getvalue()


def _table(page: Any, sheet: Sheet, origin: Origin, formats: Formats, dress: Dress) -> None:
    rows = sheet.rows()
    if len(rows) > MOST_ROWS:
        raise UsageError(
            f"{sheet.title}共 {len(rows):,} 行，超过一张工作表能放的 {MOST_ROWS:,} 行，请先筛选，或改导出 CSV。"
        )
    mark = f"（{wording.DEMONSTRATION}）" if origin.is_demonstration else ""
    page.write_string(0, 0, short(f"{sheet.title}{mark}　数据截至 {origin.as_of}"), formats.title)
    widths = [_width(column, [row[at] for row in rows[:MEASURED]]) for at, column in enumerate(sheet.columns)]
    for at, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.write_string(1, at, heading(column), formats.heading)
        page.set_column(at, at, width)
    for line, row in enumerate(rows, 2):
        high = max((lines(v, w) for v, w in zip(row, widths, strict=True) if isinstance(v, str)), default=1)
        if high > 1:
            page.set_row(line, min(LINE * high, 400))
        for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write(page, line, at, value, column, formats, line - 2 in dress.stressed)
    _set_up(page, origin, widths, len(rows) - dress.has_total)
    if dress.chart:
        page.fit_to_pages(1, 1)


def _write(page: Any, line: int, at: int, value: Any, column: Column, formats: Formats, is_bold: bool) -> None:
    match value:
        case None:
            return
        case str():
            page.write_string(line, at, short(value), formats.text(is_bold, column.unit == "status"))
        case date():
            page.write_datetime(line, at, value, formats.day(is_bold))
        case _:
            page.write_number(line, at, value, formats.number(column, is_bold))


def _chart(book: Any, page: Any, sheet: Sheet, name: str, asked: NativeChart) -> None:
    """Bars of one column, largest as the table has it on top, below the table so that both print large."""
    at = [column.name for column in sheet.columns]
    names, values = at.index(asked.name), at.index(asked.value)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.columns[values].label,
            "categories": [name, 2, names, asked.rows + 1, names],
            "values": [name, 2, values, asked.rows + 1, values],
            "fill": {"color": wording.ACCENT},
            "data_labels": {"value": True},
            "gap": 50,
        }
    )
    chart.set_title({"name": f"{sheet.title}：{sheet.columns[values].label}", "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 620, "height": 60 + asked.rows * 24})
    page.insert_chart(len(sheet.frame) + 3, 0, chart, {"description": sheet.title})


def _width(column: Column, values: Sequence[Any]) -> float:
    """The width of a column in half-width characters: a heading may take two lines, a text up to `WIDEST`."""
    cells = [wording.width(str(v) if isinstance(v, str) else wording.value(v, column.unit)) for v in values]
    return min(max([8, (wording.width(heading(column)) + 1) // 2 + 3, *(cell + 2 for cell in cells)]), WIDEST)


def _set_up(page: Any, origin: Origin, widths: Sequence[float], filtered: int) -> None:
    """What stays in sight, filters, and how it prints."""
    page.set_row(0, 26)
    page.set_row(1, 34)
    page.freeze_panes(2, 1)
    page.autofilter(1, 0, max(filtered + 1, 1), max(len(widths) - 1, 0))
    page.set_paper(A4)
    if sum(widths) > WIDE_PAGE:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.set_footer(f"&L&8{_escaped(_said(origin))}&R&8第 &P 页，共 &N 页")


def _said(origin: Origin) -> str:
    return "，".join(f"{label} {text}" for label, text in origin.notes() if label != wording.DEMONSTRATION) + (
        f"，{wording.DEMONSTRATION}" if origin.is_demonstration else ""
    )


def _escaped(text: str) -> str:
    """Text of a footer, which may have 255 characters in all; & starts a command there."""
    return text.replace("&", "&&")[:200]


def _names(titles: Sequence[str], reserved: Sequence[str] = ()) -> list[str]:
    """Names that a workbook takes: at most 31 characters, none of []:*?/\\, no two alike."""
    found: list[str] = []
    taken = {EXPLANATION.casefold(), "history", *reserved}
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", "-", carried(title)).strip("' ") or "表"
        name, number = plain[:31], 2
        while name.casefold() in taken:
            name, number = f"{plain[:27]}({number})", number + 1
        taken.add(name.casefold())
        found.append(name)
    return found
