"""A multiplied folder imports to as many times the patents, and what refers to them still does."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard import contract as contracts
from dashboard import demo, policy
from dashboard.places import Places
from dashboard.snapshots import Entry, Store, importer
from dashboard.snapshots.importer import Order
from tests.benchmarks import scale

COPIES = 3


def imported(places: Places, folder: Path) -> Entry:
    (day,) = demo.weeks(1)
    outcome = importer.import_folder(places, Order(folder, day, is_demo=True))
    assert outcome.entry, outcome.held
    return outcome.entry


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The snapshot of a small week, and that of the same week three times."""
    place = tmp_path_factory.mktemp("scale")
    once, thrice = Places.at(place / "once"), Places.at(place / "thrice")
    plan = policy.load(once.policy)
    (base,) = demo.write(place / "base", demo.weeks(1), 0.01, plan, once)
    scale.multiply(base, place / "whole", COPIES, contracts.load(once.contract, plan))
    return (
        Store(once).path(imported(once, base)),
        Store(thrice).path(imported(thrice, place / "whole")),
    )


def figures(path: Path, statement: str) -> list[tuple[int, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "select stock from manifest",
        "select count(*) from patent_rows where is_joint",
        "select count(distinct patent_no), count(*) from patents",
        "select count(*), count(distinct enterprise_id) from enterprises",
        "select count(*), count(score) from evaluations semi join patents using (patent_no)",
        "select count(distinct filing_no), count(*), count(distinct patent_no) from filings",
        "select count(*) from rejects",
    ],
)
def test_every_figure_is_multiplied(pair: tuple[Path, Path], statement: str) -> None:
    ((*once,),), ((*thrice,),) = figures(pair[0], statement), figures(pair[1], statement)
    assert all(once)
    assert thrice == [COPIES * figure for figure in once]


def test_folders_and_snapshots_are_made_once(tmp_path: Path) -> None:
    places = scale.snapshot(1610, tmp_path)
    made = scale.newest(places)
    assert made.stock == pytest.approx(1610, rel=0.05)
    assert scale.newest(scale.snapshot(1610, tmp_path)) == made
    assert not (tmp_path / "folder-1610" / str(made.date)).exists()


def test_too_many_copies_are_refused(tmp_path: Path) -> None:
    places = Places.at(tmp_path)
    rules = contracts.load(places.contract, policy.load(places.policy))
    with pytest.raises(ValueError, match="at most"):
        scale.multiply(tmp_path, tmp_path / "out", scale.MOST_COPIES + 1, rules)
