"""A bulletin is made, downloaded and listed on its page, in every form, in a real browser."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from dashboard.places import Places
from tests.browser.visit import visit
from tests.support import entry
from tests.support.server import Served, serving

FORMS = {"Word 文档": "docx", "XLSX 附表": "xlsx", "图表包": "zip", "PDF": "pdf"}
STARTS = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "zip": b"PK\x03\x04", "pdf": b"%PDF-"}


@pytest.fixture(scope="module")
def office(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The address of a server on a copy of the demonstration, where bulletins may be left."""
    copy = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(places.data, copy, ignore=shutil.ignore_patterns("accounts", "demo", "logs", "bulletins"))
    with serving(Places(copy)) as found:
        yield found


@pytest.mark.parametrize("form", FORMS)
def test_a_bulletin_is_made_downloaded_and_listed(browser: Browser, office: Served, form: str) -> None:
    if form == "PDF" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is missing: the page offers no PDF")
    seen = visit(browser, office, visitor=entry.city("320500"))
    seen.open("bulletin")
    seen.page.get_by_role("radio", name=form).click()
    seen.settle()
    seen.page.get_by_role("button", name="生成", exact=True).click()
    expect(seen.page.get_by_text("已生成 ").first).to_be_visible(timeout=60_000)
    seen.settle()
    with seen.page.expect_download() as waiting:
        seen.page.get_by_test_id("stDownloadButton").locator("button:visible").first.click()
    file = waiting.value
    ending = FORMS[form]
    assert file.suggested_filename.endswith(f".{ending}")
    assert "演示数据" in file.suggested_filename
    content = file.path().read_bytes()
    assert content.startswith(STARTS[ending])
    seen.open("bulletin")
    assert hashlib.sha256(content).hexdigest()[:16] in seen.text()
    assert seen.errors == []
    assert seen.strays == []
