"""A folder's files into DuckDB as raw cells, a scratch table per table; nothing is judged but which rows to skip."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, count

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contract import Contract, Table
from dashboard.errors import FileProblems
from dashboard.intake import headers, tables, text, workbook
from dashboard.intake.folder import Note, Scan, Source
from dashboard.intake.headers import Header, compact
from dashboard.intake.rows import Classifier
from dashboard.intake.sheet import Sheet, UnreadableError

Progress = Callable[[str, int, int], None]

_READERS = {"text": text.sheets, "workbook": workbook.sheets}

_SHEETS = pa.schema(
    [
        ("sheet_id", pa.int32()),
        ("table_name", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("header_row", pa.int64()),
        ("rows_read", pa.int64()),
        ("skipped", pa.int64()),
    ]
)
_COLUMNS = pa.schema([("sheet_id", pa.int32()), ("column_name", pa.string()), ("position", pa.int32())])


@dataclass(frozen=True)
class Staged:
    """What was staged: the tables that are present (in the contract's order) and what was left out on purpose."""

    present: tuple[str, ...]
    notes: tuple[Note, ...]


def stage(
    connection: duckdb.DuckDBPyConnection,
    scan: Scan,
    contract: Contract,
    progress: Progress = lambda file, done, total: None,
) -> Staged:
    """Load every present table of a folder, one after the other (see `Reading`); all or nothing.

    Raises:
        FileProblems: everything wrong with the folder and its files, in file order.
    """
    reading = Reading(scan, contract, progress)
    with _transaction(connection):
        reading.begin(connection)
        for name in reading.present:
            reading.load(connection, name)
        return reading.staged()


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


class Reading:
    """The files of a folder on their way into scratch tables; several tables may be loaded at once.

    `raw_TABLE`: row_id (contiguous, in file order), sheet_id, row_no (as Excel shows it), is_overflow, and each column
    of the contract as text: what the cell held, empty or null if nothing. Cells of an overflowing row are null: none
    stands where it belongs. Skipped rows are not stored but counted in `raw_sheets` (whose sheet_id goes up in file
    order within a table); `raw_columns` says where each column stands in its sheet. `progress` is told the file, the
    bytes read and those to read in all.
    """

    def __init__(self, scan: Scan, contract: Contract, progress: Progress = lambda file, done, total: None) -> None:
        self.present = tuple(t.name for t in contract.tables if any(s.table == t.name for s in scan.sources))
        self._scan, self._contract, self._progress = scan, contract, progress
        self._size, self._done = sum(source.size for source in scan.sources), 0
        self._telling = threading.Lock()
        self._numbers = count()
        self._read: dict[str, _File] = {}

    @property
    def has_problems(self) -> bool:
        """Whether something is wrong with the folder, as far as it has been read."""
        return bool(self._scan.problems) or any(file.problems for file in list(self._read.values()))

    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Create `raw_sheets` and `raw_columns`, empty."""
        for name, schema in (("raw_sheets", _SHEETS), ("raw_columns", _COLUMNS)):
            tables.create_from(connection, name, schema.empty_table(), scratch=True)

    def load(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Create `raw_NAME` from the files of that table; what is wrong with them is kept for `staged`."""
        failures: list[BaseException] = []

        def batches() -> Iterator[pa.RecordBatch]:
            # The engine pulls from a thread of its own and would turn whatever is raised there into an error of its.
            try:
                yield from self._batches(name)
            except Exception as error:
                failures.append(error)

        schema = _raw_schema(self._contract.table(name))
        reader = pa.RecordBatchReader.from_batches(schema, batches())
        tables.create_from(connection, f"raw_{name}", reader, scratch=True)
        if failures:
            raise failures[0]
        files = [self._read[source.relative] for source in self._scan.sources if source.table == name]
        sheets = [row for file in files for row in file.sheets]
        columns = [row for file in files for row in file.columns]
        tables.append_to(connection, "raw_sheets", pa.Table.from_pylist(sheets, _SHEETS))
        tables.append_to(connection, "raw_columns", pa.Table.from_pylist(columns, _COLUMNS))

    def staged(self) -> Staged:
        """What was staged, once every present table is loaded.

        Raises:
            FileProblems: everything wrong with the folder and its files, in file order.
        """
        files = [self._read[source.relative] for source in self._scan.sources]
        problems = [*self._scan.problems, *chain.from_iterable(file.problems for file in files)]
        if problems:
            raise FileProblems(problems)
        return Staged(self.present, (*self._scan.ignored, *chain.from_iterable(file.notes for file in files)))

    def _batches(self, name: str) -> Iterator[pa.RecordBatch]:
        table, next_row = self._contract.table(name), 0
        for source in self._scan.sources:
            if source.table == name:
                file = _File(source, table, self._contract, self._step, self._numbers, next_row)
                self._read[source.relative] = file
                yield from file.batches()
                next_row = file.next_row

    def _step(self, source: Source, size: int) -> None:
        with self._telling:
            self._done += size
            self._progress(source.relative, self._done, self._size)


@dataclass
class _File:
    """One file while it is read, and what grows with it. `numbers` gives sheet ids, `next_row` is the next row_id."""

    source: Source
    table: Table
    contract: Contract
    step: Callable[[Source, int], None]
    numbers: Iterator[int]
    next_row: int
    sheets: list[dict[str, object]] = field(default_factory=list)
    columns: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    told: int = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The data rows as `raw_TABLE` holds them; what is wrong with the file goes to `problems`, a sentence each."""
        self._tell(0)
        headless: list[tuple[Sheet, UnreadableError]] = []
        try:
            for sheet in self._visible():
                try:
                    yield from self._sheet(sheet)
                except UnreadableError as error:
                    if error.is_headless:
                        headless.append((sheet, error))
                    else:
                        self.problems.append(self._problem(sheet.name, error))
        except UnreadableError as error:
            self.problems.append(self._problem(error.sheet, error))
        except OSError as error:
            self.problems.append(self._problem(None, f"文件打不开（{error.strerror}），请检查权限或重新导出"))
        if self.problems or self.sheets:
            self.notes += [self._note(sheet, "没有表头行，不读取") for sheet, _ in headless]
        else:
            self.problems += self._all_headless(headless)
        self._tell(self.source.size - self.told)

    def _visible(self) -> Iterator[Sheet]:
        """The sheets to read; hidden ones are noted."""
        for sheet in _READERS[self.source.kind](self.source.path, self.table, self.contract, self._tell):
            if sheet.is_hidden:
                self.notes.append(self._note(sheet, "是隐藏的工作表，不读取"))
            else:
                yield sheet

    def _sheet(self, sheet: Sheet) -> Iterator[pa.RecordBatch]:
        header = headers.find(sheet.head, self.table)
        if header.extras:
            names = "、".join(f"「{name}」" for name in header.extras)
            message = f"不属于「{self.table.title}」的列，不读取：{names}"
            self.notes.append(Note("columns", self.source.relative, sheet.name, message))
        sheet_id, first_row = next(self.numbers), self.next_row
        last = yield from self._rows(sheet, sheet_id, header)
        self.sheets.append(
            {
                "sheet_id": sheet_id,
                "table_name": self.table.name,
                "file": self.source.relative,
                "sheet": sheet.name,
                "header_row": header.row,
                "rows_read": last - header.row,
                "skipped": last - header.row - (self.next_row - first_row),
            }
        )
        self.columns += [
            {"sheet_id": sheet_id, "column_name": name, "position": position}
            for name, position in header.positions.items()
        ]

    def _rows(self, sheet: Sheet, sheet_id: int, header: Header) -> Generator[pa.RecordBatch, None, int]:
        """The data rows of a sheet; returns the number of the last filled row."""
        classifier = Classifier(header, self.table, self.contract)
        first, last = 1, header.row
        for whole in sheet.batches:
            batch = whole.slice(max(0, header.row + 1 - first))
            first += whole.num_rows - batch.num_rows
            verdict = classifier.judge(batch)
            filled = np.flatnonzero(~verdict.is_blank)
            if len(filled):
                last = first + int(filled[-1])
            places = np.flatnonzero(verdict.is_data)
            base = self.next_row, sheet_id, first
            rows = _raw_rows(batch, places, verdict.is_overflow[places], header, self.table, base)
            self.next_row += len(places)
            first += batch.num_rows
            yield from rows.to_batches()
        return last

    def _tell(self, size: int) -> None:
        self.told += size
        self.step(self.source, size)

    def _problem(self, sheet: str | None, reason: object) -> str:
        place = f"工作表「{sheet}」" if sheet is not None else ""
        return f"{self.source.relative}：{place}{reason}。"

    def _note(self, sheet: Sheet, message: str) -> Note:
        return Note("sheet", self.source.relative, sheet.name, message)

    def _all_headless(self, headless: Sequence[tuple[Sheet, UnreadableError]]) -> list[str]:
        """The problems of a file none of whose sheets has a header: of the sheets that hold anything, if one does."""
        filled = [(sheet, error) for sheet, error in headless if any(map(compact, chain.from_iterable(sheet.head)))]
        if not filled:
            return [self._problem(None, "里面没有可读的内容（没有表头行），请重新导出")]
        return [self._problem(sheet.name, error) for sheet, error in filled]


def _raw_schema(table: Table) -> pa.Schema:
    marks = [("row_id", pa.int64()), ("sheet_id", pa.int32()), ("row_no", pa.int64()), ("is_overflow", pa.bool_())]
    return pa.schema([*marks, *((c.name, pa.string()) for c in table.columns)])


def _raw_rows(
    batch: pa.Table,
    places: npt.NDArray[np.int64],
    is_overflow: npt.NDArray[np.bool_],
    header: Header,
    table: Table,
    base: tuple[int, int, int],
) -> pa.Table:
    """The rows at `places` of a batch as `raw_TABLE` holds them.

    `base`: the first row_id to give, the sheet_id, the row_no of the batch's first row.
    """
    row_id, sheet_id, first = base
    kept = batch if len(places) == batch.num_rows else batch.take(pa.array(places))
    mask = pa.array(is_overflow)
    nothing = pa.nulls(len(places), pa.string())
    columns = []
    for column in table.columns:
        position = header.positions.get(column.name, batch.num_columns)
        cells = kept.column(position) if position < batch.num_columns else nothing
        columns.append(pc.if_else(mask, None, cells) if is_overflow.any() else cells)
    marks = [
        pa.array(np.arange(row_id, row_id + len(places))),
        pa.array(np.full(len(places), sheet_id, dtype=np.int32)),
        pa.array(first + places),
        mask,
    ]
    return pa.Table.from_arrays([*marks, *columns], schema=_raw_schema(table))
