"""A folder's files into DuckDB as raw cells, a temporary table per table; nothing is judged but which rows to skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

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
    """Create the temporary tables `raw_TABLE` (for the present tables), `raw_sheets` and `raw_columns`.

    `raw_TABLE`: row_id (contiguous, in file order), sheet_id, row_no (as Excel shows it), is_overflow, and each column
    of the contract as text: what the cell held, empty or null if nothing. Cells of an overflowing row are null: none
    stands where it belongs. Skipped rows are not stored but counted in `raw_sheets`; `raw_columns` says where each
    column stands in its sheet. All of it happens in a transaction of its own. `progress` is told the file, the bytes
    read and those to read in all.

    Raises:
        FileProblems: everything wrong with the folder and its files, in file order.
    """
    with _transaction(connection):  # row by row or batch by batch would cost DuckDB twice the time
        return _staged(connection, scan, contract, progress)


def _staged(connection: duckdb.DuckDBPyConnection, scan: Scan, contract: Contract, progress: Progress) -> Staged:
    work = _Work(connection, contract, progress, sum(source.size for source in scan.sources))
    present = tuple(t.name for t in contract.tables if any(s.table == t.name for s in scan.sources))
    for name in present:
        tables.create_from(connection, f"raw_{name}", _raw_schema(contract.table(name)).empty_table(), temporary=True)
    problems = list(scan.problems)
    for source in scan.sources:
        problems += work.read(source)
    if problems:
        raise FileProblems(problems)
    for name, rows, schema in (("raw_sheets", work.sheets, _SHEETS), ("raw_columns", work.columns, _COLUMNS)):
        tables.create_from(connection, name, pa.Table.from_pylist(rows, schema), temporary=True)
    return Staged(present, (*scan.ignored, *work.notes))


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@dataclass
class _Work:
    """What grows while the files are read."""

    connection: duckdb.DuckDBPyConnection
    contract: Contract
    progress: Progress
    size: int
    done: int = 0
    sheets: list[dict[str, object]] = field(default_factory=list)
    columns: list[dict[str, object]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    next_row: dict[str, int] = field(default_factory=dict)

    def read(self, source: Source) -> Iterator[str]:
        """Stage one file; what is wrong with it, a sentence each."""
        start, count = self.done, len(self.sheets)
        self._step(source, 0)
        problems: list[str] = []
        headless: list[tuple[Sheet, UnreadableError]] = []
        try:
            for sheet in self._sheets(source):
                try:
                    self._add(source, sheet)
                except UnreadableError as error:
                    if error.is_headless:
                        headless.append((sheet, error))
                    else:
                        problems.append(_problem(source, sheet.name, error))
        except UnreadableError as error:
            problems.append(_problem(source, error.sheet, error))
        except OSError as error:
            problems.append(_problem(source, None, f"文件打不开（{error.strerror}），请检查权限或重新导出"))
        if problems or len(self.sheets) > count:
            self.notes += [_note(source, sheet, "没有表头行，不读取") for sheet, _ in headless]
        else:
            problems += _all_headless(source, headless)
        self._step(source, start + source.size - self.done)
        yield from problems

    def _sheets(self, source: Source) -> Iterator[Sheet]:
        """The sheets to read; hidden ones are noted."""
        table = self.contract.table(source.table)
        for sheet in _READERS[source.kind](source.path, table, self.contract, lambda size: self._step(source, size)):
            if sheet.is_hidden:
                self.notes.append(_note(source, sheet, "是隐藏的工作表，不读取"))
            else:
                yield sheet

    def _add(self, source: Source, sheet: Sheet) -> None:
        table = self.contract.table(source.table)
        header = headers.find(sheet.head, table)
        if header.extras:
            names = "、".join(f"「{name}」" for name in header.extras)
            self.notes.append(
                Note("columns", source.relative, sheet.name, f"不属于「{table.title}」的列，不读取：{names}")
            )
        sheet_id = len(self.sheets)
        last, kept = self._insert(sheet, sheet_id, header, table)
        self.sheets.append(
            {
                "sheet_id": sheet_id,
                "table_name": table.name,
                "file": source.relative,
                "sheet": sheet.name,
                "header_row": header.row,
                "rows_read": last - header.row,
                "skipped": last - header.row - kept,
            }
        )
        self.columns += [
            {"sheet_id": sheet_id, "column_name": name, "position": position}
            for name, position in header.positions.items()
        ]

    def _insert(self, sheet: Sheet, sheet_id: int, header: Header, table: Table) -> tuple[int, int]:
        """Store the data rows; the number of the last filled row, and how many rows were stored."""
        classifier = Classifier(header, table, self.contract)
        first, last, kept = 1, header.row, 0
        for whole in sheet.batches:
            batch = whole.slice(max(0, header.row + 1 - first))
            first += whole.num_rows - batch.num_rows
            verdict = classifier.judge(batch)
            filled = np.flatnonzero(~verdict.is_blank)
            if len(filled):
                last = first + int(filled[-1])
            places = np.flatnonzero(verdict.is_data)
            row_id = self.next_row.get(table.name, 0)
            rows = _raw_rows(batch, places, verdict.is_overflow[places], header, table, (row_id, sheet_id, first))
            self.connection.from_arrow(rows).insert_into(f"raw_{table.name}")
            self.next_row[table.name] = row_id + len(places)
            kept += len(places)
            first += batch.num_rows
        return last, kept

    def _step(self, source: Source, size: int) -> None:
        self.done += size
        self.progress(source.relative, self.done, self.size)


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


def _problem(source: Source, sheet: str | None, reason: object) -> str:
    place = f"工作表「{sheet}」" if sheet is not None else ""
    return f"{source.relative}：{place}{reason}。"


def _note(source: Source, sheet: Sheet, message: str) -> Note:
    return Note("sheet", source.relative, sheet.name, message)


def _all_headless(source: Source, headless: Sequence[tuple[Sheet, UnreadableError]]) -> list[str]:
    """The problems of a file none of whose sheets has a header: of the sheets that hold anything, if one does."""
    filled = [(sheet, error) for sheet, error in headless if any(map(compact, chain.from_iterable(sheet.head)))]
    if not filled:
        return [_problem(source, None, "里面没有可读的内容（没有表头行），请重新导出")]
    return [_problem(source, sheet.name, error) for sheet, error in filled]
