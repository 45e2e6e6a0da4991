"""The whole walk of a reader with no patience: every page, filter and kind of export, at three sizes, for two roles.

The network is cut but for the app's own port (`visit` notes whatever tries to leave). `test_pages` keeps the pictures.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard import wording
from dashboard.ui.sitemap import PAGES
from tests.browser.visit import OFFICE, PROJECTOR, Visit, visit
from tests.support import entry
from tests.support.app import NAMES
from tests.support.server import Served

SMALL = (1280, 720)
ALL = tuple(page.name for page in PAGES)
FRAMEWORK_RULES = {"list", "listitem"}
"""Streamlit's own navigation puts its groups into a list as they are; nothing else of the frame breaks a rule."""

CLIPPED = """() => [...document.querySelectorAll('[class^="zl-"], [class*=" zl-"]')]
    .filter(e => e.offsetParent && !e.closest('.zl-scroll, .zl-sql, details') && !e.querySelector('[class^="zl-"]'))
    .filter(e => e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline' && e.clientWidth > 0)
    .map(e => e.className + ': ' + e.innerText.slice(0, 40))"""
OVERLAPPING = """() => {
    const scroller = e => {
        for (let at = e.parentElement; at; at = at.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(at).overflowY)) return at;
    };
    const boxes = [...document.querySelectorAll('[data-testid="stMain"] .zl-title, [data-testid="stMain"] .zl-says, ' +
        '[data-testid="stMain"] .zl-value, [data-testid="stMain"] .zl-label, [data-testid="stMain"] .zl-scroll, ' +
        '[data-testid="stMain"] [data-testid="stEChartsChart"], [data-testid="stMain"] .zl-head h1')]
        .filter(e => e.offsetParent).map(e => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width && b.height);
    const found = [];
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
        const [a, p] = boxes[i], [b, q] = boxes[j];
        if (a.contains(b) || b.contains(a) || scroller(a) !== scroller(b)) continue;
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (wide > 3 && high > 3) found.push(a.className + ' / ' + b.className + ': ' + b.innerText.slice(0, 30));
    }
    return found;
}"""
COLOURED = """() => {
    const hex = colour => '#' + colour.match(/\\d+/g).slice(0, 3).map(n => (+n).toString(16).padStart(2, '0')).join('');
    return {
        signs: [...document.querySelectorAll('.zl-sign')].map(e =>
            [hex(getComputedStyle(e).color), e.innerText.trim()]),
        tinted: [...document.querySelectorAll('td[style*="background"]')].map(e =>
            [hex(getComputedStyle(e).backgroundColor), e.innerText.trim()]),
    };
}"""


def sound(seen: Visit) -> None:
    """Nothing failed, left the machine, is cut off, or lies over something else."""
    assert seen.errors == []
    assert seen.strays == []
    assert "页面出错" not in seen.text()
    assert seen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    assert seen.page.evaluate(CLIPPED) == []
    assert seen.page.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("size", [SMALL, OFFICE, PROJECTOR], ids=["small", "office", "projector"])
@pytest.mark.parametrize("name", ALL)
def test_every_page_is_sound_at_every_size(browser: Browser, address: Served, name: str, size: tuple[int, int]) -> None:
    seen = visit(browser, address, size, entry.STEWARD)
    seen.open(name)
    sound(seen)
    seen.page.context.close()


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_read_by_readers_of_the_screen(browser: Browser, address: Served, name: str) -> None:
    """axe-core: every element of ours has a name, and text a contrast of AA."""
    seen = visit(browser, address, visitor=entry.STEWARD)
    seen.open(name)
    found = Axe().run(seen.page, options={"resultTypes": ["violations"]}).response["violations"]
    said = [
        f"{rule['id']}: {node['target']} {node['html'][:160]}"
        for rule in found if rule["id"] not in FRAMEWORK_RULES for node in rule["nodes"]
    ]  # fmt: skip
    assert said == []
    seen.page.context.close()


