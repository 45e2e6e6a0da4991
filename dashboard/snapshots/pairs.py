"""What compares two snapshots: one immutable file per pair of neighbours, made again when absent.

It is named by both and by the statements that made it: with other statements, another file.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from dashboard import queries
from dashboard.snapshots import engine, marts, sealed
from dashboard.snapshots.catalogue import Catalogue, Entry, Store, sync_file
from dashboard.snapshots.draft import Draft


def path(store: Store, current: Entry, previous: Entry | None) -> Path:
    """Where the pair stands; on the disk its name also carries its checksum (see `sealed`)."""
    return store.folder / "pairs" / f"{current.id}__{previous.id if previous else 'none'}__{_version()}.duckdb"


@cache
def _version() -> str:
    """A digest of the statements of `queries/pairs`."""
    text = "".join(queries.text("pairs", name) for name in queries.names("pairs"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def ensure(store: Store, current: Entry, previous: Entry | None) -> Path:
    """The pair file of two neighbours, made now if it is not there or damaged. Any number of processes may race for it.

    Returns the path; the file there is whole, whoever made it.

    Raises:
        DamagedSnapshot: one of the two that it is to be made from is not what was published.
    """
    plain = path(store, current, previous)
    if found := sealed.found(plain):
        return found
    for needed in filter(None, (current, previous)):
        store.check(needed)
    with Draft(store) as draft:
        _build(draft, store.path(current), store.path(previous) if previous else None)
        sync_file(draft.path)
        with store.lock():  # the first of several wins
            return sealed.found(plain) or sealed.seal(draft.path, plain)


def ensure_neighbours(store: Store, catalogue: Catalogue, entry: Entry) -> None:
    """The pairs that publishing `entry` makes arise: with the snapshot before it, and of the one after it with it."""
    ensure(store, entry, catalogue.before(entry.date, entry.is_demo))
    following = catalogue.after(entry.date, entry.is_demo)
    if following:
        ensure(store, following, entry)


def _build(draft: Draft, current: Path, previous: Path | None) -> None:
    with engine.connect(spill=draft.folder) as connection:
        engine.attach(connection, current, "snapshot")
        if previous:
            engine.attach(connection, previous, "previous")
        else:
            _attach_nothing(connection)
        engine.attach_new(connection, draft.path, "pair")
        engine.look_in(connection, "pair", "snapshot")
        marts.build(connection, "pairs")
        connection.execute("checkpoint pair")  # closing would do it too, but say nothing when the disk is full


def _attach_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """A `previous` with the tables of the snapshot and no rows."""
    connection.execute("attach ':memory:' as previous")
    for (name,) in connection.execute(queries.text("checks", "_tables"), {"database": "snapshot"}).fetchall():
        connection.execute(queries.text("pairs", "_without_rows", table=name))
