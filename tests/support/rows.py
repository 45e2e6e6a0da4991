"""Rows of a metric, taken apart for a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def only(rows: Iterable[Mapping[str, Any]], **keys: Any) -> Mapping[str, Any]:
    """The one row with these values."""
    (found,) = [row for row in rows if all(row[name] == value for name, value in keys.items())]
    return found


def cells(row: Mapping[str, Any], names: str) -> list[Any]:
    """Cells of a row, by names parted by white space."""
    return [row[name] for name in names.split()]
