"""Bulletins as files: what LibreOffice makes of them, the register of past ones, and the command."""

from __future__ import annotations

import io
import itertools
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from dashboard import wording
from dashboard.errors import DamagedSnapshot, OutOfScope, UsageError
from dashboard.exports.bulletin import files, past, pdf, template, word
from dashboard.exports.bulletin.model import Bulletin, Table
from dashboard.places import Places
from dashboard.scope import PROVINCE, Scope
from tests.exports.bulletin_source import PLACES, sample
from tests.exports.test_bulletin import ONE_PIXEL

NANJING = "320100"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not pdf.is_available():
        if os.environ.get("CI") == "true":
            pytest.fail("没有 LibreOffice（soffice），不能检查转换为 PDF 的结果")
        pytest.skip("没有 LibreOffice（soffice）")
    path = tmp_path_factory.mktemp("pdf") / "bulletin.pdf"
    path.write_bytes(files.write(sample(NANJING), PLACES, "pdf"))
    return path


def _told(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.fail(f"没有 {command[0]}（poppler-utils），不能检查 PDF")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_pdf_is_a4_and_of_some_pages(printed: Path) -> None:
    said = _told("pdfinfo", str(printed))
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+) pts", said)
    pages = re.search(r"Pages:\s+(\d+)", said)
    assert size is not None
    assert pages is not None
    assert [float(n) for n in size.groups()] == pytest.approx([595.3, 841.9], abs=0.5)
    assert 4 <= int(pages[1]) <= 20


def test_text_stands_within_the_margins_of_the_standard(printed: Path) -> None:
    """The type area is 28 to 184 mm across and 37 to 262 mm down; page numbers stand below it."""
    said = _told("pdftotext", "-bbox", str(printed), "-")
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', said)
    body = [[float(n) / 72 * 25.4 for n in word[:4]] for word in words if float(word[1]) / 72 * 25.4 < 262]
    assert len(body) > 100
    assert min(left for left, *_ in body) == pytest.approx(28, abs=1)
    assert max(right for _, _, right, _ in body) <= 184 + 3
    assert min(top for _, top, *_ in body) >= 36


def test_twenty_eight_characters_stand_in_a_line(printed: Path) -> None:
    lines = _told("pdftotext", str(printed), "-").splitlines()
    first = next(at for at, line in enumerate(lines) if "高校和科研机构" in line and line.startswith("截至"))
    whole = wording.width(lines[first + 1].replace(" ", ""))
    assert 50 <= whole <= 58


def test_twenty_two_lines_stand_on_a_page(printed: Path) -> None:
    """Lines of the body follow each other by the pitch of the standard's grid: 225 mm in 22 lines, 29 pt."""
    said = _told("pdftotext", "-bbox", "-f", "1", "-l", "1", str(printed), "-")
    lines = sorted({round(float(y), 1) for y, high in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', said)
                    if float(high) - float(y) > 14})  # fmt: skip
    steps = [after - before for before, after in itertools.pairwise(lines)]
    assert sum(28 <= step <= 29.2 for step in steps) >= 6


LARGE = {"patents": 98_765, "rate": 2.261, "pp": -88.8, "amount": 514_228.8, "rank": 171, "times": 1_483}
"""Figures as wide as those of a whole province."""


def _widened(made: Bulletin) -> Bulletin:
    sections = [
        replace(section, parts=[_wide(part) if isinstance(part, Table) else part for part in section.parts])
        for section in made.sections
    ]
    return replace(made, sections=sections)


def _wide(table: Table) -> Table:
    given = {column.name: LARGE[column.unit] for column in table.sheet.columns if column.unit in LARGE}
    rows = replace(table.rows, sheet=replace(table.sheet, frame=table.sheet.frame.assign(**given)))
    return replace(table, fill=lambda: rows)


def test_no_number_and_no_date_breaks_over_lines(printed: Path, tmp_path: Path) -> None:
    """With wide figures and the widest fonts: this machine has no Times New Roman."""
    written = word.write(_widened(sample()), template.PATH, draw=lambda _: ONE_PIXEL)
    path = tmp_path / "wide.pdf"
    path.write_bytes(pdf.write(written))
    words = set(re.findall(r">([^<]*)</word>", _told("pdftotext", "-bbox", str(path), "-")))
    tables = docx.Document(io.BytesIO(written)).tables
    cells = {cell.text for table in tables for row in table.rows[1:] for cell in row.cells}
    numbers = {text for text in cells if re.fullmatch(r"[＋－]?[\d,.]+%?|\d{4}-\d\d-\d\d", text)}
    assert numbers >= {"98,765", "226.1%", "＋226.1%", "－88.8", "514,228.80", "2024-03-31"}
    assert numbers - words == set()


def test_page_numbers_stand_between_dashes(printed: Path) -> None:
    assert re.search(r"— ?1 ?—", _told("pdftotext", str(printed), "-"))


def test_without_libreoffice_pdf_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PROGRAM", "soffice-that-is-not-there")
    with pytest.raises(UsageError, match="没有安装 LibreOffice"):
        pdf.write(b"")


def test_an_unknown_ending_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"可用的有：\.docx、\.xlsx、\.zip、\.pdf"):
        files.form(".doc")


def test_past_bulletins_are_kept_with_their_sha256(tmp_path: Path) -> None:
    places = Places(tmp_path)
    whole = past.keep(places, sample(), "全省.docx", b"one", "某人")
    city = past.keep(places, sample(NANJING), "南京.docx", b"two", "某人")
    assert past.keep(places, sample(), "全省.docx", b"one", "某人") == whole
    assert {p.sha256 for p in past.listed(places, PROVINCE)} == {whole.sha256, city.sha256}
    assert past.listed(places, Scope("city", NANJING)) == [city]
    assert past.listed(places, Scope("institution", "A")) == []
    assert past.content(places, whole, PROVINCE) == b"one"
    with pytest.raises(OutOfScope):
        past.content(places, whole, Scope("city", NANJING))
    (tmp_path / past.FOLDER / whole.file).write_bytes(b"changed")
    with pytest.raises(DamagedSnapshot, match="与生成时不一致"):
        past.content(places, whole, PROVINCE)


def test_file_names_say_what_they_are() -> None:
    made: Any = sample(NANJING)
    assert files.file_name(made, "docx") == "南京市存量专利盘活通报_2025-02-28.docx"
