"""What every reader of a file gives: its sheets, one after the other, as batches of text columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import pyarrow as pa

from dashboard.errors import DashboardError

BATCH_ROWS = 50_000

UNREADABLE = "\uffff"
"""Stands before the name of a workbook's error value in a raw cell: no character, so no written text starts with it."""


class UnreadableError(DashboardError):
    """A file or sheet that cannot be read: `str()` says in Chinese why and what to do, and never quotes a cell.

    `sheet` names the sheet at fault where it is not the whole file; `is_headless` marks one without a header row,
    which another sheet of the file can make up for.
    """

    def __init__(self, reason: str, *, sheet: str | None = None, is_headless: bool = False) -> None:
        super().__init__(reason)
        self.sheet, self.is_headless = sheet, is_headless


@dataclass(frozen=True)
class Sheet:
    """One sheet (a text file is one, without a name): `head` are its first rows, `batches` all rows from the first on.

    A batch is a table of string columns without nulls, as wide as its widest row; shorter rows end in empty cells.
    """

    name: str | None
    head: Sequence[Sequence[str]] = ()
    batches: Iterable[pa.Table] = ()
    is_hidden: bool = False


def batches_of(rows: Iterable[Sequence[str]]) -> Iterator[pa.Table]:
    """Rows of cells, of any lengths, as batches."""
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH_ROWS)):
        yield batch_of(zip_longest(*some, fillvalue=""), len(some))


def batch_of(columns: Iterable[Sequence[str]], height: int) -> pa.Table:
    """One batch from its columns; rows without any cell still count."""
    arrays = [pa.array(column, pa.string()) for column in columns] or [pa.array([""] * height, pa.string())]
    return pa.Table.from_arrays(arrays, names=[f"c{index}" for index in range(len(arrays))])


def number_text(value: float) -> str:
    """A stored number as text: a whole one without decimals."""
    return str(int(value)) if float(value).is_integer() else repr(value)
