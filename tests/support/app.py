"""The app run without a browser on a data folder, and what stands on its pages."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.access.accounts import Account
from dashboard.places import REPOSITORY, Places
from dashboard.snapshots import importer
from dashboard.snapshots.importer import Order
from dashboard.ui.sitemap import PAGES
from tests.support import entry, samples

NAMES = tuple(page.name for page in PAGES if page.name not in ("accounts", "me"))
"""The pages that look at a snapshot."""


def sample_places(folder: Path) -> Places:
    """A data folder with the sample imported for both of its dates."""
    places = Places(folder)
    for day in (samples.FIRST, samples.SECOND):
        importer.import_folder(places, Order(samples.SAMPLES / "exports", dt.date.fromisoformat(day)))
    return places


def bare_places(folder: Path, is_demo: bool = False) -> Places:
    """A data folder with one snapshot that lacks every optional table."""
    export = folder / "export"
    export.mkdir(parents=True)
    for name in ("单位名录.csv", "专利盘点.csv"):
        (export / name).write_bytes((samples.SAMPLES / "exports" / name).read_bytes())
    places = Places(folder / "data")
    importer.import_folder(places, Order(export, dt.date.fromisoformat(samples.FIRST), is_demo=is_demo))
    return places


_shown: dict[Places, str] = {}


def identifier() -> str | None:
    """Stands for what the door hands on: the session that `open_page` opened on the data folder in force."""
    return _shown.get(Places.at())


def open_page(name: str, visitor: Account = entry.PROVINCE, /, **parameters: str) -> AppTest:
    """A page as `visitor` sees it on the data folder of `DASHBOARD_DATA`, with these parameters in its address."""
    st.cache_resource.clear()
    _shown[Places.at()] = entry.session(Places.at(), visitor)
    app = AppTest.from_file(str(REPOSITORY / "dashboard/app.py"), default_timeout=60)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.switch_page(f"../pages/{name}.py")
    return app.run()


def text(app: AppTest) -> str:
    """What stands on the page as text, without markup."""
    bodies = [element.proto.body for element in app.get("html")]
    links = [element.proto.label for element in app.get("page_link")]
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", "\n".join(bodies + links), flags=re.DOTALL)


def figures(app: AppTest) -> list[str]:
    """The headline figures' bodies as text, without white space, in order."""
    bodies = "".join(element.proto.body for element in app.get("html") if 'class="zl-card"' in element.proto.body)
    cards = [card.partition('<div class="zl-figure">')[2] for card in bodies.split('<div class="zl-card">')[1:]]
    return [re.sub(r"<[^>]+>|\s", "", card) for card in cards]


def charts(app: AppTest) -> list[dict[str, Any]]:
    """The ECharts options on the page."""
    return [json.loads(element.proto.spec) for element in app.get("echarts_chart")]
