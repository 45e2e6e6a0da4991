"""Text files (CSV, TSV, TXT): encoding and delimiter found, records read in batches.

What is provably plain (every quote opens or closes a whole field) goes through Arrow's parser, block by block; what is
not, through `csv.reader`, up to the end of a record some way on. Both give the same records.
"""

from __future__ import annotations

import codecs
import csv
import io
import struct
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from dashboard.contract import Contract, Table
from dashboard.intake import headers
from dashboard.intake.sheet import Sheet, UnreadableError, batches_of

BLOCK = 4 << 20
PIECE = 1 << 16
LONGEST_LINE = 64 << 20
DELIMITERS = (",", "\t", ";")

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

OPEN_QUOTE = "文件在没有闭合的引号里结束，可能没有下载完整；请重新导出或补上引号"

_SENTINEL = "\0"
_QUOTE, _NEW_LINE, _RETURN = b'"\n\r'
csv.field_size_limit(2**31 - 1)

Encoding = Literal["utf-8", "gb18030"]


def sheets(path: Path, table: Table, contract: Contract, progress: Callable[[int], None]) -> Iterator[Sheet]:
    """The one sheet of a text file; `progress` is told the bytes read since it was last told.

    Raises:
        UnreadableError: empty, NUL bytes, neither UTF-8 nor GB18030; while batches are read, an open quote at the end.
    """
    file = TextFile(path, _encoding(path))
    delimiter, head = file.head(table, contract.header_within_rows)
    yield Sheet(None, head, file.batches(delimiter, progress))


@dataclass(frozen=True)
class TextFile:
    """A file whose encoding is known to hold to its end."""

    path: Path
    encoding: Encoding
    block: int = BLOCK

    def head(self, table: Table, within: int) -> tuple[str, list[list[str]]]:
        """The delimiter that gives a header row, and the first records.

        If none does: the one that gives the widest records, for the sentence that says what is missing.
        """
        heads: dict[str, list[list[str]]] = {}
        open_quote = None
        for delimiter in DELIMITERS:
            try:
                heads[delimiter] = list(islice(_records(self._blocks(PIECE), delimiter), within))
            except UnreadableError as error:
                open_quote = open_quote or error
            else:
                if _has_header(heads[delimiter], table):
                    return delimiter, heads[delimiter]
        if open_quote:
            raise open_quote
        likely = max(heads, key=lambda delimiter: max((len(row) for row in heads[delimiter]), default=0))
        return likely, heads[likely]

    def batches(self, delimiter: str, progress: Callable[[int], None]) -> Iterator[pa.Table]:
        """Every record of the file, the first one too.

        Raises:
            UnreadableError: the file ends inside an open quote.
        """
        blocks = self._blocks(self.block, progress)
        data, reach = b"", self.block
        for block in chain(blocks, [b""]):
            data += block
            while data:
                is_rest = not block and _is_plain(data, delimiter)
                end = len(data) if is_rest else _plain_end(data[:reach], delimiter)
                if end:
                    yield from _parsed(data[:end], delimiter)
                    data, reach = data[end:], max(reach, 2 * end)
                elif block and _may_go_on(data):
                    break
                elif b"\n" in data or not block:
                    data = yield from _carefully(data, blocks, delimiter)
                    reach = PIECE
                else:
                    yield from batches_of(_records(chain([data], blocks), delimiter))
                    return

    def _blocks(self, size: int, progress: Callable[[int], None] = lambda size: None) -> Iterator[bytes]:
        """The content as UTF-8 without a byte order mark."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        is_first = True
        with self.path.open("rb") as file:
            while data := file.read(size):
                progress(len(data))
                block = data if self.encoding == "utf-8" else decoder.decode(data).encode()
                yield block.removeprefix(codecs.BOM_UTF8) if is_first else block
                is_first = False


def _has_header(head: list[list[str]], table: Table) -> bool:
    try:
        headers.find(head, table)
    except UnreadableError as error:
        return not error.is_headless
    return True


def _encoding(path: Path) -> Encoding:
    if not path.stat().st_size:
        raise UnreadableError("文件是空的（0 字节），请重新导出")
    tests: tuple[tuple[Encoding, Callable[[Iterable[bytes]], bool]], ...] = (
        ("utf-8", _is_utf8),
        ("gb18030", _is_gb18030),
    )
    for encoding, holds in tests:
        with path.open("rb") as file:
            if holds(map(_without_nul, iter(lambda: file.read(BLOCK), b""))):
                return encoding
    raise UnreadableError("既不是 UTF-8 也不是 GB18030 编码，请用 WPS 或 Excel 另存为 UTF-8 编码的 CSV")


def _is_utf8(blocks: Iterable[bytes]) -> bool:
    """Whether the blocks are UTF-8 as a whole; by Arrow, which looks at a gigabyte a second."""
    rest = b""
    for block in blocks:
        data = rest + block
        end = _last_start(data)
        rest = data[end:]
        try:
            pa.StringArray.from_buffers(1, pa.py_buffer(struct.pack("<2i", 0, end)), pa.py_buffer(data)).validate(
                full=True
            )
        except pa.ArrowInvalid:
            return False
    return not rest


def _last_start(data: bytes) -> int:
    """Where the last character starts if it is cut off, else the end."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 != 0x80:
            length = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if length > back else len(data)
    return len(data)


