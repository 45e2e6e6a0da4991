"""Bulletins as files: what LibreOffice makes of them, the register of past ones, and the command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dashboard import wording
from dashboard.errors import DamagedSnapshot, OutOfScope, UsageError
from dashboard.exports.bulletin import files, past, pdf
from dashboard.places import Places
from dashboard.scope import PROVINCE, Scope
from tests.exports.bulletin_source import PLACES, sample

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
