"""Open a published snapshot for reading, within a scope: whole, unchanged, and out of reach of everything else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import duckdb

from dashboard.errors import DamagedSnapshot
from dashboard.scope import Scope
from dashboard.snapshots import engine, pairs
from dashboard.snapshots.catalogue import Entry, Store, digest


@dataclass(frozen=True)
class Reader:
    """An open snapshot: `snapshot` and its pair mart `pair` attached read-only, settings locked.

    May be shared by threads: each call takes a cursor of its own. What it reads stays as it is for as long as it is
    open, whatever is published meanwhile.
    """

    entry: Entry
    previous: Entry | None
    scope: Scope
    connection: duckdb.DuckDBPyConnection

    @property
    def as_of(self) -> dt.date:
        return self.entry.date

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one call or thread; close it afterwards."""
        cursor = self.connection.cursor()
        engine.look_in(cursor, "snapshot", "pair")
        return cursor

    def close(self) -> None:
        self.connection.close()

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
    previous = store.previous(entry)
    for needed in (entry, previous):
        if needed:
            check_bytes(store.path(needed), needed)
    pair = pairs.ensure(store, entry, previous)
    connection = engine.connect()
    try:
        engine.attach(connection, store.path(entry), "snapshot")
        engine.attach(connection, pair, "pair")
        engine.lock_down(connection)
    except BaseException:
        connection.close()
        raise
    return Reader(entry, previous, scope, connection)


def check_bytes(path: Path, entry: Entry) -> None:
    """Compare a snapshot file with what was published: its size always, its sha256 once a process.

    Raises:
        DamagedSnapshot: they differ, or there is no such file.
    """
    if not path.is_file():
        raise DamagedSnapshot(f"快照文件 {entry.file} 不见了，请从备份恢复。")
    if path.stat().st_size != entry.size or _digest(path, path.stat().st_mtime_ns) != entry.sha256:
        raise DamagedSnapshot(f"快照文件 {entry.file} 与发布时不一致，已停止使用，请从备份恢复或重新导入。")


@lru_cache(maxsize=256)
def _digest(path: Path, changed: int) -> str:
    """The checksum of a file as it stood at `changed` (nanoseconds), remembered."""
    return digest(path)