def _is_gb18030(blocks: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    try:
        for block in blocks:
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _without_nul(block: bytes) -> bytes:
    if b"\0" in block:
        raise UnreadableError("含有空字节，不是 UTF-8 或 GB18030 的文本文件，请另存为 UTF-8 编码的 CSV")
    return block


def _records(blocks: Iterable[bytes], delimiter: str) -> Iterator[list[str]]:
    """The records by `csv.reader`: a sentinel after the last comes back as two cells unless a quote is open."""
    reader = csv.reader(chain(_lines(blocks), [_SENTINEL + delimiter + _SENTINEL]), delimiter=delimiter)
    for record in reader:
        if record == [_SENTINEL, _SENTINEL]:
            return
        if record and record[-1].endswith(_SENTINEL):
            raise UnreadableError(OPEN_QUOTE)
        yield record


def _lines(blocks: Iterable[bytes]) -> Iterator[str]:
    """Lines with their ends (`\\n`, `\\r\\n` or `\\r`), over the borders of blocks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = ""
    for block in blocks:
        lines = io.StringIO(rest + decoder.decode(block), newline="").readlines()
        rest = lines.pop() if lines else ""
        yield from lines
    yield from io.StringIO(rest, newline="")


def _carefully(data: bytes, blocks: Iterator[bytes], delimiter: str) -> Generator[pa.Table, None, bytes]:
    """Records by `csv.reader` from the start of `data`, drawing on `blocks`, until one ends; returns what is left."""
    waiting: deque[str] = deque()

    def take() -> None:
        nonlocal data
        while b"\n" not in data and (block := next(blocks, None)) is not None:
            data += block
        end = data.find(b"\n", PIECE) + 1 or data.rfind(b"\n") + 1 or len(data)
        waiting.extend(io.StringIO(data[:end].decode(), newline=""))
        data = data[end:]

    def lines() -> Iterator[str]:
        while waiting:
            yield waiting.popleft()
            if not waiting:  # asked for more: within a record
                take()
        yield _SENTINEL

    def records() -> Iterator[list[str]]:
        for record in csv.reader(lines(), delimiter=delimiter):
            if record and record[-1].endswith(_SENTINEL):
                raise UnreadableError(OPEN_QUOTE)
            yield record
            if not waiting:
                return

    take()
    yield from batches_of(records())
    return data


def _last_end(data: bytes) -> int:
    """Where the last whole record ends, if the block is plain: after a line end with no quote open; 0 for nowhere."""
    end = data.rfind(b"\n") + 1
    if b'"' not in data:
        return end
    quotes, behind = data.count(b'"'), data.count(b'"', end)
    while end and (quotes - behind) % 2:
        before = data.rfind(b"\n", 0, end - 1) + 1
        behind += data.count(b'"', before, end)
        end = before
    return end


def _may_go_on(data: bytes) -> bool:
    """Whether data without a whole plain record is worth waiting for more: a line or a cell of some lines, cut off."""
    return len(data) < (LONGEST_LINE if b"\n" not in data else PIECE) and not _last_end(data)


def _plain_end(data: bytes, delimiter: str) -> int:
    """Where plain records that begin `data` end: all its whole ones if they are, else some; 0 for none."""
    end = _last_end(data)
    while end and not _is_plain(data[:end], delimiter):
        end = _last_end(data[: end // 2]) if end > PIECE else 0
    return end


def _is_plain(block: bytes, delimiter: str) -> bool:
    """Whether quotes stand only around whole fields (doubled inside them) and lines end in `\\n` or `\\r\\n`."""
    if b'"' not in block:
        return b"\r" not in block or block.count(b"\r") == block.count(b"\r\n")
    data = np.frombuffer(block, dtype=np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    return _are_around_fields(data, quotes, ord(delimiter)) and not (b"\r" in block and _ends_by_r(data, quotes))


def _are_around_fields(data: Bytes, quotes: Places, delimiter: int) -> bool:
    """Whether each run of quotes opens a field at its start, closes one at its end, or stands doubled inside one."""
    if len(quotes) % 2:
        return False
    first = np.diff(quotes, prepend=-2) > 1
    starts, befores = quotes[first], np.flatnonzero(first)
    is_odd = np.diff(befores, append=len(quotes)) % 2 == 1
    is_inside = befores % 2 == 1
    ends = quotes[np.append(befores[1:], len(quotes)) - 1]
    front = np.where(starts > 0, data[starts - 1], _NEW_LINE)
    back = np.where(ends + 1 < len(data), data[np.minimum(ends + 1, len(data) - 1)], _NEW_LINE)
    opens = (front == delimiter) | (front == _NEW_LINE)
    closes = (back == delimiter) | (back == _NEW_LINE) | (back == _RETURN)
    return bool(np.where(is_inside, closes | ~is_odd, opens & (closes | is_odd)).all())


def _ends_by_r(data: Bytes, quotes: Places) -> bool:
    """Whether a `\\r` without `\\n` stands outside all quotes."""
    returns = np.flatnonzero(data == _RETURN)
    alone = returns[np.append(data, _RETURN)[returns + 1] != _NEW_LINE]
    return bool((np.searchsorted(quotes, alone) % 2 == 0).any())


def _parsed(block: bytes, delimiter: str) -> Iterator[pa.Table]:
    """A plain block by Arrow; where its records are not of one length, in pieces, the shortest by `csv.reader`."""
    if not block:
        return
    batch = _by_arrow(block, delimiter)
    middle = _last_end(block[: len(block) // 2]) if batch is None and len(block) > PIECE else 0
    if batch is not None:
        yield batch
    elif middle:
        yield from _parsed(block[:middle], delimiter)
        yield from _parsed(block[middle:], delimiter)
    else:
        yield from batches_of(_records([block], delimiter))


def _by_arrow(block: bytes, delimiter: str) -> pa.Table | None:
    first = next(csv.reader(io.TextIOWrapper(io.BytesIO(block), "utf-8", newline=""), delimiter=delimiter))
    if not first or block.startswith(codecs.BOM_UTF8):  # Arrow would take the one for no row, the other for no text
        return None
    names = [f"c{index}" for index in range(len(first))]
    try:
        return pa.csv.read_csv(
            pa.BufferReader(block),
            pa.csv.ReadOptions(column_names=names, block_size=len(block) + 1),
            pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), check_utf8=False),
        )
    except pa.ArrowInvalid:  # records of several lengths; its message quotes the record, so it goes no further
        return None
