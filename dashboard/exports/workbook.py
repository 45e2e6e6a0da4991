"""Tables as a workbook (XLSX) for people: a sheet each, and a last one, 说明, that says what they are.

A sheet has its title in the first row and the labels in the second; both stay in sight and on every printed page
(A4, one page wide). Text is written as text, never as a formula or a link; numbers keep their full precision under a
format of their unit; nulls are empty cells. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from dashboard import wording
from dashboard.errors import UsageError
from dashboard.exports.sheet import Origin, Sheet
from dashboard.exports.xmltext import LOST, carried, loses
from dashboard.wording import Column

MOST_ROWS = 1_048_576 - 2
LONGEST_TEXT = 32_767
WIDEST = 48
WIDE_PAGE = 95
MEASURED = 500
EXPLANATION = "说明"
COVER, CONTENTS = FRONT = ("封面", "目录")
FONT = "微软雅黑"
A4 = 9

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SIGNED = '"＋"{0};"－"{0};{0}'


@dataclass(frozen=True)
class Cover:
    """What stands in front of a bulletin's tables: title, where it comes from, and what it says by section."""

    title: str
    facts: Sequence[tuple[str, str]]
    told: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class NativeChart:
    """Bars of `value` by `name` over the first `rows` rows of a sheet, drawn by the spreadsheet beside the table."""

    name: str
    value: str
    rows: int


def write(
    sheets: Sequence[Sheet],
    origin: Origin,
    cover: Cover | None = None,
    charts: Mapping[int, NativeChart] | None = None,
) -> bytes:
    """The workbook.

    Args:
        cover: adds 封面 and 目录, which links to each sheet.
        charts: by the position of their sheet.

    Raises:
        UsageError: a sheet has more rows than a worksheet holds.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        moment = datetime.combine(origin.as_of, time())
        book.set_properties(
            {"title": carried("、".join(s.title for s in sheets))[:255], "created": moment, "comments": _said(origin)}
        )
        formats = _Formats(book)
        names = _names([s.title for s in sheets], FRONT if cover else ())
        if cover:
            _cover(book.add_worksheet(COVER), cover, formats)
            _contents(book.add_worksheet(CONTENTS), sheets, names, formats)
        for at, (sheet, name) in enumerate(zip(sheets, names, strict=True)):
            page = book.add_worksheet(name)
            _table(page, sheet, origin, formats)
            if charts and at in charts:
                _chart(book, page, sheet, name, charts[at])
        _explanation(book.add_worksheet(EXPLANATION), sheets, names, origin, formats)
    return buffer.getvalue()


def number_format(column: Column) -> str:
    """The spreadsheet format of a column's numbers."""
    if column.name.endswith("rank_change"):
        return '"↑"0;"↓"0;"–"'
    places = wording.DECIMALS.get(column.unit, 0)
    plain = ("0" if column.unit in ("rank", "rate", "pp") else "#,##0") + ("." + "0" * places if places else "")
    plain += "%" if column.unit == "rate" else ""
    return _SIGNED.format(plain) if wording.is_difference(column.name) or column.unit == "pp" else plain


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def _get(self, key: str, **look: Any) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **look})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self._get("title", font_size=14, bold=True)

    @property
    def heading(self) -> Any:
        return self._get("heading", bold=True, text_wrap=True, align="center", bottom=1, bg_color=wording.PALE)

    @property
    def text(self) -> Any:
        return self._get("text", text_wrap=True)

    @property
    def day(self) -> Any:
        return self._get("day", num_format="yyyy-mm-dd", align="center")

    def number(self, column: Column) -> Any:
        shown = number_format(column)
        return self._get(f"number {shown}", num_format=shown, align="right")


def _table(page: Any, sheet: Sheet, origin: Origin, formats: _Formats) -> None:
    rows = sheet.rows()
    if len(rows) > MOST_ROWS:
        raise UsageError(
            f"{sheet.title}共 {len(rows):,} 行，超过一张工作表能放的 {MOST_ROWS:,} 行，请先筛选，或改导出 CSV。"
        )
    mark = f"（{wording.DEMONSTRATION}）" if origin.is_demonstration else ""
    page.write_string(0, 0, _short(f"{sheet.title}{mark}　数据截至 {origin.as_of}"), formats.title)
    for at, column in enumerate(sheet.columns):
        page.write_string(1, at, _heading(column), formats.heading)
        width = _width(column, [row[at] for row in rows[:MEASURED]])
        page.set_column(at, at, width)
    for line, row in enumerate(rows, 2):
        for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write(page, line, at, value, column, formats)
    _set_up(page, sheet, origin, len(rows))


