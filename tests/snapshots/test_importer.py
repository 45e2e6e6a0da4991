"""From a folder to a published snapshot: what is held back, what is refused, and what is never stored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from dashboard.errors import FileProblems, UsageError
from dashboard.places import Places
from dashboard.snapshots import Store, importer
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order, Outcome
from tests.support import exports

DAY = dt.date(2024, 4, 26)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


def _import(places: Places, folder: Path, day: dt.date = DAY, **given: object) -> Outcome:
    return importer.import_folder(places, Order(folder, day, **given))  # type: ignore[arg-type]


def test_a_folder_is_published_with_its_manifest(places: Places, tmp_path: Path) -> None:
    entry = _import(places, exports.write(tmp_path / "week 17", approved=4)).entry
    assert entry
    assert (entry.date, entry.rows, entry.stock, entry.is_demo) == (DAY, 11, 10, False)
    with duckdb.connect(Store(places).path(entry), read_only=True) as connection:
        found = connection.sql("from manifest")
        row = dict(zip(found.columns, found.fetchall()[0], strict=True))
    assert (row["source_folder"], row["stock"], row["policy_id"]) == ("week 17", 10, "jiangsu-2024")
    assert row["row_counts"]["patents"] == 10
    assert row["built_by"] == entry.publisher


def test_checking_publishes_nothing(places: Places, tmp_path: Path) -> None:
    outcome = _import(places, exports.write(tmp_path / "exports"), check=True)
    assert (outcome.entry, outcome.held) == (None, ())
    assert Store(places).entries() == ()


def test_gates_hold_and_open_with_their_flags(places: Places, tmp_path: Path) -> None:
    _import(places, exports.write(tmp_path / "first"), dt.date(2024, 4, 19))
    folder = exports.write(tmp_path / "second", count=12, wrong=1)
    held = _import(places, folder)
    assert held.entry is None
    assert ["--accept-rejects" in held.held[0], "--accept-change" in held.held[1]] == [True, True]
    assert _import(places, folder, check=True).held == held.held
    assert _import(places, folder, accept=Accept(rejects=True, change=True)).entry


def test_a_required_table_without_an_accepted_row_is_a_file_error(places: Places, tmp_path: Path) -> None:
    with pytest.raises(FileProblems, match="专利盘点"):
        _import(places, exports.write(tmp_path / "exports", count=0, wrong=3), accept=Accept(True, True, True))
    assert Store(places).entries() == ()


def test_every_problem_of_a_folder_is_named(places: Places, tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "exports", {"企业评价.csv": "专利号\n", "专家库.zip": b"PK"})
    with pytest.raises(FileProblems) as error:
        _import(places, folder)
    assert len(error.value.problems) >= 3
    assert not list(Store(places).folder.glob(".building-*"))


def test_a_missing_folder_is_said_so(places: Places, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不存在"):
        _import(places, tmp_path / "nowhere")


def test_cells_of_extra_columns_are_stored_nowhere(places: Places, tmp_path: Path) -> None:
    folder = exports.write(tmp_path / "exports", count=20, wrong=1)
    report = tmp_path / "report.xlsx"
    entry = _import(places, folder, report_to=report).entry
    assert entry
    with duckdb.connect(Store(places).path(entry), read_only=True) as connection:
        for (name,) in connection.sql("select table_name from duckdb_tables()").fetchall():
            assert "13800000000" not in str(connection.table(name).fetchall())
    assert b"13800000000" not in report.read_bytes()


def test_a_report_that_cannot_be_written_stops_before_publishing(places: Places, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="报告"):
        _import(places, exports.write(tmp_path / "exports"), report_to=tmp_path / "no" / "report.xlsx")
    assert Store(places).entries() == ()
