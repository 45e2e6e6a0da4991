"""The import report: on a terminal and as a workbook whose cells are text."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
from rich.console import Console

from dashboard.intake import report
from dashboard.places import Places
from dashboard.snapshots import importer
from dashboard.snapshots.importer import Order
from tests.support import exports

EVIL = '=HYPERLINK("http://x","1")'


def test_the_report_counts_files_reasons_and_what_was_left_out(tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "exports", {"说明.docx": b""}, count=30, wrong=1)
    made = importer.import_folder(Places(tmp_path / "data"), Order(folder, dt.date(2024, 4, 26))).report
    assert made.files == (("单位名录", "单位名录.csv", 1, 1, 0, 0, 0), ("专利盘点", "专利盘点.csv", 31, 30, 1, 0, 0))
    assert made.totals == (32, 31, 1, 0, 0)
    ((table, code, _, count, place),) = made.reasons
    assert (table, code, count, place) == ("专利盘点", "E-PATENT-NO", 1, "专利盘点.csv 第 32 行 patent_no")
    assert {(note[0], note[1]) for note in made.notes} == {("file", "说明.docx"), ("columns", "专利盘点.csv")}
    out = io.StringIO()
    report.show(made, Console(file=out, width=200, markup=False))
    assert "E-PATENT-NO" in out.getvalue()


def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path) -> None:
    evil = EVIL.replace(chr(34), chr(34) * 2)
    bad = exports.patents(30) + f'"{evil}",坏行,发明,U1,2019-03-01,2021-06-15,有效,否,待院审,,\n'
    folder = exports.write(tmp_path / "exports", {"专利盘点.csv": bad})
    target = tmp_path / "report.xlsx"
    importer.import_folder(Places(tmp_path / "data"), Order(folder, dt.date(2024, 4, 26), report_to=target))
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["先看这里", "文件", "原因", "未读内容", "退回 专利盘点"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert EVIL in [cell.value for cell in cells]
