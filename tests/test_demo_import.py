"""The demonstration folders go through the importer as any other: published, with a few rejects and warnings."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard import demo, policy
from dashboard.places import Places
from dashboard.snapshots import importer
from dashboard.snapshots.importer import Order, Outcome

SCALE = 0.1


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places.at(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def outcomes(places: Places) -> list[Outcome]:
    weeks = demo.weeks(2, places)
    folders = demo.write(places.data / "demo", weeks, SCALE, policy.load(places.policy), places)
    orders = [Order(folder, week, is_demo=True) for week, folder in zip(weeks, folders, strict=True)]
    return [importer.import_folder(places, order) for order in orders]


@pytest.fixture(scope="module")
def newest(places: Places, outcomes: list[Outcome]) -> Path:
    entry = outcomes[-1].entry
    assert entry is not None
    return places.snapshots / entry.file


def codes(snapshot: Path, table: str) -> set[str]:
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        return {code for (code,) in connection.execute(f"select distinct code from {table}").fetchall()}


def test_both_weeks_are_published_as_demonstration_without_any_flag(outcomes: list[Outcome]) -> None:
    assert [(outcome.held, outcome.entry and outcome.entry.is_demo) for outcome in outcomes] == [((), True), ((), True)]


def test_the_wrong_rows_are_few_and_of_many_kinds(newest: Path) -> None:
    assert codes(newest, "rejects") >= {
        "E-MISSING",
        "E-PATENT-NO",
        "E-DATE",
        "E-VALUE",
        "E-UNKNOWN-CITY",
        "E-TYPE-MISMATCH",
        "E-DATE-ORDER",
        "E-FUTURE",
        "E-UNKNOWN-ENTERPRISE",
        "E-DUPLICATE",
    }
    with duckdb.connect(str(newest), read_only=True) as connection:
        counts = "select sum(rejected), sum(accepted) from files where table_name = 'patents'"
        [(rejected, accepted)] = connection.execute(counts).fetchall()
    assert 0 < rejected < 0.001 * accepted


def test_the_warnings_of_an_ordinary_week_are_there(newest: Path) -> None:
    assert codes(newest, "warnings") >= {"W-VALUE", "W-DATE", "W-STAGE-ORDER", "W-UNKNOWN-PATENT", "W-DUPLICATE"}


def test_numbers_of_the_old_form_are_read(newest: Path) -> None:
    with duckdb.connect(str(newest), read_only=True) as connection:
        assert connection.execute("select patent_no from patents where length(patent_no) = 12").fetchall()
