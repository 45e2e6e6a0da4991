"""What an export folder gives, row by row, in plain Python from exports.md: balance, rejects, warnings, accepted rows.

It knows nothing of files' bytes: it is given what stands in their cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle import cells
from tests.oracle.cells import UNREADABLE, Cell, is_filled, tidy
from tests.oracle.export_tables import TABLES, Column, Table

Row = Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows from its first on; `name` is None for a text file."""

    name: str | None
    rows: Sequence[Row]
    is_hidden: bool = False


@dataclass(frozen=True)
class File:
    path: str
    sheets: Sequence[Sheet]


@dataclass
class Line:
    """A data row: where it stands, its cells by column, and what becomes of it."""

    file: str
    sheet: str | None
    number: int
    places: Mapping[str, int]
    raw: dict[str, Cell]
    overflows: bool
    values: dict[str, Any] = field(default_factory=dict)
    fault: tuple[str, str | None] | None = None
    remarks: list[tuple[str, str]] = field(default_factory=list)
    is_copy: bool = False

    @property
    def place(self) -> tuple[str, str | None, int]:
        return self.file, self.sheet, self.number


@dataclass
class Expected:
    """`files`: (read, accepted, rejected, skipped, warnings) by table and path.

    Findings are (table, file, sheet, row, code, column); accepted rows are values by place (file, sheet, row).
    """

    files: dict[tuple[str, str], tuple[int, ...]]
    rejects: list[tuple[Any, ...]]
    warnings: list[tuple[Any, ...]]
    accepted: dict[str, dict[tuple[str, str | None, int], dict[str, Any]]]


def expect(files: Sequence[File], as_of: date) -> Expected:
    """What must come of the files, all of them readable, as of a date."""
    read: dict[str, list[Line]] = {}
    balance: dict[tuple[str, str], list[int]] = {}
    for file in sorted(files, key=lambda f: f.path):
        table = _table_of(file.path)
        if table is None:
            continue
        balance[table.name, file.path] = [0, 0]
        for sheet in file.sheets:
            if not sheet.is_hidden and (found := _header(sheet.rows, table)) is not None:
                lines = list(_lines(file.path, sheet, found, table))
                read.setdefault(table.name, []).extend(lines)
                rows = _rows_read(sheet.rows, found)
                balance[table.name, file.path][0] += rows
                balance[table.name, file.path][1] += rows - len(lines)
        read.setdefault(table.name, [])
    return _judged(read, balance, as_of)


def _judged(read: dict[str, list[Line]], balance: Mapping[tuple[str, str], list[int]], as_of: date) -> Expected:
    known: dict[str, set[str]] = {}
    for name in ("institutions", "enterprises", "patents", *(t for t in TABLES if t not in _FIRST)):
        if name in read:
            table = TABLES[name]
            _ticks(read[name], table)
            for line in read[name]:
                _judge(line, table, as_of, known)
            _duplicates(read[name], table)
            known[name] = {line.values[table.key[0]] for line in read[name] if _stays(line)}
    files: dict[tuple[str, str], tuple[int, ...]] = {}
    for (name, path), (rows, skipped) in balance.items():
        mine = [line for line in read[name] if line.file == path]
        rejected = sum(line.fault is not None for line in mine)
        copies = sum(line.is_copy for line in mine)
        warned = sum(len(line.remarks) for line in mine)
        files[name, path] = (rows, rows - skipped - rejected - copies, rejected, skipped + copies, warned)
    return Expected(
        files,
        [(name, *line.place, *line.fault) for name, lines in read.items() for line in lines if line.fault],
        [(name, *line.place, *remark) for name, lines in read.items() for line in lines for remark in line.remarks],
        {name: {line.place: line.values for line in lines if _stays(line)} for name, lines in read.items()},
    )


_FIRST = ("institutions", "enterprises", "patents")


def _stays(line: Line) -> bool:
    return line.fault is None and not line.is_copy


def _table_of(path: str) -> Table | None:
    *folders, name = path.split("/")
    if name.startswith((".", "~$")) or "__MACOSX" in folders:
        return None
    return next((t for t in TABLES.values() if name.startswith((t.title, t.name))), None)


