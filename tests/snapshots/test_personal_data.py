"""Cells of columns that are none of the contract's are found nowhere after an import (exports.md, "Personal data")."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb
import pytest

from dashboard.__main__ import main
from tests.oracle import export_files, odd_exports
from tests.oracle.odd_exports import AS_OF, SECRET

ACCEPT = ("--accept-rejects", "--accept-change")


@pytest.mark.parametrize("seed", [4, 6])
@pytest.mark.parametrize("end", ["published", "checked", "refused"])
def test_extra_cells_are_found_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str], seed: int, end: str) -> None:
    export, data, report = tmp_path / "export", tmp_path / "data", tmp_path / "report.xlsx"
    export_files.write(export, odd_exports.folder(seed, rows=30), seed)
    if end == "refused":
        (export / "专利盘点_坏.csv").write_text(f'专利号,电话\nx,{SECRET}\ny,"{SECRET}\n', encoding="utf-8")
    assert any(SECRET.encode() in path.read_bytes() for path in export.rglob("*.*sv"))
    more = ["--check"] if end == "checked" else []
    call = ["--data", str(data), "--debug", "import", str(export), "--date", str(AS_OF), "--report", str(report)]
    code = main([*call, *ACCEPT, *more])
    out, err = capfd.readouterr()
    assert (code, SECRET in out + err) == (2 if end == "refused" else 0, False)
    files = [path for path in data.rglob("*") if path.is_file()]
    assert any(path.suffix == ".duckdb" for path in files) == (end == "published")
    assert report.exists() == (end != "refused")
    for path in files:
        assert SECRET.encode() not in path.read_bytes(), path
        if path.suffix == ".duckdb":
            assert _rows_with(path, SECRET) == []
    if report.exists():
        with zipfile.ZipFile(report) as book:
            assert not any(SECRET.encode() in book.read(name) for name in book.namelist())


def _rows_with(path: Path, text: str) -> list[str]:
    """The tables of a database in which a row holds the text, whatever its columns' types."""
    with duckdb.connect(path, read_only=True) as connection:
        names = [row[0] for row in connection.execute("show tables").fetchall()]
        return [
            n for n in names if connection.execute(f'from "{n}" t where contains(t::varchar, ?)', [text]).fetchall()
        ]
