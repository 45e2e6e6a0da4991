"""A visit to the app in a real browser: waits for conditions, and remembers what should not happen."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from dashboard.access.accounts import Account
from dashboard.access.web import cookie_name
from tests.support import entry
from tests.support.server import Served

OFFICE, PROJECTOR = (1366, 768), (1920, 1080)
HERE = Path(__file__).parent
IS_SMALL = "DASHBOARD_BROWSER_DATA" not in os.environ
"""Whether the small demonstration is shown, which is the same each time, or a folder that somebody named."""

PICTURES = HERE / ("artefacts" if IS_SMALL else "screenshots")
"""Where pictures are kept: those of the README, where a data folder was named, else aside."""

PATIENCE = 50
"""Pictures taken of a page that does not come to rest."""

PROBES = re.compile(r"/_stcore/(health|host-config)$")
"""On a page's own address Streamlit first asks below it for the server, which answers 404, then at the root."""

FRAMEWORK = re.compile(r"Skip to main content|expand_more|chevron_\w+|search|keyboard_\w+|visibility\w*")


@dataclass
class Visit:
    """A page of the browser, with the errors of its console and the requests that left the server."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open an address of the app and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and every chart has its picture."""
        self.page.wait_for_selector(".zl-head h1")
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        self.page.wait_for_function("() => !document.querySelector('[data-testid=\"stSkeleton\"]')")
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('[data-testid="stEChartsChart"], [data-testid="stPlotlyChart"]')]
                .every(chart => chart.querySelector('canvas, svg'))"""
        )

    def keep(self, name: str) -> Path:
        """Keep a picture of the first screen when it has come to rest: aside, or for the README (see `PICTURES`)."""
        PICTURES.mkdir(exist_ok=True)
        size = self.page.viewport_size
        assert size
        path = PICTURES / f"{name}-{size['width']}.png"
        before, now = b"", self.page.screenshot()
        for _ in range(PATIENCE):
            if now == before:
                break
            before, now = now, self.page.screenshot()
        path.write_bytes(now)
        return path

    def text(self) -> str:
        """What stands on the page; without the names of icons and the framework's link for screen readers."""
        return FRAMEWORK.sub("", self.page.locator('[data-testid="stApp"]').inner_text())


def visit(
    browser: Browser, address: Served, size: tuple[int, int] = OFFICE, visitor: Account | None = entry.PROVINCE
) -> Visit:
    """A new browser, signed in as `visitor` if one is given."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN", accept_downloads=True)
    context.set_default_timeout(60_000)
    if visitor:
        identifier = entry.session(address.places, visitor)
        context.add_cookies([{"name": cookie_name(False), "value": identifier, "url": address}])
    found = Visit(context.new_page(), address)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBES.search(message.location["url"]):
            found.errors.append(message.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            found.strays.append(request.url)

    found.page.on("console", on_console)
    found.page.on("pageerror", lambda error: found.errors.append(str(error)))
    found.page.on("request", on_request)
    return found
