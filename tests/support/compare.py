"""Compare a metric's rows with expected CSV text: column names and order, rows, null against zero, numbers to 1e-9."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

TOLERANCE = 1e-9


def printed(value: Any) -> str:
    """A cell as `query --format csv` prints it: null empty, booleans true/false."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def read(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of CSV text."""
    reader = csv.DictReader(io.StringIO(text))
    return list(reader.fieldnames or ()), list(reader)


def same(actual: str, expected: str) -> bool:
    """Whether two printed cells are equal; numbers are to a relative or absolute 1e-9, null equals null only."""
    if actual == expected:
        return True
    try:
        return math.isclose(float(actual), float(expected), rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    except ValueError:
        return False


def differences(
    actual: Iterable[Mapping[str, Any]], expected: Iterable[Mapping[str, str]], columns: Collection[str]
) -> list[str]:
    """What differs in `columns`, row by row as both stand; empty when nothing does."""
    got, wanted = list(actual), list(expected)
    found = [] if len(got) == len(wanted) else [f"{len(got)} rows instead of {len(wanted)}: {got}"]
    for number, (row, wish) in enumerate(zip(got, wanted, strict=False), 1):
        found += [
            f"row {number} {name}: {printed(row[name])!r} instead of {wish[name]!r} in {dict(wish)}"
            for name in columns
            if not same(printed(row[name]), wish[name])
        ]
    return found
