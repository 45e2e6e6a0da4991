"""A real browser on a real server. `DASHBOARD_BROWSER_DATA` names a data folder to look at instead of a small demo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.__main__ import main
from dashboard.places import Places
from tests.support.server import Served, serving

WEEKS, SCALE = "3", "0.05"


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Three weeks of a small demonstration, or the folder named by the environment."""
    if given := os.environ.get("DASHBOARD_BROWSER_DATA"):
        return Places(Path(given))
    folder = tmp_path_factory.mktemp("demonstration")
    assert main(["--data", str(folder), "demo", "--weeks", WEEKS, "--scale", SCALE]) == 0
    return Places(folder)


@pytest.fixture(scope="session")
def address(places: Places) -> Iterator[Served]:
    with serving(places) as found:
        yield found


@pytest.fixture(autouse=True)
def closed_afterwards(browser: Browser) -> Iterator[None]:
    """No page stays open behind a test: each would go on drawing and asking."""
    yield
    for context in browser.contexts:
        context.close()
