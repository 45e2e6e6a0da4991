"""Whether an installation can do its work, for whoever watches it: names of what fails, nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from dashboard.access import reception
from dashboard.errors import DashboardError
from dashboard.places import Places
from dashboard.snapshots.catalogue import Store

ROOM = 500_000_000
"""Bytes that should be free where the data lie: a week's snapshot and its draft need several hundred million."""


def failures(places: Places) -> list[str]:
    """What does not hold: `catalogue` (the list of snapshots), `snapshot` (the newest one's file is there, of its size
    and not found changed), `accounts` (their store answers), `disk` (there is room for another week)."""
    checks: dict[str, Callable[[], bool]] = {
        "catalogue": lambda: Store(places).fault() is None,
        "snapshot": lambda: _newest_is_there(places),
        "accounts": lambda: bool(reception.at(places).store.known("accounts_count")),
        "disk": lambda: shutil.disk_usage(places.data).free >= ROOM,
    }
    return [name for name, holds in checks.items() if not _holds(holds)]


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DashboardError, OSError):
        return False


def _newest_is_there(places: Places) -> bool:
    store = Store(places)
    entries = store.entries()
    if not entries:
        return True
    return not store.is_known_damaged(entries[-1])
