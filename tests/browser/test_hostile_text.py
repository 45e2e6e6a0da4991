"""Markup, statements and paths in names, cells, file names and the address: they appear as text, and do nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from dashboard.__main__ import main
from dashboard.places import Places
from tests.browser.visit import Visit, visit
from tests.support import entry, samples
from tests.support.app import NAMES
from tests.support.server import Served, serving

MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
NAME = f"甲大学{MARKUP}'); drop table patents; --"
PATH = "../../../../etc/passwd"
HOSTILE = (MARKUP, "' or 1=1; drop table patents; --", PATH, "{{7*7}}${7*7}", "javascript:window.hacked=1", "\u202e%00")
PARAMETERS = ("snapshot", "scope", "city", "year", "search", "words", "institution", "patent", "section", "bulletin",
              "group", "status", "sort", "stage", "part", "measure", "list", "count", "order", "map", "at")  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on the samples with hostile names of institutions, patents, enterprises, events, recipients, files."""
    data = tmp_path_factory.mktemp("hostile")
    folder = data / f"exports {MARKUP[:20].replace('/', '')}"
    shutil.copytree(samples.SAMPLES / "exports", folder)
    for file, old, new in (
        ("单位名录.csv", "南京大学", NAME),
        ("专利盘点.csv", "一种装置0007.0", MARKUP),
        ("企业名录.csv", "企业E1", MARKUP),
        ("对接活动.csv", "活动H0", MARKUP),
        ("转让许可.csv", "南京某材料有限公司", MARKUP),
        ("企业评价.csv", "提高良率", MARKUP),
    ):
        path = folder / file
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        quoted = '"' + new.replace('"', '""') + '"'
        path.write_text(text.replace(f",{old},", f",{quoted},"), encoding="utf-8")
    (folder / "专利盘点.csv").rename(folder / "专利盘点_<img src=x onerror=window.hacked=1>.csv")
    for day in (samples.FIRST, samples.SECOND):
        assert main(["--data", str(data), "import", str(folder), "--date", day, "--accept-rejects"]) == 0
    with serving(Places(data)) as found:
        yield found


def unharmed(seen: Visit) -> None:
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator("img[src=x]").count() == 0
    assert seen.strays == []
    assert "root:" not in seen.page.locator("body").inner_text()


@pytest.mark.parametrize("name", NAMES)
def test_names_and_cells_appear_as_text(browser: Browser, hostile: Served, name: str) -> None:
    seen = visit(browser, hostile, visitor=entry.STEWARD)
    for query in ("", "institution=4132010284&stage=all&list=unregistered", "patent=ZL201910200007.0&section=rows"):
        seen.open(f"{name}?{query}")
        unharmed(seen)
    if name == "institutions":
        assert NAME in seen.text()


@pytest.mark.parametrize("shift", [0, 3])
def test_the_address_does_nothing_but_choose(browser: Browser, hostile: Served, shift: int) -> None:
    seen = visit(browser, hostile, visitor=entry.STEWARD)
    texts = [HOSTILE[(at + shift) % len(HOSTILE)] for at in range(len(PARAMETERS))]
    query = "&".join(f"{name}={quote(text)}" for name, text in zip(PARAMETERS, texts, strict=True))
    for name in (*NAMES, "accounts", "me"):
        seen.open(f"{name}?{query}")
        unharmed(seen)
        assert "页面出错" not in seen.text()


@pytest.mark.parametrize("path", ["../../etc/passwd", "static/../../../etc/passwd", "media/..%2f..%2fetc%2fpasswd"])
def test_paths_lead_nowhere(browser: Browser, hostile: Served, path: str) -> None:
    seen = visit(browser, hostile, visitor=entry.STEWARD)
    answer = seen.page.request.get(f"{hostile}/{path}")
    assert b"root:" not in answer.body()
