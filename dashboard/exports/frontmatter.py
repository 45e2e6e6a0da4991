"""What stands around the tables of a workbook: 封面 and 目录 before them, 说明 behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import wording
from dashboard.exports.cellformats import LINE, Formats, lines, short
from dashboard.exports.sheet import Origin, Sheet
from dashboard.exports.xmltext import LOST, loses
from dashboard.wording import Column

EXPLANATION = "说明"
COVER, CONTENTS = FRONT = ("封面", "目录")
A4 = 9

_LABELS, _TEXTS = 20, 90
"""Widths of the two columns of 封面 and 说明."""


@dataclass(frozen=True)
class Cover:
    """What stands in front of a bulletin's tables: title, where it comes from, and what it says by section."""

    title: str
    facts: Sequence[tuple[str, str]]
    told: Sequence[tuple[str, Sequence[str]]]


def cover(page: Any, said: Cover, formats: Formats) -> None:
    """Title, where the data comes from, and the sentences of each section."""
    page.write_string(0, 0, short(said.title), formats.title)
    page.set_row(0, 30)
    told = [("", ""), *said.facts]
    for name, sentences in said.told:
        told += [("", ""), *((name if at == 0 else "", text) for at, text in enumerate(sentences))]
    _two_columns(page, told, formats, 1)


def contents(page: Any, sheets: Sequence[Sheet], names: Sequence[str], formats: Formats) -> None:
    """The sheets in order, each linked, with its number of rows."""
    page.set_column(0, 0, 60)
    page.set_column(1, 1, 10)
    for at, label in enumerate(("工作表", "行数")):
        page.write_string(0, at, label, formats.heading)
    for line, (sheet, name) in enumerate(zip(sheets, names, strict=True), 1):
        page.write_url(line, 0, _link(name), formats.text(), sheet.title)
        page.write_number(line, 1, len(sheet.frame), formats.text())
    page.write_url(len(sheets) + 1, 0, _link(EXPLANATION), formats.text(), EXPLANATION)
    _printed(page)


def explanation(page: Any, sheets: Sequence[Sheet], names: Sequence[str], origin: Origin, formats: Formats) -> None:
    """Title, definition, clause and columns of each sheet, and where the data comes from."""
    lost = [("注意", LOST)] if any(_loses(sheet) for sheet in sheets) else []
    told: list[tuple[str, str]] = [*origin.notes(), ("空单元格", "没有数据，或分母为零，不等于 0"), *lost, ("", "")]
    for sheet, name in zip(sheets, names, strict=True):
        told += [("工作表", name), ("标题", sheet.title), ("口径", sheet.definition), ("依据", sheet.clause)]
        told += [(column.label, _unit_note(column)) for column in sheet.columns]
        told.append(("", ""))
    _two_columns(page, told, formats)


def _two_columns(page: Any, told: Sequence[tuple[str, str]], formats: Formats, first: int = 0) -> None:
    """Labels and texts below each other, each row as high as its text."""
    page.hide_gridlines(2)
    page.set_column(0, 0, _LABELS)
    page.set_column(1, 1, _TEXTS)
    for line, (label, text) in enumerate(told, first):
        page.write_string(line, 0, label, formats.label)
        page.write_string(line, 1, short(text), formats.text())
        page.set_row(line, LINE * lines(short(text), _TEXTS) + 2)
    _printed(page)


def _printed(page: Any) -> None:
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.set_footer("&R&8第 &P 页，共 &N 页")


def _link(name: str) -> str:
    return f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"


def _loses(sheet: Sheet) -> bool:
    texts = [loses(value) for row in sheet.rows() for value in row if isinstance(value, str)]
    return any(texts) or loses(sheet.title)


def _unit_note(column: Column) -> str:
    unit = wording.UNITS.get(column.unit, "")
    return "；".join(part for part in (f"单位：{unit}" if unit else "", column.note) if part)
