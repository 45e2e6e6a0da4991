"""Each page in a real browser, at an office screen and on a projector."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from dashboard.ui.sitemap import PAGES
from tests.browser import likeness
from tests.browser.visit import HERE, IS_SMALL, OFFICE, PROJECTOR, visit
from tests.support import entry
from tests.support.server import Served

LATIN = re.compile(r"[A-Za-z]{3,}")
ALLOWED = {"csv", "xlsx", "tsv", "txt", "sha", "CSV", "XLSX", "SQL", "PDF", "Word", "data", "policy"}
"""Kinds of files, and names, that have no Chinese word."""

CHANGING = {"accounts", "me"}
"""Pages of what tests did before: their accounts, sessions and times."""


@pytest.mark.parametrize("size", [OFFICE, PROJECTOR], ids=["office", "projector"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_drawn_whole(browser: Browser, address: Served, page: object, size: tuple[int, int]) -> None:
    site = next(p for p in PAGES if p is page)
    seen = visit(browser, address, size, entry.STEWARD)
    seen.open(site.name)
    picture = seen.keep(site.name)
    expect(seen.page).to_have_title(re.compile(site.title))
    assert site.answers in seen.text()
    assert seen.errors == []
    assert seen.strays == []
    width = seen.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth")
    assert width <= 0
    assert set(LATIN.findall(seen.text())) - ALLOWED == set()
    if IS_SMALL and site.name not in CHANGING:
        likeness.check(picture, HERE / "references" / picture.name)


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_listed], ids=lambda page: page.name)
def test_the_navigation_leads_to_every_page(browser: Browser, address: Served, page: object) -> None:
    site = next(p for p in PAGES if p is page)
    seen = visit(browser, address, visitor=entry.STEWARD)
    seen.open("")
    seen.page.get_by_test_id("stSidebar").get_by_text(site.title, exact=True).click()
    expect(seen.page.locator(".zl-head h1")).to_have_text(site.title)
    seen.settle()
    assert seen.errors == []


def test_a_copied_link_shows_the_same_view(browser: Browser, address: Served) -> None:
    first = visit(browser, address)
    first.open("cities")
    first.page.get_by_text("市属", exact=True).click()
    expect(first.page.get_by_text("各市盘点率排名（市属）")).to_be_visible()
    first.settle()
    link = first.page.url.removeprefix(f"{address}/")
    assert "scope=municipal" in link
    assert "snapshot=" in link

    second = visit(browser, address)
    second.open(link)
    expect(second.page.get_by_text("各市盘点率排名（市属）")).to_be_visible()
    assert _table(second.page) == _table(first.page)


def test_what_pages_share_follows_to_the_next_page(browser: Browser, address: Served) -> None:
    seen = visit(browser, address)
    seen.open("cities?scope=municipal&city=320500")
    seen.page.get_by_test_id("stSidebar").get_by_text("里程碑", exact=True).click()
    expect(seen.page.locator(".zl-head h1")).to_have_text("里程碑")
    seen.settle()
    assert "city=320500" in seen.page.url


def test_an_attention_item_leads_to_the_institution(browser: Browser, address: Served) -> None:
    seen = visit(browser, address)
    seen.open("")
    item = seen.page.get_by_test_id("stPageLink").first
    who = item.inner_text().split("　")[1]
    item.click()
    expect(seen.page.locator(".zl-head h1")).to_have_text(re.compile("高校院所|地市排名"))
    seen.settle()
    assert who in seen.text()
    assert re.search(r"[?&](institution|city)=", seen.page.url)


def test_the_schematic_map_is_drawn_and_says_so(browser: Browser, address: Served) -> None:
    seen = visit(browser, address)
    seen.open("?map=map")
    seen.page.wait_for_selector(".echarts-container canvas")
    assert "示意图，无审图号，不得公开使用" in seen.text()
    seen.keep("overview-map")
    assert seen.errors == []
    assert seen.strays == []


def test_a_table_can_be_downloaded(browser: Browser, address: Served) -> None:
    seen = visit(browser, address)
    seen.open("quality")
    seen.page.get_by_text("导出", exact=True).first.click()
    with seen.page.expect_download() as waiting:
        seen.page.get_by_text("CSV 表格", exact=True).click()
    name, body = waiting.value.suggested_filename, waiting.value.path().read_bytes()
    assert re.fullmatch(r"导入文件_\d{4}-\d{2}-\d{2}_演示数据\.csv", name)
    assert body.startswith("\ufeff数据表,文件,读取,采用,退回,跳过,提示\r\n".encode())


def test_a_definition_is_one_click_away(browser: Browser, address: Served) -> None:
    seen = visit(browser, address)
    seen.open("")
    seen.page.get_by_text("口径", exact=True).first.click()
    expect(seen.page.get_by_text("定义", exact=True).first).to_be_visible()
    seen.page.get_by_text("计算语句（SQL）").first.click()
    expect(seen.page.locator(".zl-sql").first).to_contain_text("select * from final")
    seen.keep("overview-definition")


def _table(page: object) -> list[str]:
    from playwright.sync_api import Page

    assert isinstance(page, Page)
    return page.locator(".zl-table").first.locator("td").all_inner_texts()
