"""Signing in and out in a real browser: the form, the cookie, other tabs, ended sessions, demonstration accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.__main__ import main
from dashboard.access import accounts, reception, sessions
from dashboard.access.accounts import Account
from dashboard.places import Places
from tests.browser.visit import Visit, visit
from tests.support import entry
from tests.support.server import Served, serving

VISITOR = Account("苏州局", "city", "320500")
FORM = "input[type=password]"
NOTES_THE_FORM = """
new MutationObserver(() => { if (document.querySelector('input[type=password]')) window.sawTheForm = true; })
    .observe(document, {childList: true, subtree: true});
"""


def fill(page: Page, name: str, password: str) -> None:
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def signed_in(browser: Browser, address: Served, path: str = "") -> Visit:
    """Through the form."""
    entry.known(address.places, VISITOR)
    seen = visit(browser, address, visitor=None)
    seen.page.goto(f"{address}/{path}")
    fill(seen.page, VISITOR.name, entry.PASSWORD)
    seen.settle()
    return seen


def test_the_form_leads_on_to_what_was_asked_for(browser: Browser, address: Served) -> None:
    seen = signed_in(browser, address, "cities?city=320500&scope=municipal")
    assert "cities?" in seen.page.url
    assert {"city=320500", "scope=municipal"} <= set(re.split("[?&]", seen.page.url))
    expect(seen.page.get_by_text("苏州局")).to_be_visible()
    (cookie,) = [c for c in seen.page.context.cookies() if c["name"] == "session"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)
    assert "session=" not in seen.page.evaluate("document.cookie")
    assert seen.errors == []
    assert seen.strays == []


def test_a_wrong_password_is_told_and_the_right_one_still_works(browser: Browser, address: Served) -> None:
    entry.known(address.places, VISITOR)
    seen = visit(browser, address, visitor=None)
    seen.page.goto(f"{address}/milestones")
    for name in (VISITOR.name, "没有这个人"):
        fill(seen.page, name, "wrong password 123")
        expect(seen.page.get_by_text("账号或密码不对")).to_be_visible()
        assert not seen.page.locator(".zl-head").count()
    fill(seen.page, VISITOR.name, entry.PASSWORD)
    seen.settle()


def test_before_sign_in_nothing_of_the_data_is_sent(browser: Browser, address: Served) -> None:
    seen = visit(browser, address, visitor=None)
    frames: list[bytes] = []

    def note(payload: bytes | str) -> None:
        frames.append(payload if isinstance(payload, bytes) else payload.encode())

    seen.page.on("websocket", lambda socket: socket.on("framereceived", note))
    seen.page.goto(f"{address}/institutions")
    seen.page.wait_for_selector(FORM)
    told = b"".join(frames).decode("utf-8", "ignore")
    assert "登录" in told
    assert "南京大学" not in told
    assert "盘点率" not in told


def test_reload_and_a_new_tab_never_show_the_form(browser: Browser, address: Served) -> None:
    seen = signed_in(browser, address)
    seen.page.context.add_init_script(NOTES_THE_FORM)
    seen.page.reload()
    seen.settle()
    other = Visit(seen.page.context.new_page(), address)
    other.open("events")
    assert [page.evaluate("window.sawTheForm") for page in (seen.page, other.page)] == [None, None]


def test_sign_out_ends_every_tab_and_the_copied_cookie(browser: Browser, address: Served) -> None:
    seen = signed_in(browser, address)
    other = Visit(seen.page.context.new_page(), address)
    other.open("milestones?city=320500")
    copied = seen.page.context.cookies()
    seen.page.get_by_role("button", name="退出").click()
    seen.page.wait_for_selector(FORM)
    other.page.wait_for_selector(FORM)
    assert "milestones?" in other.page.url
    thief = browser.new_context()
    thief.add_cookies([{"name": c["name"], "value": c["value"], "url": address} for c in copied])
    page = thief.new_page()
    page.goto(f"{address}/milestones")
    page.wait_for_selector(FORM)
    assert not page.locator(".zl-head").count()


@pytest.mark.parametrize("how", ["ended elsewhere", "password", "role", "disabled"])
def test_an_open_page_gives_way_to_the_form_when_its_session_ends(browser: Browser, address: Served, how: str) -> None:
    seen = signed_in(browser, address, "filings")
    store = reception.at(address.places).store
    match how:
        case "password":
            accounts.reset(store, VISITOR.name, entry.PASSWORD, "test")
        case "role":
            accounts.set_role(store, VISITOR.name, "province", None, "test")
            accounts.set_role(store, VISITOR.name, VISITOR.role, VISITOR.key, "test")
        case "disabled":
            accounts.disable(store, VISITOR.name, "test")
            accounts.enable(store, VISITOR.name, "test")
        case _:
            sessions.end_all(store, VISITOR, "test")
    seen.page.wait_for_selector(FORM)
    assert not seen.page.locator(".zl-head").count()


def test_each_role_sees_its_pages(browser: Browser, address: Served) -> None:
    for visitor, sees in ((entry.STEWARD, True), (entry.PROVINCE, False), (entry.city("320500"), False)):
        seen = visit(browser, address, visitor=visitor)
        seen.open("overview")
        links = seen.page.get_by_test_id("stSidebarNav").inner_text().split()
        assert ("账号" in links) is sees
        seen.open("accounts") if sees else seen.page.goto(f"{address}/accounts")
        if not sees:
            expect(seen.page.get_by_text("只供数据管理员使用")).to_be_visible()
        seen.page.context.close()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on demonstration data, started without any account."""
    folder = tmp_path_factory.mktemp("first")
    assert main(["--data", str(folder), "demo", "--weeks", "1", "--scale", "0.01"]) == 0
    with serving(Places(folder), visitor=None) as found:
        yield found


def test_demonstration_accounts_stand_on_the_page_and_work(browser: Browser, demonstration: Served) -> None:
    seen = visit(browser, demonstration, visitor=None)
    seen.page.goto(demonstration)
    rows = seen.page.locator("table[aria-label=演示账号] tbody tr")
    expect(rows).to_have_count(4)
    role, _, name, password = (rows.nth(2).locator("td").nth(at).inner_text() for at in range(4))
    assert role == "设区市"
    assert f"{name}  密码：{password}" in demonstration.said
    fill(seen.page, name, password)
    seen.settle()
    expect(seen.page.get_by_text(name)).to_be_visible()
