"""A look at every published file when a server starts, so that damage is known before someone asks for it."""

from __future__ import annotations

import logging
import threading

from dashboard.errors import DamagedSnapshot
from dashboard.snapshots.catalogue import Store

_log = logging.getLogger(__name__)


def check_in_background(store: Store) -> threading.Thread:
    """Check all snapshots, the newest first, while pages are served; what is damaged is named in the server's log.

    Returns the thread that does it.
    """
    thread = threading.Thread(target=_check, args=(store,), name="checksums", daemon=True)
    thread.start()
    return thread


def _check(store: Store) -> None:
    try:
        entries = store.entries()
    except DamagedSnapshot as error:
        _log.error("%s", error)
        return
    for fault in store.faults():
        _log.error("%s", fault)
    for entry in reversed(entries):
        try:
            store.check(entry)
        except (DamagedSnapshot, OSError) as error:
            _log.error("%s", error)
