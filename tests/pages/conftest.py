"""Data folders that the pages are opened on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from dashboard.places import Places
from dashboard.ui import account
from tests.support import app, entry


@pytest.fixture(autouse=True)
def door(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the door hands on of a browser's session comes from `open_page`; everything behind it is real."""
    monkeypatch.setattr(account, "identifier", app.identifier)
    monkeypatch.setattr(account, "address", lambda: entry.HERE)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every 导出 and 口径 as if it had been clicked open: what stands in them is made only then."""
    plain = st.popover

    def open_popover(*arguments: Any, **options: Any) -> Any:
        if options.get("on_change") == "rerun":
            st.session_state[options["key"]] = True
        return plain(*arguments, **options)

    monkeypatch.setattr(st, "popover", open_popover)


@pytest.fixture(scope="session")
def samples_folder(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return app.sample_places(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def bare_folder(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return app.bare_places(tmp_path_factory.mktemp("bare"))


@pytest.fixture
def on_samples(samples_folder: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("DASHBOARD_DATA", str(samples_folder.data))
    return samples_folder


@pytest.fixture
def on_bare(bare_folder: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("DASHBOARD_DATA", str(bare_folder.data))
    return bare_folder


@pytest.fixture
def on_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    return tmp_path
