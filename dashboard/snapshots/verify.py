"""Prove that a published snapshot is what was published: its bytes, and what its rows say of each other."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboard.contract import Contract
from dashboard.snapshots import checks, digests, engine, sealed
from dashboard.snapshots.catalogue import Entry, Store


@dataclass(frozen=True)
class Finding:
    """One snapshot's verdict; `faults` has a sentence each, none if it is intact."""

    entry: Entry
    faults: tuple[str, ...]


def verify(store: Store, entry: Entry, contract: Contract) -> Finding:
    """Recompute the checksums of a snapshot's file and of what was made from it, and run every check on its rows."""
    made = tuple(
        f"由它生成的 {path.relative_to(store.folder)} 已损坏，下次打开时会自动重做。"
        for folder in ("pairs", "slices")
        for path in sealed.damaged(store.folder / folder, entry.id)
    )
    return Finding(entry, (*_own_faults(store, entry, contract), *made))


def _own_faults(store: Store, entry: Entry, contract: Contract) -> tuple[str, ...]:
    path = store.path(entry)
    if not path.is_file():
        return ("文件不见了，请从备份恢复。",)
    if path.stat().st_size != entry.size:
        return (f"文件大小 {path.stat().st_size} 字节，发布时是 {entry.size} 字节，请从备份恢复。",)
    if digests.digest(path) != entry.sha256:
        return ("文件校验和与发布时不同，请从备份恢复。",)
    try:
        return _rows(store, entry, contract)
    except duckdb.Error as error:
        return (f"文件打不开或缺少内容（{type(error).__name__}），请从备份恢复。",)


def _rows(store: Store, entry: Entry, contract: Contract) -> tuple[str, ...]:
    with engine.connect() as connection:
        engine.attach(connection, store.path(entry), "snapshot")
        engine.lock_down(connection)
        engine.look_in(connection, "snapshot")
        faults = checks.failures(connection, contract)
        counts = checks.row_counts(connection, contract)
    rows = sum(counts[table.name] for table in contract.tables)
    if rows != entry.rows:
        faults += (f"接收行数是 {rows}，目录里记的是 {entry.rows}。",)
    return faults
