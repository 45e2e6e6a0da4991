"""A store to publish into: snapshots are copies of one small built file, each with other bytes."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard.places import Places
from dashboard.snapshots import Entry, Store, importer
from dashboard.snapshots.draft import Draft
from dashboard.snapshots.gates import Accept, Facts
from dashboard.snapshots.importer import Order
from dashboard.snapshots.publish import publish
from tests.support import exports
from tests.support.raw import CONTRACT

Publisher = Callable[..., Entry]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a snapshot of ten patents, as the importer makes it."""
    places = Places(tmp_path_factory.mktemp("built"))
    folder = exports.write(places.data / "exports", approved=4)
    outcome = importer.import_folder(places, Order(folder, dt.date(2024, 4, 26)))
    assert outcome.entry
    return Store(places).path(outcome.entry)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Places(tmp_path / "data"))


@pytest.fixture
def put(store: Store, built: Path) -> Publisher:
    """Publish a copy of the built file for a date; `accept` opens gates, `stock` is what the gate sees."""
    salts = itertools.count()

    def put(day: str, is_demo: bool = False, stock: int = 10, accept: Accept = Accept()) -> Entry:  # noqa: B008
        facts = Facts(dt.date.fromisoformat(day), is_demo, 11, stock, {"patents": (10, 0)})
        with Draft(store) as draft:
            shutil.copyfile(built, draft.path)
            with duckdb.connect(draft.path) as connection:
                connection.execute("update manifest set source_folder = ?", [f"copy {next(salts)}"])
            return publish(store, draft, facts, CONTRACT, accept)

    return put
