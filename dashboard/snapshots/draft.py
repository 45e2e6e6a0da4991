"""Where a snapshot, a pair or a slice is built aside: a hidden folder beside the published files, gone afterwards."""

from __future__ import annotations

import errno
import secrets
import shutil
from pathlib import Path
from types import TracebackType

import duckdb
import filelock

from dashboard.errors import StorageFailed
from dashboard.snapshots.catalogue import Store, sync_file

_PREFIX = ".building-"
_PROMISE = "publishing"
_UNWRITABLE = (OSError, duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


class Draft:
    """A folder of this process alone, held by a lock that ends with the process.

    On entering, what crashed processes left behind is removed: their locks are free.

    Raises:
        StorageFailed: on entering or from within, when the folder or what is in it cannot be written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = store.folder / f"{_PREFIX}{secrets.token_hex(6)}"
        self._held = filelock.FileLock(self.folder / "lock")

    @property
    def path(self) -> Path:
        """The file to build."""
        return self.folder / "snapshot.duckdb"

    def promise(self, name: str) -> None:
        """Note, before a file gets its published name, which one: if this process ends before the catalogue lists it,
        the file goes with the rest of what was left behind.
        """
        (self.folder / _PROMISE).write_text(name, encoding="utf-8")
        sync_file(self.folder / _PROMISE)

    def __enter__(self) -> Draft:
        try:
            with self._store.lock():
                sweep(self._store)
                self.folder.mkdir(parents=True)
                self._held.acquire()
        except OSError as error:
            raise _failed(self._store.folder, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._store.lock():
            self._held.release()
            shutil.rmtree(self.folder, ignore_errors=True)
        if isinstance(error, _UNWRITABLE):
            raise _failed(self._store.folder, error) from error


def _failed(folder: Path, error: BaseException) -> StorageFailed:
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        why, do = "没有写权限或是只读的", "检查权限"
    else:
        free = shutil.disk_usage(folder if folder.exists() else Path(folder.anchor)).free >> 20
        why, do = f"多半是磁盘已满（现剩余 {free} MB）", "腾出空间"
    return StorageFailed(f"{folder} 写不进去，{why}；已发布的快照没有变化，请{do}后重试。")


def sweep(store: Store) -> None:
    """Remove what crashed processes left unfinished; call with the store's lock held."""
    for leftover in store.folder.glob(f"{_PREFIX}*"):
        held = filelock.FileLock(leftover / "lock", blocking=False)
        try:
            held.acquire()
        except filelock.Timeout:
            continue
        held.release()
        _break_promise(store, leftover / _PROMISE)
        shutil.rmtree(leftover)


def _break_promise(store: Store, promise: Path) -> None:
    """Remove the file that a crashed process gave its published name but never listed, and its pairs."""
    name = promise.read_text(encoding="utf-8") if promise.exists() else ""
    catalogue = store.catalogue()
    listed = {entry.file for entry in (*catalogue.snapshots, *(r.entry for r in catalogue.replaced))}
    if name and name not in listed and Path(name).name == name:
        (store.folder / name).unlink(missing_ok=True)
        for pair in (store.folder / "pairs").glob(f"*{Path(name).stem}*"):
            pair.unlink(missing_ok=True)
