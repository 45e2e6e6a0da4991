"""Open a published snapshot for reading, within a scope: whole, unchanged, and out of reach of everything else."""

from __future__ import annotations

import datetime as dt
import threading
from types import TracebackType

import duckdb

from dashboard.scope import Scope
from dashboard.snapshots import engine, pairs, slices
from dashboard.snapshots.catalogue import Entry, Store


class Reader:
    """An open snapshot within a scope, read-only, its settings locked.

    What is asked of rows runs where only the account's rows are: for one that does not see all, on its slice (see
    `slices`), opened when first asked. Aggregates and ranks run over all rows, on a connection that only the named
    metrics reach (`cursor_of_all`).

    May be shared by threads: each call takes a cursor of its own. What it reads stays as it is for as long as it is
    open, whatever is published meanwhile.
    """

    def __init__(self, store: Store, entry: Entry, previous: Entry | None, scope: Scope) -> None:
        self.entry, self.previous, self.scope = entry, previous, scope
        self._store = store
        self._all = _open_all(store, entry, previous)
        self._rows = self._all if scope.sees_all else None
        self._opening = threading.Lock()

    @property
    def as_of(self) -> dt.date:
        return self.entry.date

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor on the account's rows for one call or thread; close it afterwards.

        Raises:
            OutOfScope: the scope names no city or institution.
        """
        with self._opening:
            if self._rows is None:
                self._rows = _open_slice(self._store, self.entry, self.previous, self.scope)
        cursor = self._rows.cursor()
        engine.look_in(cursor, "snapshot", *(("pair",) if self.scope.sees_all else ()))
        return cursor

    def cursor_of_all(self) -> duckdb.DuckDBPyConnection:
        """A cursor on all rows, for `metrics` alone: what comes out of it is everyone's to see, or is cut there."""
        cursor = self._all.cursor()
        engine.look_in(cursor, "snapshot", "pair")
        return cursor

    def close(self) -> None:
        self._all.close()
        if self._rows:
            self._rows.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reader(store: Store, entry: Entry, scope: Scope) -> Reader:
    """Open `entry`, and its pair with the snapshot that stands before it now.

    Raises:
        DamagedSnapshot: the file is gone or is not what was published (its whole checksum is read once a process).
    """
    store.check(entry)
    return Reader(store, entry, store.previous(entry), scope)


def _open_all(store: Store, entry: Entry, previous: Entry | None) -> duckdb.DuckDBPyConnection:
    """The snapshot as `snapshot` and its pair mart as `pair`."""
    connection = engine.connect()
    try:
        engine.attach(connection, store.path(entry), "snapshot")
        _attach_pair(connection, store, entry, previous)
        engine.lock_down(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _open_slice(store: Store, entry: Entry, previous: Entry | None, scope: Scope) -> duckdb.DuckDBPyConnection:
    """The account's slice as `snapshot`, made again when it is absent or cannot be opened."""
    pair = pairs.ensure(store, entry, previous)
    connection = engine.connect()
    try:
        path = slices.ensure(store, entry, pair, scope)
        try:
            engine.attach(connection, path, "snapshot")
        except duckdb.Error:
            path.unlink(missing_ok=True)
            engine.attach(connection, slices.ensure(store, entry, pair, scope), "snapshot")
        engine.lock_down(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _attach_pair(connection: duckdb.DuckDBPyConnection, store: Store, entry: Entry, previous: Entry | None) -> None:
    """Attach the pair mart; what is derived is made again when it is absent or cannot be opened."""
    pair = pairs.ensure(store, entry, previous)
    try:
        engine.attach(connection, pair, "pair")
    except duckdb.Error:
        pair.unlink(missing_ok=True)
        engine.attach(connection, pairs.ensure(store, entry, previous), "pair")
