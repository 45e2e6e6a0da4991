"""The app wears the colours and manners it was told to."""

from __future__ import annotations

import tomllib

from dashboard import wording
from dashboard.places import REPOSITORY

STYLE = (REPOSITORY / "dashboard/ui/page.css").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((REPOSITORY / "dashboard/.streamlit/config.toml").read_text(encoding="utf-8"))


def test_the_theme_has_the_colours_of_charts_and_exports() -> None:
    theme = SETTINGS["theme"]
    assert theme["primaryColor"] == theme["linkColor"] == wording.ACCENT
    assert theme["textColor"] == wording.INK
    assert theme["borderColor"] == wording.RULE
    assert theme["redColor"] == wording.STATUSES["missed"].colour


def test_the_bar_behind_a_rate_has_its_colour() -> None:
    assert f"linear-gradient(to right, {wording.PALE} var(--share), transparent var(--share))" in STYLE


def test_nothing_leaves_the_machine_by_itself() -> None:
    assert SETTINGS["browser"] == {"gatherUsageStats": False, "serverAddress": "127.0.0.1"}
    assert SETTINGS["client"]["toolbarMode"] == "minimal"
    assert SETTINGS["client"]["disableDataExport"] is True
    assert SETTINGS["runner"]["postScriptGC"] is False
