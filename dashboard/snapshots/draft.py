"""Where a snapshot or a pair is built aside: a hidden folder beside the published files, gone afterwards."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from types import TracebackType

import filelock

from dashboard.snapshots.catalogue import Store

_PREFIX = ".building-"


class Draft:
    """A folder of this process alone, held by a lock that ends with the process.

    On entering, what crashed processes left behind is removed: their locks are free.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = store.folder / f"{_PREFIX}{secrets.token_hex(6)}"
        self._held = filelock.FileLock(self.folder / "lock")

    @property
    def path(self) -> Path:
        """The file to build."""
        return self.folder / "snapshot.duckdb"

    def __enter__(self) -> Draft:
        with self._store.lock():
            sweep(self._store)
            self.folder.mkdir(parents=True)
            self._held.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._store.lock():
            self._held.release()
            shutil.rmtree(self.folder)


def sweep(store: Store) -> None:
    """Remove what crashed processes left unfinished; call with the store's lock held."""
    for leftover in store.folder.glob(f"{_PREFIX}*"):
        held = filelock.FileLock(leftover / "lock", blocking=False)
        try:
            held.acquire()
        except filelock.Timeout:
            continue
        held.release()
        shutil.rmtree(leftover)