@pytest.mark.parametrize("visitor", [entry.PROVINCE, entry.city("320500")], ids=["province", "city"])
@pytest.mark.parametrize("name", NAMES)
def test_every_filter_redraws_its_page(browser: Browser, address: Served, name: str, visitor: object) -> None:
    seen = visit(browser, address, visitor=visitor)  # type: ignore[arg-type]
    seen.open(name)
    for at in range(seen.page.get_by_test_id("stSelectbox").count()):
        box = seen.page.get_by_test_id("stSelectbox").nth(at)
        if not box.is_visible():
            continue
        box.locator("input").click()
        options = seen.page.get_by_role("option")
        if options.count() < 2:
            seen.page.keyboard.press("Escape")
            continue
        options.last.click()
        seen.settle()
        sound(seen)
    for at in range(seen.page.get_by_test_id("stButtonGroup").count()):
        group = seen.page.get_by_test_id("stButtonGroup").nth(at)
        if group.is_visible() and group.get_by_role("radio").count() > 1:
            group.get_by_role("radio").last.click()
            seen.settle()
            sound(seen)
    seen.page.context.close()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "bulletin"])
def test_every_kind_of_export_comes(browser: Browser, address: Served, name: str) -> None:
    seen = visit(browser, address)
    seen.open(name)
    seen.page.get_by_text("导出", exact=True).last.scroll_into_view_if_needed()
    seen.page.get_by_text("导出", exact=True).last.click()
    buttons = seen.page.get_by_test_id("stDownloadButton").locator("button:visible")
    expect(buttons.first).to_be_visible()
    signs = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "png": b"\x89PNG", "svg": b"<svg"}
    for at in range(buttons.count()):
        with seen.page.expect_download() as waiting:
            buttons.nth(at).click()
        file = waiting.value
        ending = file.suggested_filename.rpartition(".")[2]
        assert signs[ending] in file.path().read_bytes()[:200]
        assert "演示数据" in file.suggested_filename
    sound(seen)
    seen.page.context.close()


def test_back_reload_and_a_second_tab_show_what_was_shown(browser: Browser, address: Served) -> None:
    seen = visit(browser, address)
    seen.open("cities?city=320500&scope=municipal")
    before = seen.text().split()
    seen.page.get_by_test_id("stSidebar").get_by_text("里程碑", exact=True).click()
    expect(seen.page.locator(".zl-head h1")).to_have_text("里程碑")
    seen.settle()
    seen.page.go_back()
    expect(seen.page.locator(".zl-head h1")).to_have_text("地市排名")
    seen.settle()
    assert seen.text().split() == before
    seen.page.reload()
    seen.settle()
    assert seen.text().split() == before
    other = Visit(seen.page.context.new_page(), address)
    other.open(seen.page.url.removeprefix(f"{address}/"))
    assert other.text().split() == before


def test_two_roles_side_by_side_see_their_own(browser: Browser, address: Served) -> None:
    province, city = visit(browser, address), visit(browser, address, visitor=entry.city("320500"))
    for seen in (province, city):
        seen.open("institutions")
    assert _first_number(province.page) > _first_number(city.page) > 0
    for seen in (province, city):
        seen.open("cities")
    assert "苏州市" in city.text()
    assert "南京市" in city.text()
    sound(province)
    sound(city)


@pytest.mark.parametrize("name", ["overview", "milestones", "cities", "institutions", "evaluation"])
def test_a_page_says_the_same_in_grey(browser: Browser, address: Served, name: str) -> None:
    """No status by colour alone: each colour, of a sign or behind a cell, stands with the symbol of its status.

    Contrast is the same in grey as in colour (axe-core, above); of charts see `../charts`.
    """
    seen = visit(browser, address)
    seen.open(name)
    found = seen.page.evaluate(COLOURED)
    symbols = {status.colour: status.symbol for status in wording.STATUSES.values()}
    tints = {status.tint: status.symbol for status in wording.STATUSES.values()}
    assert found["signs"] or found["tinted"]
    assert [(colour, text) for colour, text in found["signs"] if symbols[colour.upper()] != text] == []
    assert [(tint, text) for tint, text in found["tinted"] if not text.startswith(tints[tint.upper()])] == []


def _first_number(page: Page) -> int:
    """How many institutions the league table has."""
    found = re.search(r"（(\d+) 家", page.locator("body").inner_text())
    assert found
    return int(found[1])
