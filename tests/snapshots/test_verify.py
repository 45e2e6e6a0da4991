"""Verification finds what differs from what was published."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard.snapshots import Store, checks
from dashboard.snapshots.verify import verify
from tests.snapshots.conftest import Publisher
from tests.support.raw import CONTRACT


def test_a_published_snapshot_is_intact(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    assert verify(store, entry, CONTRACT).faults == ()


def test_a_changed_byte_is_found(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    content = bytearray(store.path(entry).read_bytes())
    content[-1] ^= 1
    store.path(entry).write_bytes(content)
    (fault,) = verify(store, entry, CONTRACT).faults
    assert "校验和" in fault


def test_a_missing_file_is_found(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    store.path(entry).unlink()
    assert "不见了" in verify(store, entry, CONTRACT).faults[0]


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("update files set rejected = rejected + 1", "files_balance"),
        ("delete from patents where source_row = 2", "accepted_stand"),
        ("insert into rejects (table_name, file, code) values ('patents', '专利盘点.csv', 'E-DATE')", "findings_stand"),
        ("insert into patents from patents limit 1", "keys_unique"),
        ("update patents set granted_on = null where source_row = 2", "required_filled"),
        ("update patents set institution_id = 'U9' where source_row = 2", "references_known"),
        ("update institutions set city_code = '999999'", "references_known"),
        ("update stock_sets set approved = stock + 1", "stages_nested"),
        ("update stock_sets set stock = stock + 1", "province_counts_once"),
        ("delete from institution_groups", "groups_complete"),
        ("update patents set approved_on = date '2999-01-01' where source_row = 2", "dates_in_time"),
        ("insert into notes values ('file', 'x', null, '')", "counts_kept"),
    ],
)
def test_each_check_finds_its_fault(built: Path, tmp_path: Path, statement: str, check: str) -> None:
    shutil.copyfile(built, tmp_path / "copy.duckdb")
    with duckdb.connect(tmp_path / "copy.duckdb") as connection:
        assert checks.failures(connection, CONTRACT) == ()
        connection.execute(statement)
        assert any(f"（{check}，" in failure for failure in checks.failures(connection, CONTRACT))


def test_every_check_has_a_test() -> None:
    tested = {case[1] for case in test_each_check_finds_its_fault.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert tested == set(checks.names())
