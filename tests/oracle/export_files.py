"""The oracle's files written to disk: text in any encoding, workbooks with real numbers, dates and error values."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import openpyxl
import xlwt

from tests.intake.folders import ods
from tests.oracle.cells import ERROR, Cell
from tests.oracle.intake import File, Sheet

Native = str | int | float | bool | dt.date | None


def write(folder: Path, files: Sequence[File], seed: int) -> None:
    """Write every file below `folder`; which encoding, delimiter and native cells it gets depends on the seed."""
    chance = Random(seed)
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = path.suffix.lower()
        match kind:
            case ".xlsx" | ".xlsm":
                path.write_bytes(_xlsx(file.sheets, chance))
            case ".xls":
                path.write_bytes(_xls(file.sheets, chance))
            case ".ods":
                path.write_bytes(_ods(file.sheets, chance))
            case _:
                path.write_bytes(_text(file.sheets[0], chance))


def _text(sheet: Sheet, chance: Random) -> bytes:
    stream = io.StringIO()
    ends = chance.choice(("\n", "\r\n"))
    delimiter = chance.choice((",", "\t", ";"))
    if chance.random() < 0.5:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=ends)
    else:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL)
    writer.writerows(sheet.rows)
    encoding = chance.choice(("utf-8", "utf-8-sig", "gb18030"))
    return stream.getvalue().encode(encoding)


def _native(cell: str, chance: Random) -> Native:
    """A cell's text as the number, truth value or day that prints the same, or as it is."""
    if cell == "":
        return None
    if chance.random() < 0.4:
        return cell
    if re.fullmatch(r"0|-?[1-9][0-9]{0,14}", cell):
        return int(cell)
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9]", cell) and repr(float(cell)) == cell:
        return float(cell)
    if re.fullmatch(r"(19[5-9]|20[0-4])\d-\d\d-\d\d", cell):
        try:
            return dt.date.fromisoformat(cell)
        except ValueError:
            return cell
    return {"true": True, "false": False}.get(cell, cell)


def _xlsx(sheets: Sequence[Sheet], chance: Random) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        target = book.create_sheet(str(sheet.name))
        target.sheet_state = chance.choice(("hidden", "veryHidden")) if sheet.is_hidden else "visible"
        for r, row in enumerate(sheet.rows, 1):
            for c, cell in enumerate(row, 1):
                native = "#N/A" if cell is ERROR else _native(str(cell), chance)
                if native is not None:
                    place = target.cell(r, c, native)
                    if isinstance(native, str):  # else a text that starts with = is a formula, one like #N/A an error
                        place.data_type = "e" if cell is ERROR else "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls(sheets: Sequence[Sheet], chance: Random) -> bytes:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for sheet in sheets:
        target = book.add_sheet(str(sheet.name))
        target.visibility = chance.choice((1, 2)) if sheet.is_hidden else 0
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is ERROR:
                    target.row(r).set_cell_error(c, 42)  # #N/A
                    continue
                native = _native(str(cell), chance)
                if isinstance(native, dt.date):
                    target.write(r, c, native, day)
                elif native is not None:
                    target.write(r, c, native)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_HIDDEN = (
    '<office:automatic-styles><style:style style:name="h" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def _ods(sheets: Sequence[Sheet], chance: Random) -> bytes:
    body = ""
    for sheet in sheets:
        style = ' table:style-name="h"' if sheet.is_hidden else ""
        rows = "".join(
            f"<table:table-row>{''.join(_ods_cell(cell, chance) for cell in row) or _ODS_EMPTY}</table:table-row>"
            for row in sheet.rows
        )
        body += f'<table:table table:name="{sheet.name}"{style}>{rows}</table:table>'
    return ods(body, styles=_HIDDEN)


_ODS_EMPTY = "<table:table-cell/>"


def _ods_cell(cell: Cell, chance: Random) -> str:
    if cell is ERROR:
        return (
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value=""'
            ' calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
        )
    native = _native(str(cell), chance)
    match native:
        case None:
            return _ODS_EMPTY
        case bool():
            kind, shown = f'boolean" office:boolean-value="{str(native).lower()}', str(native).upper()
        case int() | float():
            kind, shown = f'float" office:value="{native}', str(native)
        case dt.date():
            kind, shown = f'date" office:date-value="{native}', f"{native:%y/%m/%d}"
        case _:
            paragraphs = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in native.split("\n"))
            return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    return f'<table:table-cell office:value-type="{kind}"><text:p>{shown}</text:p></table:table-cell>'


def _ods_text(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace(" ", "<text:s/>")
