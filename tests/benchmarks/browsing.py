"""What a visitor waits for in a browser: from the address to the last thing drawn, and from a click to the last change.

Both kinds of pages are watched the same way, from inside: a page is there when the script has run, nothing has been
drawn, changed or received for a while, and the browser has put it on the screen. The time is that of the last of it.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.benchmarks.servers import Server
from tests.benchmarks.walks import Walk

QUIET = 600
"""Milliseconds without anything happening after which a page is taken to be there."""

CHANGES = 3
"""Filter changes of each page that are timed."""

PATIENCE = 300_000

CHOICES = '[data-testid="stButtonGroup"], [data-testid="stRadio"]'
"""Where the options of a filter stand side by side, in our pages and in the plain ones."""

WATCH = """
window.last = 0; window.clicked = 0;
let due = false;
const note = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => requestAnimationFrame(() => { due = false; window.last = performance.now(); }));
};
new MutationObserver(note).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
new PerformanceObserver(list => list.getEntries().forEach(task => {
    window.last = Math.max(window.last, task.startTime + task.duration);
})).observe({type: 'longtask', buffered: true});
for (const name of ['clearRect', 'fillText', 'stroke']) {
    const own = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) { note(); return own.apply(this, given); };
}
const Own = window.WebSocket;
window.WebSocket = class extends Own {
    constructor(...given) { super(...given); this.addEventListener('message', note); }
};
addEventListener('pointerdown', () => { window.clicked = performance.now(); }, true);
"""

THERE = f"""() => {{
    const app = document.querySelector('[data-testid="stApp"]');
    return app && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"]')
        && document.querySelector('[data-testid="stMainBlockContainer"] h1')
        && [...document.querySelectorAll('[data-testid="stEChartsChart"], [data-testid="stPlotlyChart"]')]
            .every(chart => chart.querySelector('canvas, svg'))
        && window.last > window.clicked && performance.now() - window.last > {QUIET};
}}"""


@dataclass(frozen=True)
class Seen:
    """Of one page, medians: seconds of the first load ever, with an empty cache, of a later one, of a changed filter.

    requests, received: of a load with an empty cache; bytes as transferred, those of the websocket as unpacked.
    again: bytes of a load with the files in the browser's cache.
    """

    page: str
    cold: float
    warm: float
    change: float
    requests: int
    received: int
    again: int


@dataclass
class _Traffic:
    requests: int = 0
    received: int = 0


def measure(server: Server, walk: Walk, cookie: str = "", rounds: int = 3) -> Seen:
    """What a page takes in a browser. It is opened once before, so that the server is warm."""
    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        with _visitor(browser, server, cookie) as context:
            _open(context.new_page(), server, walk)
        found = _seen(browser, server, cookie, walk, rounds)
        browser.close()
    return found


def _seen(browser: Browser, server: Server, cookie: str, walk: Walk, rounds: int) -> Seen:
    cold: list[float] = []
    warm: list[float] = []
    changes: list[float] = []
    for _ in range(rounds):
        with _visitor(browser, server, cookie) as context:
            page = context.new_page()
            first = _traffic(context, page)
            cold.append(_open(page, server, walk))
            page.close()
            page = context.new_page()
            second = _traffic(context, page)
            warm.append(_open(page, server, walk))
            changes += [_change(page, walk.label, option) for option in walk.options[:CHANGES]]
    seconds = (statistics.median(times) / 1000 for times in (cold, warm, changes))
    return Seen(walk.page, next(seconds), next(seconds), next(seconds), first.requests, first.received, second.received)


@contextmanager
def _visitor(browser: Browser, server: Server, cookie: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": server.address}])
    yield context
    context.close()


def _open(page: Page, server: Server, walk: Walk) -> float:
    """Milliseconds from the navigation to the last thing drawn."""
    page.goto(f"{server.address}/{walk.page}")
    page.wait_for_function(THERE)
    return float(page.evaluate("window.last"))


def _change(page: Page, label: str, option: str) -> float:
    """Milliseconds from the click on an option to the last change."""
    box = page.get_by_role("combobox", name=label)
    if box.count():
        box.click()
        page.get_by_role("option", name=option, exact=True).click()
    else:
        page.locator(CHOICES).get_by_text(option, exact=True).filter(visible=True).first.click()
    page.wait_for_function(THERE)
    return float(page.evaluate("window.last - window.clicked"))


def _traffic(context: BrowserContext, page: Page) -> _Traffic:
    """Counts what a page asks for and gets from now on."""
    found = _Traffic()
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def asked(_: object) -> None:
        found.requests += 1

    def finished(event: dict[str, float]) -> None:
        found.received += int(event["encodedDataLength"])

    def framed(event: dict[str, dict[str, str]]) -> None:
        found.received += len(event["response"]["payloadData"]) * 3 // 4

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", framed)
    return found
