"""Publishing is atomic, leaves what is there as it was, and makes the pairs that arise."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.errors import GateClosed, StorageFailed
from dashboard.places import Places
from dashboard.snapshots import Entry, Store, pairs
from dashboard.snapshots.catalogue import Catalogue
from dashboard.snapshots.draft import Draft
from dashboard.snapshots.gates import Accept
from tests.snapshots.conftest import Publisher
from tests.support import exports

REPLACE = Accept(replace=True)


def _pair(store: Store, entry: Entry, previous: Entry | None = None) -> str:
    return pairs.path(store, entry, previous).stem


def _bytes(folder: Path) -> dict[str, str]:
    """The sha256 of every visible file of a folder."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _pairs(folder: Path) -> set[str]:
    """What the pairs are of; behind it their names carry their checksums."""
    return {path.stem.rpartition("__")[0] for path in (folder / "pairs").iterdir()}


def test_a_snapshot_is_named_by_its_date_and_its_own_bytes(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    sha256 = hashlib.sha256(store.path(entry).read_bytes()).hexdigest()
    assert entry.sha256 == sha256
    assert entry.file == f"2024-04-26-{sha256[:8]}.duckdb"
    assert entry.size == store.path(entry).stat().st_size
    assert store.entries() == (entry,)


def test_nothing_but_published_files_is_left(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    assert sorted(name for name in _bytes(store.folder) if "/" not in name) == [
        entry.file,
        "catalogue.copy.json",
        "catalogue.json",
    ]
    assert _pairs(store.folder) == {_pair(store, entry)}
    assert not list(store.folder.glob(".building-*"))


def test_publishing_leaves_earlier_snapshots_byte_for_byte(store: Store, put: Publisher) -> None:
    put("2024-04-19")
    before = _bytes(store.folder)
    put("2024-04-26")
    after = _bytes(store.folder)
    kept = {name for name in before if not name.startswith("catalogue.")}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_an_existing_date_is_held_back_and_changes_nothing(store: Store, put: Publisher) -> None:
    put("2024-04-26")
    before = _bytes(store.folder)
    with pytest.raises(GateClosed, match="--replace"):
        put("2024-04-26")
    assert _bytes(store.folder) == before


def test_replacing_keeps_the_old_one_aside_under_its_publish_time(store: Store, put: Publisher) -> None:
    old = put("2024-04-26")
    content = store.path(old).read_bytes()
    new = put("2024-04-26", accept=REPLACE)
    assert store.entries() == (new,)
    (aside,) = store.replaced()
    assert (aside.entry, aside.entry.published_at, aside.replaced_by) == (old, old.published_at, new.id)
    assert store.path(old).read_bytes() == content


def test_pairs_arise_for_each_pair_of_neighbours(store: Store, put: Publisher) -> None:
    first, last = put("2024-04-12"), put("2024-04-26")
    between = put("2024-04-19")
    assert _pairs(store.folder) == {
        _pair(store, first),
        _pair(store, last, first),
        _pair(store, between, first),
        _pair(store, last, between),
    }


def test_replacing_makes_the_pairs_of_both_sides_again(store: Store, put: Publisher) -> None:
    first, _, last = put("2024-04-12"), put("2024-04-19"), put("2024-04-26")
    new = put("2024-04-19", accept=REPLACE)
    assert {_pair(store, new, first), _pair(store, last, new)} <= _pairs(store.folder)


def test_a_pair_is_named_by_both_and_by_what_made_it(store: Store, put: Publisher) -> None:
    first, last = put("2024-04-12"), put("2024-04-19")
    assert re.fullmatch(f"{last.id}__{first.id}__[0-9a-f]{{8}}", _pair(store, last, first))
    assert re.fullmatch(f"{first.id}__none__[0-9a-f]{{8}}", _pair(store, first))


def test_a_failure_before_the_catalogue_is_replaced_leaves_the_old_one(
    store: Store, put: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("2024-04-19")
    before = _bytes(store.folder)

    def full(self: Store, catalogue: Catalogue) -> None:
        raise OSError(errno.ENOSPC, "disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", full)
        with pytest.raises(StorageFailed, match="写不进去"):
            put("2024-04-26")
    after = _bytes(store.folder)
    assert {name for name in after if not name.startswith("pairs/")} == {
        n for n in before if not n.startswith("pairs/")
    }
    assert after["catalogue.json"] == before["catalogue.json"]
    assert put("2024-04-26") in store.entries()


def test_what_a_crash_left_is_removed_by_the_next(store: Store, put: Publisher) -> None:
    program = (
        "import os, pathlib, sys; from dashboard.places import Places; from dashboard.snapshots import Store\n"
        "from dashboard.snapshots.draft import Draft\n"
        "draft = Draft(Store(Places(pathlib.Path(sys.argv[1])))); draft.__enter__()\n"
        "draft.path.write_bytes(b'half'); os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(store.folder.parent)], check=False)
    assert done.returncode == 9
    (left,) = store.folder.glob(".building-*")
    put("2024-04-26")
    assert not left.exists()


def test_a_file_that_a_crash_left_unlisted_goes_with_its_pairs(store: Store, put: Publisher) -> None:
    """Killed between the published name and the catalogue: neither the file nor its pairs stay behind."""
    kept = put("2024-04-19")
    left = Draft(store)
    left.folder.mkdir()
    for name, promised in (("2024-04-26-0badcafe.duckdb", True), ("2024-05-03-0badf00d.duckdb", False)):
        (store.folder / name).write_bytes(b"whole")
        (store.folder / "pairs" / f"{name[:-7]}__{kept.id}.duckdb").write_bytes(b"pair")
        if promised:
            left.promise(name)
    put("2024-05-10")
    names = {path.name for path in store.folder.rglob("*.duckdb")}
    assert not any("0badcafe" in name for name in names)
    assert sum("0badf00d" in name for name in names) == 2, "nobody promised that one: it is not ours to remove"
    assert kept.file in names


def test_a_promise_that_was_kept_removes_nothing(store: Store, put: Publisher) -> None:
    """Killed after the catalogue listed the file, before the draft was cleared."""
    kept = put("2024-04-19")
    left = Draft(store)
    left.folder.mkdir()
    left.promise(kept.file)
    put("2024-04-26")
    assert store.path(kept).exists()
    assert not left.folder.exists()


def test_a_living_draft_is_not_swept(store: Store, put: Publisher) -> None:
    with Draft(store) as draft:
        draft.path.write_bytes(b"half")
        put("2024-04-26")
        assert draft.path.read_bytes() == b"half"


def test_imports_at_once_are_all_published(tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "exports")
    days = [dt.date(2024, 4, day) for day in (12, 19, 26)]
    environment = {**os.environ, "DASHBOARD_DATA": str(tmp_path / "data")}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "dashboard", "import", str(folder), "--date", str(day)],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for day in days
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    store = Store(Places(tmp_path / "data"))
    assert [entry.date for entry in store.entries()] == days
    assert not list(store.folder.glob(".building-*"))