# Rows


def spelling(cell: Cell) -> str:
    """What counts of a header: no white space, widths, case, star, nor brackets with what is in them."""
    if not isinstance(cell, str):
        return ""
    text = "".join(c for c in cell.replace("&nbsp;", "") if c not in cells.SPACES)
    text = unicodedata.normalize("NFKC", text).replace("*", "").casefold()
    while (without := re.sub(_IN_BRACKETS, "", text)) != text:
        text = without
    return text


_IN_BRACKETS = r"\([^()]*\)|\[[^][]*\]|【[^【】]*】|〔[^〔〕]*〕|{[^{}]*}|《[^《》]*》|「[^「」]*」"


@dataclass(frozen=True)
class _Header:
    index: int
    places: dict[str, int]
    width: int


def _spellings(column: Column) -> list[str]:
    return [spelling(s) for s in (column.header, column.name, *column.aliases)]


def _header(rows: Sequence[Row], table: Table) -> _Header | None:
    for index, row in enumerate(rows[:10]):
        written = [spelling(cell) for cell in row]
        if all(set(_spellings(c)) & set(written) for c in table.columns if c.is_required):
            places = {}
            for column in table.columns:
                best = next((s for s in _spellings(column) if s in written), None)
                if best is not None:
                    assert written.count(best) == 1, "a header twice is a file error"
                    places[column.name] = written.index(best)
            return _Header(index, places, max(i for i, cell in enumerate(row) if is_filled(cell)) + 1)
    return None


def _rows_read(rows: Sequence[Row], header: _Header) -> int:
    filled = [i for i, row in enumerate(rows) if i > header.index and any(map(is_filled, row))]
    return filled[-1] - header.index if filled else 0


def _lines(path: str, sheet: Sheet, header: _Header, table: Table) -> Iterator[Line]:
    required = [c for c in table.columns if c.is_required]
    for index, row in enumerate(sheet.rows):
        filled = [cell for cell in row if is_filled(cell)]
        if index <= header.index or len(filled) < 2 or _is_total(filled[0]):
            continue
        cell_of = {n: row[i] if i < len(row) else "" for n, i in header.places.items()}
        if all(spelling(cell_of[c.name]) in _spellings(c) for c in required):
            continue
        overflows = any(map(is_filled, row[header.width :]))
        raw = {c.name: "" if overflows else cell_of.get(c.name, "") for c in table.columns}
        yield Line(path, sheet.name, index + 1, header.places, raw, overflows)


