"""Without a snapshot, the newest demonstration weeks are there at once and the others follow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard import demo, first_start
from dashboard.places import Places
from dashboard.snapshots import Store
from tests.support.app import bare_places

DAYS = [dt.date(2024, 4, 12), dt.date(2024, 4, 19), dt.date(2024, 4, 26), dt.date(2024, 5, 3)]


@pytest.fixture
def few_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_start, "SCALE", 0.01)
    monkeypatch.setattr(demo, "weeks", lambda count, places: list(DAYS))


@pytest.mark.usefixtures("few_and_small")
def test_the_newest_weeks_come_first_and_the_others_in_the_background(tmp_path: Path) -> None:
    places = Places(tmp_path)
    told: list[float] = []
    first_start.prepare(places, lambda step, share: told.append(share))
    assert [entry.date for entry in Store(places).entries()] == DAYS[2:]
    assert told == sorted(told)

    thread = first_start.continue_in_background(places)
    assert thread is not None
    assert first_start.progress() is not None
    thread.join()
    assert first_start.progress() is None
    entries = Store(places).entries()
    assert [entry.date for entry in entries] == DAYS
    assert all(entry.is_demo for entry in entries)
    assert first_start.continue_in_background(places) is None


def test_nothing_is_made_beside_a_snapshot(tmp_path: Path) -> None:
    places = bare_places(tmp_path)
    first_start.prepare(places, lambda step, share: pytest.fail("told something"))
    assert len(Store(places).entries()) == 1
    assert first_start.continue_in_background(places) is None
