"""Snapshots: build aside, check, publish atomically; list, open, verify."""

from dashboard.snapshots.catalogue import Entry, Store
from dashboard.snapshots.reader import Reader, open_reader

__all__ = ["Entry", "Reader", "Store", "open_reader"]
