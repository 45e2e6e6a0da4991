"""OpenDocument spreadsheets (ods) as text cells, read from their XML.

Calamine does not serve here: it drops tabs, line breaks and cells without a type, and error values come out empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice, repeat
from operator import itemgetter
from typing import NamedTuple

from dashboard.intake import inspection
from dashboard.intake.archive import Archive
from dashboard.intake.sheet import UNREADABLE, Sheet, UnreadableError, batches_of, number_text

_NUMBERS = ("float", "percentage", "currency")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_BESIDE = ("office:annotation", "draw:frame", "draw:custom-shape", "draw:g", "text:note")
"""Holds paragraphs that are no part of the cell around it."""

_ERROR = re.compile(r"#[A-Z0-9/?]+!?|(Err|错误):\d{3}")
_MIDNIGHT = re.compile(r"T00:00:00(\.0+)?$")


class _Key(NamedTuple):
    place: int
    name: str
    is_hidden: bool


def sheets(archive: Archive, within: int) -> Iterator[Sheet]:
    """The sheets of a document, in its order, hidden ones without content; read on as their batches are taken.

    Raises:
        UnreadableError: protected by a password; while read, damaged, or a sheet's filled cells lie too far apart.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.content(manifest):
        raise UnreadableError("文件有密码保护，请取消密码后重新导出")
    for name in archive.names:
        if name != "content.xml":
            for _ in archive.pieces(name):
                pass
    for key, pairs in groupby(_rows(archive), key=itemgetter(0)):
        rows = (row for _, row in pairs if row is not None)
        if key.is_hidden:
            yield Sheet(key.name, is_hidden=True)
        else:
            first = list(islice(rows, within))
            yield Sheet(key.name, first, batches_of(chain(first, rows)))


def _rows(archive: Archive) -> Iterator[tuple[_Key, Sequence[str] | None]]:
    """Each row with its sheet, from the sheet's first to its last filled one; before them None, for every sheet."""
    content = _Content()
    for _ in inspection.parsed(archive.pieces("content.xml"), content.start, content.end, content.text):
        for key, row, times in content.ready:
            yield from repeat((key, row), times)
        content.ready.clear()


@dataclass
class _Content:
    """Turns the events of a document's XML into rows; `ready` holds (sheet, row, how often)."""

    ready: list[tuple[_Key, Sequence[str] | None, int]] = field(default_factory=list)
    _key: _Key = _Key(0, "", False)
    _styles: set[str] = field(default_factory=set)
    _style: str = ""
    _row: list[str] = field(default_factory=list)
    _times: int = 1
    _blank_rows: int = 0
    _height: int = 0
    _width: int = 0
    _marks: dict[str, str] = field(default_factory=dict)
    _blank_cells: int = 0
    _paragraphs: list[list[str]] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _beside: int = 0

    def start(self, tag: str, marks: dict[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag in _BESIDE:
            self._beside += 1
        elif self._beside:
            return
        elif tag in _CELLS:
            self._marks, self._paragraphs = marks, []
        elif tag == "text:p" and parent in _CELLS:
            self._paragraphs.append([])
        elif tag == "table:table-row":
            self._row, self._blank_cells = [], 0
            self._times = int(marks.get("table:number-rows-repeated", 1))
        elif tag == "table:table":
            hidden = marks.get("table:style-name") in self._styles
            self._key = _Key(self._key.place + 1, marks.get("table:name", ""), hidden)
            self._blank_rows = self._height = self._width = 0
            self.ready.append((self._key, None, 1))
        elif tag == "style:style":
            self._style = marks.get("style:name", "")
        elif tag == "style:table-properties" and marks.get("table:display") == "false":
            self._styles.add(self._style)
        else:
            self.text(
                {"text:s": " " * int(marks.get("text:c", 1)), "text:tab": "\t", "text:line-break": "\n"}.get(tag, "")
            )

    def text(self, text: str) -> None:
        if self._paragraphs and not self._beside and "text:p" in self._path:
            self._paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        self._path.pop()
        if tag in _BESIDE:
            self._beside -= 1
        elif tag in _CELLS and not self._beside:
            self._end_cell()
        elif tag == "table:table-row" and not self._beside:
            self._end_row()

    def _end_cell(self) -> None:
        times, value = int(self._marks.get("table:number-columns-repeated", 1)), self._value()
        self._paragraphs = []
        if not value:
            self._blank_cells += times
            return
        width = len(self._row) + self._blank_cells + times
        inspection.check_extent(
            (self._height + self._blank_rows + self._times) * max(width, self._width), self._key.name
        )
        self._row += [""] * self._blank_cells + [value] * times
        self._blank_cells = 0

    def _end_row(self) -> None:
        if not self._row:
            self._blank_rows += self._times
            return
        if self._blank_rows:
            self.ready.append((self._key, [], self._blank_rows))
        self.ready.append((self._key, self._row, self._times))
        self._height += self._blank_rows + self._times
        self._width = max(self._width, len(self._row))
        self._blank_rows = 0

    def _value(self) -> str:
        """A cell's stored value as text, or the name of its error value behind `UNREADABLE`."""
        marks, shown = self._marks, "\n".join(map("".join, self._paragraphs))
        if marks.get("calcext:value-type") == "error" or ("table:formula" in marks and _ERROR.fullmatch(shown.strip())):
            return UNREADABLE + (shown.strip() or "#ERROR")
        match marks.get("office:value-type"):
            case kind if kind in _NUMBERS and "office:value" in marks:
                return number_text(float(marks["office:value"]))
            case "date" if "office:date-value" in marks:
                return _MIDNIGHT.sub("", marks["office:date-value"])
            case "boolean" if "office:boolean-value" in marks:
                return marks["office:boolean-value"]
            case _:
                return marks.get("office:string-value") or shown
