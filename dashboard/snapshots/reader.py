"""Open a published snapshot for reading, within a scope: whole, unchanged, and out of reach of everything else."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import duckdb

from dashboard.errors import DamagedSnapshot
from dashboard.scope import Scope
from dashboard.snapshots import digests, engine, pairs, slices
from dashboard.snapshots.catalogue import Entry, Store

_UNREADABLE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)


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
        self._opened: dict[Path, digests.Version] = {}
        self._all = self._open_all()
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
                self._rows = self._open_slice()
        cursor = self._rows.cursor()
        engine.look_in(cursor, "snapshot", *(("pair",) if self.scope.sees_all else ()))
        return cursor

    def cursor_of_all(self) -> duckdb.DuckDBPyConnection:
        """A cursor on all rows, for `metrics` alone: what comes out of it is everyone's to see, or is cut there."""
        cursor = self._all.cursor()
        engine.look_in(cursor, "snapshot", "pair")
        return cursor

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Around a query: what comes out is of the files as they were checked and opened.

        A file that is replaced as a whole stays readable here as it was; one that is written into does not.

        Raises:
            DamagedSnapshot: a file cannot be read any more, or was written into.
        """
        try:
            yield
        except duckdb.Error as error:
            if type(error) is duckdb.Error or isinstance(error, _UNREADABLE):
                raise self._damaged() from error
            raise
        if not self.is_unchanged():
            raise self._damaged()

    def is_unchanged(self) -> bool:
        """Whether the open files are as they were opened; costs a `stat` each."""
        return not any(map(digests.is_written_into, self._opened, self._opened.values()))

    def _damaged(self) -> DamagedSnapshot:
        return DamagedSnapshot(f"快照文件 {self.entry.file} 打开后被改动或读不出来，已停止使用，请从备份恢复后重试。")

    def _open_all(self) -> duckdb.DuckDBPyConnection:
        """The snapshot as `snapshot` and its pair mart as `pair`."""
        snapshot, pair = self._store.path(self.entry), pairs.ensure(self._store, self.entry, self.previous)
        return self._open({"snapshot": snapshot, "pair": pair})

    def _open_slice(self) -> duckdb.DuckDBPyConnection:
        """The account's slice as `snapshot`."""
        pair = pairs.ensure(self._store, self.entry, self.previous)
        return self._open({"snapshot": slices.ensure(self._store, self.entry, pair, self.scope)})

    def _open(self, files: Mapping[str, Path]) -> duckdb.DuckDBPyConnection:
        connection = engine.connect()
        try:
            for name, path in files.items():
                self._opened[path] = digests.version(path)
                engine.attach(connection, path, name)
            engine.lock_down(connection)
        except BaseException:
            connection.close()
            raise
        return connection

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
