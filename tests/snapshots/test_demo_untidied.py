"""One demonstration week three ways: as written, tidied to the contract's clean form, and untidied: equal figures."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from dashboard import demo, metrics
from dashboard.exports import plain
from dashboard.places import REPOSITORY, Places
from dashboard.scope import PROVINCE
from dashboard.snapshots import Reader, Store, importer, open_reader
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order
from tests.support import messy, tidy
from tests.support.raw import CONTRACT
from tests.support.worlds import JIANGSU

WEEK = dt.date(2024, 4, 26)
OF_THE_FILES = {"quality", "quality_reasons", "rejected_rows", "import_notes"}
"""What tells of files and rows as they came, not of facts."""


def imported(data: Path, folder: Path) -> Reader:
    places = Places(data)
    outcome = importer.import_folder(places, Order(folder, WEEK, accept=Accept(rejects=True, change=True)))
    assert outcome.entry
    return open_reader(Store(places), outcome.entry, PROVINCE)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reader, Reader, Reader]:
    place = tmp_path_factory.mktemp("three")
    (written,) = demo.write(place / "demo", [WEEK], 0.01, JIANGSU, Places(REPOSITORY / "data"))
    as_written = imported(place / "a", written)
    clean = tidy.write(as_written.cursor(), CONTRACT, place / "clean")
    messy.write(clean, place / "messy", CONTRACT)
    return as_written, imported(place / "b", clean), imported(place / "c", place / "messy")


def rows(reader: Reader, name: str) -> list[list[str]]:
    """A metric's printed rows in any order; sums of amounts may differ in the last bit with the order of the rows."""
    level = metrics.definition(name).parameters.get("level")
    key = "4132010286" if level and level.default == "institution" else None
    _, *printed = csv.reader(
        io.StringIO(plain.as_csv(metrics.ask(reader, name, key=key) if key else metrics.ask(reader, name)))
    )
    return sorted([_rounded(cell) for cell in row] for row in printed)


def _rounded(cell: str) -> str:
    return str(round(float(cell), 9)) if "." in cell and cell.replace(".", "").lstrip("-").isdigit() else cell


def test_every_metric_is_equal(three: tuple[Reader, Reader, Reader]) -> None:
    for name in metrics.names():
        if name in OF_THE_FILES:
            continue
        first, second, third = (rows(reader, name) for reader in three)
        assert first == second == third, name


def test_the_untidy_week_is_untidy(three: tuple[Reader, Reader, Reader]) -> None:
    as_written, clean, untidy = (metrics.ask(reader, "quality").frame for reader in three)
    assert as_written["rejected"].sum() > 0
    assert clean["skipped"].sum() == clean["rejected"].sum() == 0
    assert untidy["skipped"].sum() > 20
    assert len(untidy) > len(clean)
