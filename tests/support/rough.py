"""Read a demonstration folder back with the standard library alone, knowing nothing of how it was written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from dashboard.contract import Contract, Table

Row = dict[str, str]


def rows(folder: Path, table: Table) -> list[Row]:
    """The rows of a table, by canonical column name, without total rows; cells as text."""
    files = sorted(path for path in folder.rglob("*") if path.name.startswith(table.title))
    assert files, table.title
    return [row for path in files for row in _named(_lines(path), table)]


def tables(folder: Path, contract: Contract) -> dict[str, list[Row]]:
    return {table.name: rows(folder, table) for table in contract.tables}


@cache
def day(text: str) -> date | None:
    """The date of a cell, in any of the written forms; None when it is empty or not a date."""
    digits = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?", text)
    return date(*map(int, digits.groups())) if digits and 1 <= int(digits[2]) <= 12 else None


def number(text: str) -> str:
    """A patent number without `ZL` and dot: digits and check character."""
    return text.removeprefix("ZL").replace(".", "")


def _lines(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        return [[str(cell) for cell in line] for line in sheet.to_python()]
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    delimiter = {".csv": ",", ".tsv": "\t", ".txt": ";"}[path.suffix]
    return list(csv.reader(text.splitlines(), delimiter=delimiter))


def _named(lines: list[list[str]], table: Table) -> Iterator[Row]:
    spelling = {name: column.name for column in table.columns for name in column.spellings}
    required = {column.name for column in table.columns if column.required}
    names: list[str | None] = []
    for line in lines:
        if names and line[0] != "合计":
            yield {name: cell for name, cell in zip(names, line, strict=True) if name}
        elif not names:
            found = [spelling.get(re.sub(r"[*]|（.*）", "", cell)) for cell in line]
            names = found if required <= set(found) else []
