"""Which rows below a header are data, and which are skipped: blank, total, note or repeated header.

Most rows can be told from the first bytes of their first cells, over whole columns; the rest are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dashboard.contract import Contract, Table
from dashboard.intake.headers import Header, compact, normal

Mask = npt.NDArray[np.bool_]

_EVIDENT = np.zeros(256, dtype=bool)
for _bytes in (b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", range(0xE4, 0xEA)):
    _EVIDENT[list(_bytes)] = True


@dataclass(frozen=True)
class Verdict:
    """Of each row: whether it is data, holds no filled cell, or fills a cell to the right of the header's last."""

    is_data: Mask
    is_blank: Mask
    is_overflow: Mask


class Classifier:
    """Judges the rows below one header."""

    def __init__(self, header: Header, table: Table, contract: Contract) -> None:
        self.width = header.width
        self.totals = frozenset(contract.total_words)
        self.required = [
            (header.positions[c.name], frozenset(map(normal, c.spellings))) for c in table.columns if c.required
        ]
        self.total_starts = _starts(self.totals)
        self.header_starts = _starts(
            {word + "" for word in self.required[0][1]} | {w.upper() for w in self.required[0][1]}
        )

    def judge(self, batch: pa.Table) -> Verdict:
        """The verdict on each row of a batch of string columns."""
        columns = [Cells(column) for column in batch.columns]
        doubtful, has_two, has_one = self._at_a_glance(columns, batch.num_rows)
        overflow = np.zeros(batch.num_rows, dtype=bool)
        for column in columns[self.width :]:
            overflow |= column.lengths > 0
        doubtful |= overflow
        is_data, is_blank = has_two & ~doubtful, ~(has_two | has_one | doubtful)
        places = np.flatnonzero(doubtful)
        if len(places):
            for place, cells in zip(places, _rows(batch.take(pa.array(places))), strict=True):
                is_data[place], is_blank[place], overflow[place] = self._closely(cells)
        return Verdict(is_data, is_blank, overflow & is_data)

    def _at_a_glance(self, columns: Sequence[Cells], height: int) -> tuple[Mask, Mask, Mask]:
        """Rows to look at closely; rows with two filled cells; rows with one (of those not doubtful)."""
        doubtful = self._like_a_header(columns, height)
        has_one, has_two = np.zeros(height, dtype=bool), np.zeros(height, dtype=bool)
        for column in columns:
            evident = column.is_evident
            doubtful |= (column.lengths > 0) & ~evident & ~has_two
            first = evident & ~has_one
            doubtful |= first & column.starts_with(self.total_starts, first)
            has_two |= evident & has_one
            has_one |= first
            if (has_two | doubtful).all():
                break
        return doubtful, has_two, has_one

    def _like_a_header(self, columns: Sequence[Cells], height: int) -> Mask:
        """Rows whose cell under the first required column could be that column's header."""
        position = self.required[0][0]
        if position >= len(columns):
            return np.zeros(height, dtype=bool)
        column = columns[position]
        filled = column.lengths > 0
        return (filled & ~column.is_evident) | (filled & column.starts_with(self.header_starts, filled))

    def _closely(self, cells: Sequence[str]) -> tuple[bool, bool, bool]:
        """Of one row: is it data, is it blank, does it overflow."""
        filled = filter(None, map(compact, cells))
        first = next(filled, None)
        if first is None:
            return False, True, False
        is_note = next(filled, None) is None
        is_total = (first[:-1] if first.endswith((":", "：")) else first) in self.totals
        if is_note or is_total or self._is_header(cells):
            return False, False, False
        return True, False, any(map(compact, cells[self.width :]))

    def _is_header(self, cells: Sequence[str]) -> bool:
        return all(position < len(cells) and normal(cells[position]) in words for position, words in self.required)


class Cells:
    """One column of a batch, by the bytes its cells start with."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        _, offsets, data = array.buffers()
        every = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        self._from, self.lengths = every[:-1], np.diff(every)
        self._data = np.frombuffer(data, dtype=np.uint8) if data else np.zeros(0, dtype=np.uint8)

    @cached_property
    def is_evident(self) -> Mask:
        """Cells that start with a digit, a letter or a common Chinese character: filled for certain."""
        return (self.lengths > 0) & _EVIDENT[self._byte(0, self.lengths > 0)]

    def starts_with(self, starts: npt.NDArray[np.int32], among: Mask) -> Mask:
        """Which of the cells `among` (filled ones) start with one of the characters, given as `_starts` does."""
        first = self._byte(0, among).astype(np.int32)
        is_han = among & (first >= 0xE0) & (self.lengths >= 3)
        key = np.where(is_han, first << 16 | self._byte(1, is_han).astype(np.int32) << 8 | self._byte(2, is_han), first)
        return among & np.isin(key, starts)

    def _byte(self, number: int, among: Mask) -> npt.NDArray[np.uint8]:
        result = np.zeros(len(self.lengths), dtype=np.uint8)
        result[among] = self._data[self._from[among] + number]
        return result


def _starts(words: Iterable[str]) -> npt.NDArray[np.int32]:
    """The words' first characters as numbers: their UTF-8 bytes in a row."""
    return np.array([int.from_bytes(word[0].encode()) for word in sorted(words)], dtype=np.int32)


def _rows(batch: pa.Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
