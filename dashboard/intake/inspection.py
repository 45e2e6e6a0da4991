"""A look into an xlsx workbook before calamine opens it: whole XML, a sane extent, and where error values stand.

Calamine reads a cut-off XML without complaint, lays a sheet out as a full rectangle (one stray cell in the last corner
asks for terabytes), and gives `#N/A` and the like as empty cells.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from dashboard.intake.archive import DAMAGED, Archive
from dashboard.intake.sheet import UnreadableError

MOST_CELLS = 100_000_000

Errors = Mapping[int, Mapping[int, str]]
"""The names of error values by row and column, both 0-based."""

_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_ROW = re.compile(rb'row\s[^>]*?\br="(\d+)')
_WIDE_CELL = re.compile(rb'r="([A-Z]{2,3})\d')
_OVERLAP = 256
_WIDTH_OF_Z = 26


def inspect(archive: Archive) -> Mapping[str, Errors]:
    """The error values of a workbook by sheet name.

    Raises:
        UnreadableError: not a workbook, damaged, protected, or a sheet's filled cells lie too far apart.
    """
    looks = {name: _look(archive.pieces(name)) for name in archive.names if name.endswith((".xml", ".rels"))}
    for name in archive.names:
        if name not in looks:
            for _ in archive.pieces(name):
                pass
    errors: dict[str, Errors] = {}
    for sheet, part in _sheet_parts(archive).items():
        if part not in looks:
            raise UnreadableError("工作表的内容不在文件里，文件已损坏，请重新导出", sheet=sheet)
        if looks[part].is_odd or looks[part].cells > MOST_CELLS:
            cells = _OfficeCells()
            for _ in parsed(archive.pieces(part), cells.start, cells.end, cells.text):
                pass
            check_extent(cells.rows * cells.columns, sheet)
            errors[sheet] = cells.errors
    return errors


@dataclass(frozen=True)
class _Look:
    is_odd: bool
    cells: int


def _look(pieces: Iterable[bytes]) -> _Look:
    """Whether a part may hold error values, and at most how large its rectangle is; refuses XML that is cut off."""
    is_odd, rows, columns, rest, root = False, 0, _WIDTH_OF_Z, b"", None
    for piece in pieces:
        window = rest + piece
        root = root or _ROOT.search(window)
        is_odd = is_odd or b'"e"' in window or b"='" in window
        rows = max(rows, max(map(int, _ROW.findall(window)), default=0))
        columns = max(columns, max(map(_column, set(_WIDE_CELL.findall(window))), default=0))
        rest = window[-_OVERLAP:]
    end = rest.rstrip()
    if root is None or not (end.endswith(b"</" + root[1] + b">") or (end.endswith(b"/>") and root[0] in rest)):
        raise UnreadableError(DAMAGED)
    return _Look(is_odd, rows * columns)


def parsed(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> Iterator[None]:
    """Parse XML as it is read: after each step what was found so far has been told to `start`, `end` and `text`.

    Raises:
        UnreadableError: it is not well formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for piece in pieces:
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise UnreadableError(DAMAGED) from None
    yield


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """The archive's parts by sheet name, worksheets only."""
    workbook = next((t for kind, t in _relations(archive, "").values() if kind == "officeDocument"), None)
    if workbook is None or workbook not in archive or not workbook.endswith(".xml"):
        raise UnreadableError("内容不是 xlsx 工作簿，请用 WPS 或 Excel 打开后另存为 .xlsx")
    relations = _relations(archive, workbook)
    parts = {}
    for element in _tree(archive, workbook).iter():
        if _local(element.tag) == "sheet":
            marks = {_local(key): value for key, value in element.attrib.items()}
            kind, target = relations.get(marks.get("id", ""), ("worksheet", ""))
            if kind == "worksheet":
                parts[marks.get("name", "")] = target
    return parts


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of a part's relations by their id; of the archive as a whole for an empty part."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive:
        return {}
    return {
        element.get("Id", ""): (
            element.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/").lower(),
        )
        for element in _tree(archive, path)
    }


def _tree(archive: Archive, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.content(name))
    except ElementTree.ParseError:
        raise UnreadableError(DAMAGED) from None


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _column(letters: bytes) -> int:
    """The number of a column, 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def check_extent(cells: int, sheet: str) -> None:
    """Refuse a sheet that would be laid out as so many cells.

    Raises:
        UnreadableError: they are too many.
    """
    if cells > MOST_CELLS:
        reason = "有内容的单元格相隔太远（远离表格的行或列里还有内容），请删掉表格以外的内容后重新导入"
        raise UnreadableError(reason, sheet=sheet)


@dataclass
class _OfficeCells:
    """Collects the error values of an xlsx sheet, and how far its filled cells reach."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    _row: int = 0
    _column: int = 0
    _is_error: bool = False
    _value: list[str] | None = None

    def start(self, tag: str, marks: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row = int(marks.get("r", self._row + 1))
            self._column = 0
        elif tag == "c":
            place = marks.get("r", "").rstrip("0123456789").encode()
            self._column = _column(place) if place else self._column + 1
            self._is_error = marks.get("t") == "e"
        elif tag in ("v", "is"):
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
            self._value = [] if self._is_error else None

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, tag: str) -> None:
        if self._value is not None and tag.rpartition(":")[2] == "v":
            self.errors.setdefault(self._row - 1, {})[self._column - 1] = "".join(self._value)
            self._value = None
