"""The import report: what was read, accepted, rejected and why; on a terminal, and as a workbook for the office."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import xlsxwriter
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from dashboard import queries, wording
from dashboard.contract import Contract
from dashboard.errors import UsageError

_LINE = 15
_CELL_LIMIT = 32_767
_ROW_LIMIT = 1_048_575
SHOWN = 12
"""Lines of advice on a terminal; the workbook has them all."""

_ADVICE_HEADS = ("要办的事", "文件", "找谁", "怎么办")
_FILE_HEADS = ("表", "文件", "读取行数", "接收", "退回", "跳过", "提示")
_REASON_HEADS = ("表", "代码", "含义", "行数", "首处")
_NOTE_HEADS = ("类别", "文件", "工作表", "说明")
_FINDING_HEADS = ("文件", "工作表", "行号", "代码", "含义", "列", "原值")

Row = Sequence[Any]


class Advice(NamedTuple):
    """One thing to do: what was found, in which file, whom to ask, and how to put it right."""

    what: str
    file: str
    who: str
    do: str


@dataclass(frozen=True)
class Report:
    """What an import did. `advice` comes first, by weight; `files`, `reasons` and `notes` are rows under the heads of
    this module; counts are rows.
    """

    folder: str
    as_of: dt.date
    stock: int
    files: tuple[Row, ...]
    reasons: tuple[Row, ...]
    notes: tuple[Row, ...]
    advice: tuple[Advice, ...] = ()

    @property
    def totals(self) -> tuple[int, ...]:
        """Rows read, accepted, rejected, skipped, and warnings, over all files."""
        return tuple(sum(row[i] for row in self.files) for i in range(2, 7))


def gather(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    folder: str,
    as_of: dt.date,
    stock: int,
    advice: tuple[Advice, ...] = (),
) -> Report:
    """The report of the snapshot that the connection looks in."""
    titles = {table.name: table.title for table in contract.tables}
    files = connection.table("files").fetchall()
    reasons = connection.execute(queries.text("checks", "_reasons")).fetchall()
    return Report(
        folder,
        as_of,
        stock,
        tuple((titles[table], *rest) for table, *rest in files),
        tuple((titles[t], code, wording.REASONS[code], count, place) for t, code, count, place in reasons),
        tuple(connection.table("notes").fetchall()),
        advice,
    )


def show(report: Report, console: Console) -> None:
    """Print the report."""
    console.print(f"导入报告  快照日期 {report.as_of}  文件夹 {report.folder}")
    if report.advice:
        console.print(_grid("先看这里", _ADVICE_HEADS, report.advice[:SHOWN]))
    if len(report.advice) > SHOWN:
        console.print(f"另有 {len(report.advice) - SHOWN} 项没有列出，用 --report 文件名.xlsx 可得到全部。")
    console.print(_grid("文件", _FILE_HEADS, [*report.files, ("合计", "", *report.totals)]))
    if report.reasons:
        console.print(_grid("退回与提示的原因", _REASON_HEADS, report.reasons))
    if report.notes:
        console.print(_grid("未读的内容", _NOTE_HEADS, _worded(report.notes)))
    console.print(f"全省存量 {report.stock:,} 件")


def _grid(title: str, heads: Sequence[str], rows: Sequence[Row]) -> Grid:
    grid = Grid(title=title, title_justify="left")
    for head, value in zip(heads, rows[0], strict=True):
        grid.add_column(head, overflow="fold", justify="right" if isinstance(value, int) else "left")
    for row in rows:
        grid.add_row(*(Text(f"{v:,}" if isinstance(v, int) else v or "") for v in row))
    return grid


def write(report: Report, connection: duckdb.DuckDBPyConnection, contract: Contract, target: Path) -> None:
    """Write the report with every rejected row and remark as XLSX; cells are text or numbers, never formulas.

    Raises:
        UsageError: the file cannot be written there.
    """
    try:
        with target.open("wb") as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            _sheet(
                book, "先看这里", _ADVICE_HEADS, report.advice or [Advice("没有要办的事", "", "", "")], (64, 32, 24, 52)
            )
            _sheet(book, "文件", _FILE_HEADS, [*report.files, ("合计", "", *report.totals)])
            _sheet(book, "原因", _REASON_HEADS, report.reasons)
            _sheet(book, "未读内容", _NOTE_HEADS, _worded(report.notes))
            for title, name in (("退回", "rejects"), ("提示", "warnings")):
                _findings(book, title, connection.table(name).fetchall(), contract)
    except OSError as error:
        raise UsageError(f"报告写不到 {target}，请换一个能写入的位置。") from error


def _findings(book: xlsxwriter.Workbook, title: str, rows: Sequence[Row], contract: Contract) -> None:
    """A sheet per table that has findings: place and reason, then the original cells under their headers."""
    for table in contract.tables:
        lines = []
        for _, file, sheet, row_no, code, column_name, value, cells, _ in (r for r in rows if r[0] == table.name):
            header = next((c.header for c in table.columns if c.name == column_name), column_name)
            originals: Mapping[str, str] = json.loads(cells) if cells else {}
            place = (file, sheet, row_no, code, wording.REASONS[code], header, value)
            lines.append((*place, *(originals.get(c.name) for c in table.columns)))
        if lines:
            _sheet(book, f"{title} {table.title}", (*_FINDING_HEADS, *(c.header for c in table.columns)), lines)


def _sheet(
    book: xlsxwriter.Workbook, title: str, heads: Sequence[str], rows: Sequence[Row], widths: Sequence[int] = ()
) -> None:
    """A sheet of text and numbers, or several where one is full; with `widths` its cells wrap."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"}) if widths else None
    parts = range(0, max(len(rows), 1), _ROW_LIMIT)
    for number, start in enumerate(parts, 1):
        sheet = book.add_worksheet(title if len(parts) == 1 else f"{title}{number}")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column in range(len(heads)):
            sheet.set_column(column, column, widths[column] if widths else 16)
        for i, row in enumerate([heads, *rows[start : start + _ROW_LIMIT]]):
            if widths:  # spreadsheets do not all find the height themselves
                sheet.set_row(i, _LINE * max(map(_lines, row, widths)))
            for j, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(i, j, value, wrapped)
                elif value:
                    sheet.write_string(i, j, str(value)[:_CELL_LIMIT], wrapped)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column."""
    return -(-wording.width(text) // width) or 1


def _worded(notes: Sequence[Row]) -> list[Row]:
    """The notes with the word for what was left unread in place of its code."""
    return [(wording.NOTE_KINDS[kind], *rest) for kind, *rest in notes]
