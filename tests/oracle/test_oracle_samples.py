"""The oracle against the hand-checked sample: every expected file, both dates."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.compare import FREE, differences
from tests.oracle.metrics import METRICS
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import read_folder

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = sorted((SAMPLES / "expected").glob("*/*.csv"))
TEXTS = {
    "city_code", "city_name", "institution_id", "institution_name", "key", "month", "kind", "portfolio_id", "field",
}  # fmt: skip


@pytest.fixture(scope="module")
def snapshots() -> dict[str, Snapshot]:
    tables = read_folder(SAMPLES / "exports")
    first = Snapshot(date(2024, 4, 30), tables)
    return {"2024-04-30": first, "2025-02-28": Snapshot(date(2025, 2, 28), tables, previous=first)}


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_oracle_gives_the_sample_figures(path: Path, snapshots: dict[str, Snapshot]) -> None:
    name, *given = path.stem.split("__")
    parameters = {key: _parameter(key, value) for key, value in (item.split("=") for item in given)}
    metric = METRICS[name]
    columns, expected = _read(path)

    assert [c for c in columns if c not in FREE] == [c for c in metric.columns if c not in FREE]
    kept = [c for c in metric.columns if c not in FREE]
    rows = [{c: row[c] for c in kept} for row in metric.rows(snapshots[path.parent.name], parameters)]
    assert differences([{c: r[c] for c in kept} for r in expected], rows, kept, ordered=False) == []


def test_every_metric_is_among_the_samples() -> None:
    assert {p.stem.split("__")[0] for p in EXPECTED} == set(METRICS)


def _read(path: Path) -> tuple[list[str], list[dict[str, Any]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    return header, [{c: _value(c, cell) for c, cell in zip(header, line, strict=True)} for line in lines]


def _value(column: str, cell: str) -> Any:
    if cell == "" or column in TEXTS:
        return cell or None
    try:
        return float(cell)
    except ValueError:
        return cell


def _parameter(key: str, value: str) -> Any:
    if key == "year":
        return int(value)
    return float(value) if key.startswith("weight_") else value
