"""Two lists of rows compared strictly: columns and their order, rows, null against zero, numbers to 1e-9, dates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

FREE = {"label", "message", "example"}
_PRECISION = 1e-9

Rows = Sequence[Mapping[str, Any]]


def differences(expected: Rows, found: Rows, columns: Sequence[str], *, ordered: bool) -> list[str]:
    """What sets `found` apart from `expected`, a line each; empty when they are equal.

    Columns whose wording is free are left out. Without a fixed order the rows are paired by their sorted content.
    """
    kept = [c for c in columns if c not in FREE]
    if found and list(found[0]) != list(columns):
        return [f"columns {list(found[0])} instead of {list(columns)}"]
    if len(found) != len(expected):
        return [
            f"{len(found)} rows instead of {len(expected)}",
            *(f"  missing {_short(r, kept)}" for r in _not_in(expected, found, kept)),
            *(f"  too many {_short(r, kept)}" for r in _not_in(found, expected, kept)),
        ]
    left, right = list(expected), list(found)
    if not ordered:
        left, right = (sorted(rows, key=lambda r: _sortable(r, kept)) for rows in (left, right))
    return [
        f"row {n} {_key(want)}: {c} is {plain(got[c])!r}, should be {plain(want[c])!r}"
        for n, (want, got) in enumerate(zip(left, right, strict=True), 1)
        for c in kept
        if not same(want[c], got[c])
    ]


def same(want: Any, got: Any) -> bool:
    want, got = plain(want), plain(got)
    if want is None or got is None:
        return want is got
    if isinstance(want, str) or isinstance(got, str):
        return bool(want == got)
    return math.isclose(want, got, rel_tol=_PRECISION, abs_tol=_PRECISION)


def plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _sortable(row: Mapping[str, Any], columns: Sequence[str]) -> list[tuple[int, Any]]:
    """Text before numbers before null, so that rows pair by their keys although numbers differ."""
    values = [plain(row[c]) for c in columns]
    texts = [(0, v) if isinstance(v, str) else (1, "") for v in values]
    rest = [(2, 0) if v is None else (1, 0 if isinstance(v, str) else round(v, 6)) for v in values]
    return [*texts, *rest]


def _not_in(rows: Rows, others: Rows, columns: Sequence[str]) -> list[Mapping[str, Any]]:
    left = list(others)
    missing: list[Mapping[str, Any]] = []
    for row in rows:
        match = next((o for o in left if all(same(row[c], o[c]) for c in columns)), None)
        if match is None:
            missing.append(row)
        else:
            left.remove(match)
    return missing[:12]


def _short(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return ", ".join(f"{c}={plain(row[c])}" for c in columns)


def _key(row: Mapping[str, Any]) -> str:
    """The leading texts of a row: what it is about."""
    return "·".join(v for v in map(plain, list(row.values())[:4]) if isinstance(v, str))
