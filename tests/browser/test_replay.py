"""Another account's links, downloads and websocket, tried from a real browser: nothing comes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.access import audit, reception
from dashboard.ui import messages
from tests.browser.visit import visit
from tests.support import entry
from tests.support.server import Served

OWNER, OTHER = entry.city("320100"), entry.city("320500")
RUN = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SPEAK = """async ([protocols, said, patience]) => {
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/_stcore/stream", protocols);
    socket.binaryType = "arraybuffer";
    let heard = "";
    socket.onmessage = event => { heard += new TextDecoder("utf-8").decode(event.data); };
    await new Promise(done => { socket.onopen = done; socket.onclose = done; });
    for (const message of said) socket.send(new Uint8Array(message));
    await new Promise(done => { socket.onclose = done; setTimeout(done, patience); });
    socket.close();
    return heard;
}"""
"""Opens the app's websocket as given, says what is given, and returns all it hears for a while."""

PATIENCE = 4000


@dataclass(frozen=True)
class Loot:
    """What somebody could have copied from the owner's browser."""

    link: str
    download: str
    run: str
    file: str
    names: Sequence[str]


@pytest.fixture(scope="module")
def loot(browser: Browser, address: Served) -> Loot:
    """The owner's session at work: a link to an institution, a download, the run's identifier, a file on offer."""
    seen = visit(browser, address, visitor=OWNER)
    frames: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()))

    seen.page.on("websocket", listen)
    seen.open("institutions")
    names = seen.page.locator(".zl-table td a").all_inner_texts()
    seen.page.locator(".zl-table td a").first.click()
    seen.settle()
    link = seen.page.url.removeprefix(f"{address}/")
    downloads: list[str] = []
    seen.page.on("request", lambda request: downloads.append(request.url) if "/media/" in request.url else None)
    seen.page.get_by_text("导出", exact=True).last.click()
    with seen.page.expect_download():
        seen.page.get_by_role("button", name="CSV 表格").last.click()
    run = next(found[0] for frame in frames if (found := RUN.search(frame)))
    files = [found for frame in frames for found in messages.OFFERS.findall(frame)]
    return Loot(link, downloads[-1], run.decode(), files[-1].decode(), names)


def asks_for(file: str) -> list[int]:
    message = BackMsg()
    message.backend_operation_request.request_id = "1"
    message.backend_operation_request.deferred_file.file_id = file
    return list(message.SerializeToString())


def rerun(query: str) -> list[int]:
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = "institutions"
    return list(message.SerializeToString())


def other(browser: Browser, address: Served, is_signed_in: bool) -> Page:
    seen = visit(browser, address, visitor=OTHER if is_signed_in else None)
    seen.page.goto(f"{address}/milestones")
    seen.page.wait_for_selector(".zl-head h1" if is_signed_in else "input[type=password]")
    return seen.page


def test_the_owner_gets_it(browser: Browser, address: Served, loot: Loot) -> None:
    """Else the rest would prove nothing."""
    assert loot.names
    assert "institution=" in loot.link
    seen = visit(browser, address, visitor=OWNER)
    seen.open(loot.link)
    assert loot.names[0] in seen.text()


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["other account", "nobody"])
def test_a_download_is_refused(browser: Browser, address: Served, loot: Loot, is_signed_in: bool) -> None:
    page = other(browser, address, is_signed_in)
    for link in (loot.download, loot.download.replace("/media/", "/media/../media/"), loot.download + "?x=1"):
        assert page.request.get(link).status == 403
    if is_signed_in:
        line = audit.newest(reception.at(address.places).store, 1)[0]
        assert (line.action, line.actor, line.subject) == ("refused", OTHER.name, "download")


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["other account", "nobody"])
def test_a_link_shows_nothing_of_the_owners(browser: Browser, address: Served, loot: Loot, is_signed_in: bool) -> None:
    page = other(browser, address, is_signed_in)
    page.goto(f"{address}/{loot.link}")
    page.wait_for_selector(".zl-state, .zl-scroll" if is_signed_in else "input[type=password]")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    told = page.locator("body").inner_text()
    assert not [name for name in loot.names if name in told]


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["other account", "nobody"])
def test_the_websocket_goes_on_with_nothing_and_makes_no_file(
    browser: Browser, address: Served, loot: Loot, is_signed_in: bool
) -> None:
    page = other(browser, address, is_signed_in)
    protocols = ["streamlit", "token", loot.run]
    said = [asks_for(loot.file), rerun(loot.link.partition("?")[2]), asks_for(loot.file)]
    heard = page.evaluate(SPEAK, [protocols, said, PATIENCE])
    assert heard
    assert loot.run not in heard
    assert loot.download.rpartition("/")[2] not in heard
    assert ".csv" not in heard
    assert not [name for name in loot.names if name in heard]


def test_other_sites_get_no_websocket(browser: Browser, address: Served, loot: Loot) -> None:
    """A page elsewhere, in the browser of somebody who is signed in."""
    seen = visit(browser, address, visitor=OWNER)
    seen.page.route(
        "http://elsewhere.test/**", lambda route: route.fulfill(body="<p>elsewhere", content_type="text/html")
    )
    seen.page.goto("http://elsewhere.test/")
    speak = SPEAK.replace('location.origin.replace("http", "ws")', f'"{address.replace("http", "ws")}"')
    assert seen.page.evaluate(speak, [["streamlit"], [rerun("")], PATIENCE]) == ""