def _is_total(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    text = "".join(c for c in str(tidy(cell)) if c not in cells.SPACES)
    return re.sub("[:：]$", "", text) in ("合计", "总计", "小计")


# Values and faults


def _ticks(lines: Sequence[Line], table: Table) -> None:
    """An empty cell of a column of ticks says no: write it so."""
    for column in (c for c in table.columns if c.kind == "yes"):
        sheets: dict[tuple[str, str | None], set[Cell]] = {}
        for line in lines:
            sheets.setdefault((line.file, line.sheet), set()).add(tidy(line.raw[column.name]))
        for line in lines:
            if sheets[line.file, line.sheet] - {""} == {"√"} and not is_filled(line.raw[column.name]):
                line.raw[column.name] = "否"


def _judge(line: Line, table: Table, as_of: date, known: Mapping[str, set[str]]) -> None:
    if line.overflows:
        line.fault = ("E-SHAPE", None)
        return
    line.values = {c.name: cells.value(line.raw[c.name], c, as_of) for c in table.columns}
    faults = _faults(line, table, as_of, known)
    if faults:
        first = min((_CODES.index(code) for code, _ in faults))
        columns = [column for code, column in faults if code == _CODES[first]]
        order = {name: i for i, name in enumerate(table.by_name)}
        columns.sort(key=lambda name: (line.places.get(name, 10_000), order[name]))
        line.fault = (_CODES[first], columns[0])
    else:
        _remark(line, table, as_of, known)


_CODES = (
    "E-SHAPE", "E-MISSING", "E-PATENT-NO", "E-DATE", "E-VALUE", "E-UNKNOWN-CITY", "E-TYPE-MISMATCH", "E-DATE-ORDER",
    "E-FUTURE", "E-UNKNOWN-INSTITUTION", "E-UNKNOWN-ENTERPRISE", "E-DUPLICATE",
)  # fmt: skip
_UNREADABLE_CODE = {
    "patent": "E-PATENT-NO", "date": "E-DATE", "month": "E-DATE", "city": "E-UNKNOWN-CITY",
    "unit": "E-UNKNOWN-INSTITUTION", "firm": "E-UNKNOWN-ENTERPRISE",
}  # fmt: skip
_HOMES = {"unit": "institutions", "firm": "enterprises"}


def _faults(line: Line, table: Table, as_of: date, known: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    found = []
    values = line.values
    for column in table.columns:
        name, value = column.name, values[column.name]
        is_required = column.is_required or (name == "approved_on" and values["review_status"] == "已通过")
        if value is None:
            found += [("E-MISSING", name)] if is_required else []
        elif value is UNREADABLE:
            found += [(_UNREADABLE_CODE.get(column.kind, "E-VALUE"), name)] if is_required else []
        elif column.kind in ("date", "month") and value > as_of and name not in ("lapsed_on", "effective_on"):
            found.append(("E-FUTURE", name))
        elif column.is_required and column.kind in _HOMES and value not in known[_HOMES[column.kind]]:
            found.append((_UNREADABLE_CODE[column.kind], name))
    if table.name == "patents":
        number, kind = values["patent_no"], values["patent_type"]
        if isinstance(number, str) and isinstance(kind, str) and cells.type_of_number(number) != kind:
            found.append(("E-TYPE-MISMATCH", "patent_type"))
        filed, granted = values["filed_on"], values["granted_on"]
        if isinstance(filed, date) and isinstance(granted, date) and granted < filed:
            found.append(("E-DATE-ORDER", "granted_on"))
    return found


def _remark(line: Line, table: Table, as_of: date, known: Mapping[str, set[str]]) -> None:
    values, remarks = line.values, line.remarks
    for column in table.columns:
        name, value = column.name, values[column.name]
        is_code = column.kind in _HOMES and _HOMES[column.kind] in known
        if value is UNREADABLE or (is_code and value is not None and value not in known[_HOMES[column.kind]]):
            remarks.append(("W-DATE" if column.kind == "date" else "W-VALUE", name))
            values[name] = None
        elif name == "lapsed_on" and value is not None and value > as_of:
            remarks.append(("W-DATE", name))
            values[name] = None
        elif column.kind == "patent":
            text = tidy(line.raw[name])
            assert isinstance(text, str)
            read = cells.patent_number(text, as_of.year)
            if read and read[1]:
                remarks.append(("W-CHECK-ADDED", name))
            if table.name != "patents" and value not in known["patents"]:
                remarks.append(("W-UNKNOWN-PATENT", name))
    if table.name == "patents":
        recorded, approved, listed = (values[n] for n in ("recorded_on", "approved_on", "listed_on"))
        if approved and ((recorded and recorded > approved) or (listed and approved > listed)):
            remarks.append(("W-STAGE-ORDER", "approved_on"))


# Duplicates


def _duplicates(lines: Sequence[Line], table: Table) -> None:
    groups: dict[Any, list[Line]] = {}
    for line in lines:
        if line.fault is None:
            groups.setdefault(tuple(line.values[k] for k in table.key), []).append(line)
    for group in groups.values():
        different: list[Line] = []
        for line in group:
            if any(line.values == other.values for other in different):
                line.is_copy, line.remarks = True, [("W-DUPLICATE", table.key[0])]
            else:
                different.append(line)
        best = different[0]
        for line in different[1:]:
            if table.name != "patents" or _stages(line) >= _stages(best):
                best = line
        for line in different:
            if line is not best:
                leftmost = min(table.key, key=lambda name: line.places[name])
                line.fault, line.remarks = ("E-DUPLICATE", leftmost), []


def _stages(line: Line) -> tuple[date, ...]:
    return tuple(line.values[n] or date.min for n in ("listed_on", "approved_on", "recorded_on"))
