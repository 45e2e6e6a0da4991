"""No spreadsheet runs a text: LibreOffice opens the files, evaluates formulas, and writes what it has."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from dashboard.exports import csvfile, workbook
from dashboard.exports.sheet import Sheet, unguard
from dashboard.exports.xmltext import carried
from tests.exports.test_files import REAL, Column
from tests.support import office

NAMES = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1;1)", "＝1+1", " =1+1", "\t=1+1", "\r=1+1", "'=1+1",
    '=HYPERLINK("http://example.org";"点")', "1e5", "007", "2024-04-26", "3-5", "TRUE", "#N/A", "一\n二", "长" * 300,
    "火箭🚀", "a\x00b\x07c", "_x0041_", "甪直栟茶毕昇朱镕基堃喆", "<b>&\"'</b>", "a;b,c", "　=1+1",
]  # fmt: skip
MISREAD = {"1e5", "007", "2024-04-26", "TRUE", "#N/A", "a\x00b\x07c"}
"""Texts that no spreadsheet keeps in CSV: it has no types. XLSX does."""
EVALUATING = "CSV:44,34,76,1,,0,false,false,false,false,false,0,true"
"""LibreOffice's reading of CSV with commas, UTF-8, and what looks like a formula evaluated."""
WRITING = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,true,false,{sheet}"
"""Its writing: cells as they are; a formula would be written as the formula."""


def _sheet() -> Sheet:
    frame = pd.DataFrame({"name": NAMES, "count": range(len(NAMES))})
    return Sheet("名单", [Column("name", "单位名称", "text"), Column("count", "件数", "patents")], frame)


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _breaks(text: str) -> str:
    """Line ends as every program writes them in its own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "名单"


def test_a_workbook_opens_with_the_same_texts_and_no_formula(source: Path, tmp_path: Path) -> None:
    path = source.with_suffix(".xlsx")
    path.write_bytes(workbook.write([_sheet()], REAL))
    found = office.convert(path, WRITING.format(sheet=-1), tmp_path / "out")
    rows = _read(next(p for p in found if p.stem.endswith("-名单")))[2:]
    assert [_breaks(row[0]) for row in rows] == [_breaks(carried(name)) for name in NAMES]
    assert [row[1] for row in rows] == [str(number) for number in range(len(NAMES))]


def test_csv_opens_with_the_same_texts_and_no_formula(source: Path, tmp_path: Path) -> None:
    path = source.with_suffix(".csv")
    path.write_bytes(csvfile.write(_sheet(), REAL))
    (written,) = office.convert(path, WRITING.format(sheet=0), tmp_path / "out", f"--infilter={EVALUATING}")
    rows = _read(written)[1 : len(NAMES) + 1]
    assert len(rows) == len(NAMES)
    for name, row in zip(NAMES, rows, strict=True):
        if name not in MISREAD:
            assert unguard(_breaks(row[0])) == _breaks(name)
    assert [row[1] for row in rows] == [str(number) for number in range(len(NAMES))]


def test_without_the_guard_it_would_run(source: Path, tmp_path: Path) -> None:
    """The reading above does evaluate: the same text unguarded becomes a formula."""
    path = source.with_suffix(".csv")
    path.write_text('单位名称\r\n"=1+1"\r\n', encoding="utf-8-sig")
    shown = WRITING.replace("false,true,false,{sheet}", "true,false,false,0")
    (written,) = office.convert(path, shown, tmp_path / "out", f"--infilter={EVALUATING}")
    assert _read(written)[1] == ["2"]
