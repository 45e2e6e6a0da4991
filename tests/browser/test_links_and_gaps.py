"""In a real browser: copied links of every page, and every page on a snapshot that lacks every optional table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from dashboard.__main__ import main
from dashboard.places import Places
from tests.browser.visit import Visit, visit
from tests.support import exports
from tests.support.app import NAMES
from tests.support.server import Served, serving

FILTERED = {
    "overview": "scope=municipal&measure=listing_rate",
    "milestones": "city=320500",
    "cities": "scope=provincial&city=320300&year=2023&part=newly_approved",
    "institutions": "scope=municipal&city=320100",
    "evaluation": "city=320500",
    "events": "city=320100&year=2023",
    "filings": "city=320500&year=2023",
    "library": "city=320500&stars=4-5&stage=listed&sort=title&direction=asc",
    "increment": "city=320100",
    "bulletin": "bulletin=320500&order=official",
    "quality": "section=metrics",
}
"""By page: filters that are not the defaults."""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The address of a server on one snapshot with 单位名录 and 专利盘点 alone."""
    places = Places(tmp_path_factory.mktemp("bare"))
    folder = exports.write(places.data / "exports", approved=4)
    assert main(["--data", str(places.data), "import", str(folder), "--date", "2024-04-26"]) == 0
    with serving(places) as found:
        yield found


@pytest.mark.parametrize("name", NAMES)
def test_a_copied_link_shows_the_same_view_of_any_page(browser: Browser, address: Served, name: str) -> None:
    first = visit(browser, address)
    first.open(f"{name}?{FILTERED[name]}")
    second = visit(browser, address)
    second.open(first.page.url.removeprefix(f"{address}/"))
    assert second.page.url == first.page.url
    assert all(pair in first.page.url for pair in FILTERED[name].split("&"))
    assert second.text() == first.text()
    plain = visit(browser, address)
    plain.open(name)
    assert plain.text() != first.text()


@pytest.mark.parametrize("name", NAMES)
def test_without_any_optional_table_a_page_says_so(browser: Browser, bare: Served, name: str) -> None:
    seen: Visit = visit(browser, bare)
    seen.open(name)
    assert seen.errors == []
    assert "页面出错" not in seen.text()
    if name in ("evaluation", "events", "filings"):
        assert "本快照没有" in seen.text()
        assert "不等于零" in seen.text()
