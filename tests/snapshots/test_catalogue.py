"""The list of snapshots: what is visible, in which order, and how a change shows."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import DamagedSnapshot, UsageError
from dashboard.snapshots import Store, catalogue
from tests.snapshots.conftest import Publisher


def test_an_empty_folder_has_no_snapshots(store: Store) -> None:
    assert store.entries() == ()
    assert store.version() == ""
    with pytest.raises(UsageError, match="还没有快照"):
        store.newest()


def test_entries_are_sorted_by_date_whatever_the_order_of_publishing(store: Store, put: Publisher) -> None:
    last, first = put("2024-04-26"), put("2024-04-19")
    assert store.entries() == (first, last)
    assert store.newest() == last
    assert (store.previous(last), store.previous(first)) == (first, None)


def test_a_date_without_snapshot_lists_those_there_are(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    assert store.on(dt.date(2024, 4, 26)) == entry
    with pytest.raises(UsageError, match="2024-04-26"):
        store.on(dt.date(2024, 4, 27))


def test_the_version_changes_with_each_publishing(store: Store, put: Publisher) -> None:
    put("2024-04-19")
    first = store.version()
    assert store.version() == first
    put("2024-04-26")
    assert store.version() != first


def test_another_store_of_the_same_folder_sees_what_is_published(store: Store, put: Publisher) -> None:
    put("2024-04-19")
    assert len(store.entries()) == 1
    put("2024-04-26")
    assert len(store.entries()) == 2


def test_demonstration_is_seen_while_there_is_nothing_real(store: Store, put: Publisher) -> None:
    first, last = put("2024-04-19", is_demo=True), put("2024-04-26", is_demo=True)
    assert store.entries() == (first, last)
    assert store.previous(last) == first


def test_once_a_real_one_is_published_the_demonstration_is_left_out(store: Store, put: Publisher) -> None:
    put("2024-04-19", is_demo=True)
    put("2024-04-26", is_demo=True)
    real = put("2024-04-26", stock=5000)
    assert store.entries() == (real,)
    assert store.newest() == real
    assert store.previous(real) is None
    with pytest.raises(UsageError):
        store.on(dt.date(2024, 4, 19))


def test_demonstration_published_later_stays_out_of_sight(store: Store, put: Publisher) -> None:
    real = put("2024-04-19")
    put("2024-04-19", is_demo=True)
    later = put("2024-05-03", is_demo=True)
    assert store.entries() == (real,)
    assert later not in store.entries()


def test_a_catalogue_that_is_damaged_with_its_copy_is_said_so(store: Store, put: Publisher) -> None:
    put("2024-04-26")
    for name in ("catalogue.json", "catalogue.copy.json"):
        (store.folder / name).write_text('{"snapshots": [', encoding="utf-8")
    with pytest.raises(DamagedSnapshot, match="catalogue.json"):
        store.entries()


def test_while_the_catalogue_is_damaged_its_copy_is_read_and_nothing_is_published(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    whole = (store.folder / "catalogue.json").read_bytes()
    (store.folder / "catalogue.json").write_bytes(whole[:-9] + b"x" + whole[-8:])
    assert store.entries() == (entry,)
    (fault,) = store.faults()
    assert "catalogue.copy.json" in fault
    with pytest.raises(DamagedSnapshot, match="catalogue.json"):
        put("2024-05-03")
    assert [path.name for path in store.folder.glob("*.duckdb")] == [entry.file]
    (store.folder / "catalogue.json").write_bytes((store.folder / "catalogue.copy.json").read_bytes())
    assert put("2024-05-03") in store.entries()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_a_catalogue_shows(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.getbasetemp() / "catalogue.json"
    content = bytearray(catalogue._encoded(_CATALOGUE).encode())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with pytest.raises(DamagedSnapshot):
        catalogue._decoded(path)


def test_a_catalogue_without_digest_is_read_and_gets_one(store: Store, put: Publisher) -> None:
    """As programs before version 2 wrote it."""
    first = put("2024-04-19")
    path = store.folder / "catalogue.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["digest"]
    path.write_text(json.dumps(content | {"version": 1}), encoding="utf-8")
    assert store.entries() == (first,)
    put("2024-04-26")
    assert "digest" in json.loads(path.read_text(encoding="utf-8"))


_CATALOGUE = catalogue.Catalogue(
    snapshots=(
        catalogue.Entry(
            id="2024-04-26-1a2b3c4d",
            date=dt.date(2024, 4, 26),
            file="2024-04-26-1a2b3c4d.duckdb",
            sha256="1a2b3c4d" * 8,
            size=1,
            rows=2,
            stock=3,
            publisher="张",
            published_at=dt.datetime(2024, 4, 27, 8, 30, tzinfo=dt.UTC),
            is_demo=False,
        ),
    )
)
