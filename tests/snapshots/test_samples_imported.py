"""The samples through the real importer: as they are, and written again as offices write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard import metrics
from dashboard.exports import plain
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots import Reader, Store, importer, open_reader
from dashboard.snapshots.importer import Order
from tests.support import compare, expected, messy, samples
from tests.support.raw import CONTRACT

DAYS = (dt.date(2024, 4, 30), dt.date(2025, 2, 28))


def readers(data: Path, folder: Path) -> dict[str, Reader]:
    """The folder imported for both days into one data folder, open for the province."""
    places = Places(data)
    for day in DAYS:
        assert importer.import_folder(places, Order(folder, day)).entry
    store = Store(places)
    return {str(entry.date): open_reader(store, entry, PROVINCE) for entry in store.entries()}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return readers(tmp_path_factory.mktemp("clean"), samples.SAMPLES / "exports")


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    folder = tmp_path_factory.mktemp("untidy") / "exports"
    messy.write(samples.SAMPLES / "exports", folder, CONTRACT)
    return readers(tmp_path_factory.mktemp("untidy_data"), folder)


def found(opened: dict[str, Reader], file: Path) -> list[str]:
    name, parameters = expected.asked(file)
    header, rows = compare.read(plain.as_csv(metrics.ask(opened[file.parent.name], name, **parameters)))
    return expected.differences(file, header, rows)


@pytest.mark.parametrize("file", expected.files(), ids=expected.case)
def test_the_imported_samples_give_what_must_come_out(file: Path, clean: dict[str, Reader]) -> None:
    assert found(clean, file) == []


@pytest.mark.parametrize("file", expected.files(), ids=expected.case)
def test_the_same_facts_untidily_written_give_the_same(file: Path, untidy: dict[str, Reader]) -> None:
    assert found(untidy, file) == []


def test_an_untidy_folder_loses_nothing_and_keeps_no_extra_cells(untidy: dict[str, Reader]) -> None:
    for reader in untidy.values():
        files = metrics.ask(reader, "quality").frame
        assert (files["rows_read"] == files["accepted"] + files["rejected"] + files["skipped"]).all()
        assert files["rejected"].sum() == 0
        assert (files["skipped"] > 0).any()
        assert "00000000000" not in str(reader.cursor().execute("from warnings").fetchall())
