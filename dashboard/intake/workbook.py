"""Workbooks as text cells: xlsx and xlsm by calamine, xls by xlrd, ods by `opendocument`; the content decides which.

Both parsers hand out stored values. Calamine gives error values as empty cells, so `inspection` finds those beforehand;
here they become text behind `UNREADABLE`, which no written text is taken for.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import xlrd
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from dashboard.contract import Contract, Table
from dashboard.intake import inspection, opendocument
from dashboard.intake.archive import DAMAGED, Archive
from dashboard.intake.inspection import Errors
from dashboard.intake.sheet import BATCH_ROWS, UNREADABLE, Sheet, UnreadableError, batch_of, number_text

PASSWORD = "文件有密码保护，请取消密码后重新导出"
FOREIGN = "内容不是工作簿（可能是网页、文本或别的文件改了扩展名），请用 WPS 或 Excel 打开后另存为 .xlsx"

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

Value = str | float | bool | date | datetime | time | timedelta


def sheets(path: Path, table: Table, contract: Contract, progress: Callable[[int], None]) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order, hidden ones without content.

    Raises:
        UnreadableError: damaged, protected by a password, no workbook at all, or too large unpacked.
    """
    with path.open("rb") as file:
        start = file.read(len(_OLE))
    if not start:
        raise UnreadableError("文件是空的（0 字节），请重新导出")
    if start.startswith(b"PK"):
        archive = Archive(path, contract.unpacked_limit)
        read = opendocument.sheets if "content.xml" in archive else _office
        found = read(archive, contract.header_within_rows)
    elif start == _OLE:
        found = _compound(path.read_bytes(), contract.header_within_rows)
    else:
        raise UnreadableError(FOREIGN)
    yield from found
    progress(path.stat().st_size)


def _office(archive: Archive, within: int) -> Iterator[Sheet]:
    errors = inspection.inspect(archive)
    with _parsing():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(archive.path.read_bytes()))
    for index, metadata in enumerate(workbook.sheets_metadata):
        if metadata.visible != SheetVisibleEnum.Visible:
            yield Sheet(metadata.name, is_hidden=True)
            continue
        with _parsing(metadata.name):
            sheet = workbook.get_sheet_by_index(index)
        yield _sheet(metadata.name, _rows(sheet, errors.get(metadata.name, {})), within)


def _rows(sheet: CalamineSheet, errors: Errors) -> Iterator[Sequence[Value]]:
    """All rows from the first of the sheet on; a row starts in the sheet's first filled column."""
    offset = sheet.start[1] if sheet.start else 0
    with _parsing(sheet.name):
        for number, row in enumerate(sheet.iter_rows()):
            for column, name in errors.get(number, {}).items():
                row[column - offset] = UNREADABLE + name
            yield row


def _compound(content: bytes, within: int) -> Iterator[Sheet]:
    if _ENCRYPTED_PACKAGE in content:
        raise UnreadableError(PASSWORD)
    with _parsing():
        workbook = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
    for index, name in enumerate(workbook.sheet_names()):
        with _parsing(name):
            sheet = workbook.sheet_by_index(index)
        if sheet.visibility:
            yield Sheet(name, is_hidden=True)
        else:
            yield _sheet(name, _old_rows(sheet, workbook.datemode), within)
        workbook.unload_sheet(index)


def _old_rows(sheet: xlrd.sheet.Sheet, datemode: int) -> Iterator[Sequence[Value]]:
    for number in range(sheet.nrows):
        yield [
            value if kind in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else _old_value(kind, value, datemode)
            for kind, value in zip(sheet.row_types(number), sheet.row_values(number), strict=True)
        ]


def _old_value(kind: int, value: Value, datemode: int) -> Value:
    if kind == xlrd.XL_CELL_DATE:
        try:
            moment: datetime = xlrd.xldate_as_datetime(value, datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return value
        return moment
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return UNREADABLE + str(xlrd.error_text_from_code.get(value, "#ERROR"))
    return ""


@contextmanager
def _parsing(sheet: str | None = None) -> Iterator[None]:
    """Turns whatever a parser raises, panics of calamine included, into a sentence; its message may quote a cell."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        is_encrypted = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableError(PASSWORD if is_encrypted else DAMAGED, sheet=sheet) from None


def _sheet(name: str, rows: Iterator[Sequence[Value]], within: int) -> Sheet:
    first = list(islice(rows, within))
    return Sheet(name, [_texts(row) for row in first], _batches(chain(first, rows)))


def _batches(rows: Iterable[Sequence[Value]]) -> Iterator[pa.Table]:
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH_ROWS)):
        yield batch_of(map(_texts, zip(*some, strict=True)), len(some))


def _texts(values: Sequence[Value]) -> list[str]:
    return [value if value.__class__ is str else _text(value) for value in values]


def _text(value: Value) -> str:
    """A stored value as text: whole numbers without decimals, dates in ISO form, true or false."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | int):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    return str(value)
