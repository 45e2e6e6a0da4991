"""The samples made by someone else: every metric equals what must come out, strictly, rows in any order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard import metrics
from tests.support import compare, samples

FREE = {"label", "message", "example"}


def _cases() -> list[Any]:
    files = sorted((samples.SAMPLES / "expected").glob("*/*.csv"))
    return [
        pytest.param(file, id=f"{file.parent.name}/{file.stem}")
        for file in files
        if file.stem.split("__")[0] in metrics.names()
    ]


def _asked(file: Path) -> tuple[str, dict[str, str]]:
    """The metric and the parameters that a file's name carries: NAME__key=value__key=value."""
    name, *pairs = file.stem.split("__")
    return name, dict(pair.split("=", 1) for pair in pairs)


def _sorted(rows: list[dict[str, str]], columns: list[str]) -> list[dict[str, str]]:
    """Rows in an order that does not depend on how a number is printed: by text cells, then by numbers."""
    return sorted(rows, key=lambda row: [_key(row[c]) for c in columns])


def _key(cell: str) -> tuple[int, float, str]:
    try:
        return 1, round(float(cell), 6), ""
    except ValueError:
        return 0, 0.0, cell


@pytest.mark.parametrize("file", _cases())
def test_sample_comes_out(file: Path) -> None:
    name, parameters = _asked(file)
    header, expected = compare.read(file.read_text(encoding="utf-8"))
    columns = [c for c in header if c not in FREE]
    rows = samples.world(file.parent.name).query(name, **parameters)
    got = [{k: compare.printed(v) for k, v in row.items()} for row in rows]
    assert [c.name for c in metrics.definition(name).columns if c.name not in FREE] == columns
    assert compare.differences(_sorted(got, columns), _sorted(expected, columns), columns) == []