def _write(page: Any, line: int, at: int, value: Any, column: Column, formats: _Formats) -> None:
    match value:
        case None:
            return
        case str():
            page.write_string(line, at, _short(value), formats.text)
        case date():
            page.write_datetime(line, at, value, formats.day)
        case _:
            page.write_number(line, at, value, formats.number(column))


def _cover(page: Any, cover: Cover, formats: _Formats) -> None:
    """Title, where the data comes from, and the sentences of each section."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, _short(cover.title), formats.title)
    line = 2
    for label, text in cover.facts:
        page.write_string(line, 0, label, formats.text)
        page.write_string(line, 1, _short(text), formats.text)
        line += 1
    for name, sentences in cover.told:
        line += 1
        page.write_string(line, 0, name, formats.heading)
        for text in sentences:
            page.write_string(line, 1, _short(text), formats.text)
            line += 1
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _contents(page: Any, sheets: Sequence[Sheet], names: Sequence[str], formats: _Formats) -> None:
    """The sheets in order, each linked, with its number of rows."""
    page.set_column(0, 0, 48)
    page.set_column(1, 1, 10)
    for at, label in enumerate(("工作表", "行数")):
        page.write_string(0, at, label, formats.heading)
    for line, (sheet, name) in enumerate(zip(sheets, names, strict=True), 1):
        page.write_url(line, 0, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", formats.text, sheet.title)
        page.write_number(line, 1, len(sheet.frame), formats.text)
    page.write_string(len(sheets) + 1, 0, EXPLANATION, formats.text)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _chart(book: Any, page: Any, sheet: Sheet, name: str, asked: NativeChart) -> None:
    """Bars of one column, largest as the table has it on top, right of the table."""
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
    chart.set_size({"width": 560, "height": 60 + asked.rows * 24})
    page.insert_chart(1, len(at) + 1, chart, {"description": sheet.title})


def _short(text: str) -> str:
    """Text cut to what a cell holds, the cut marked."""
    text = carried(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _heading(column: Column) -> str:
    """The label with its unit; rates show their % in every cell."""
    return column.label if column.unit == "rate" else wording.heading(column)


def _width(column: Column, values: Sequence[Any]) -> float:
    """The width of a column in half-width characters: a heading may take two lines, a text up to `WIDEST`."""
    cells = [wording.width(str(v) if isinstance(v, str) else wording.value(v, column.unit)) for v in values]
    return min(max([8, (wording.width(_heading(column)) + 1) // 2 + 2, *(cell + 2 for cell in cells)]), WIDEST)


def _set_up(page: Any, sheet: Sheet, origin: Origin, rows: int) -> None:
    """What stays in sight, filters, and how it prints."""
    page.set_row(0, 26)
    page.set_row(1, 34)
    page.freeze_panes(2, 1)
    page.autofilter(1, 0, max(rows + 1, 1), max(len(sheet.columns) - 1, 0))
    page.set_paper(A4)
    if sum(_width(c, []) for c in sheet.columns) > WIDE_PAGE:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.set_footer(f"&L{_escaped(_said(origin))}&R第 &P 页，共 &N 页")


def _said(origin: Origin) -> str:
    return "，".join(f"{label} {text}" for label, text in origin.notes() if label != wording.DEMONSTRATION) + (
        f"，{wording.DEMONSTRATION}" if origin.is_demonstration else ""
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&&")[:200]


def _explanation(page: Any, sheets: Sequence[Sheet], names: Sequence[str], origin: Origin, formats: _Formats) -> None:
    """Title, definition, clause and columns of each sheet, and where the data comes from."""
    lost = [("注意", LOST)] if any(_loses(sheet) for sheet in sheets) else []
    lines: list[tuple[str, str]] = [*origin.notes(), ("空单元格", "没有数据，或分母为零，不等于 0"), *lost, ("", "")]
    for sheet, name in zip(sheets, names, strict=True):
        lines += [("工作表", name), ("标题", sheet.title), ("口径", sheet.definition), ("依据", sheet.clause)]
        lines += [(column.label, _unit_note(column)) for column in sheet.columns]
        lines.append(("", ""))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for line, (label, text) in enumerate(lines):
        page.write_string(line, 0, label, formats.text)
        page.write_string(line, 1, _short(text), formats.text)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _loses(sheet: Sheet) -> bool:
    texts = [loses(value) for row in sheet.rows() for value in row if isinstance(value, str)]
    return any(texts) or loses(sheet.title)


def _unit_note(column: Column) -> str:
    unit = wording.UNITS.get(column.unit, "")
    return "；".join(part for part in (f"单位：{unit}" if unit else "", column.note) if part)


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
