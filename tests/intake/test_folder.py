"""Which files of a folder belong to which table."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.errors import UsageError
from dashboard.intake import folder
from tests.intake.folders import PATENT_CSV
from tests.intake.folders import folder as make
from tests.support.raw import CONTRACT


def _found(path: Path) -> list[tuple[str, str]]:
    return [(source.table, source.relative) for source in folder.scan(path, CONTRACT).sources]


def test_files_belong_to_the_table_their_name_starts_with(tmp_path: Path) -> None:
    make(
        tmp_path,
        {"专利盘点_南京.XLSX": b"", "子/专利盘点-2024-04-26.csv": "", "Patents(1).Csv": "", "专利组合.ods": b""},
    )
    assert _found(tmp_path) == [
        ("patents", "Patents(1).Csv"),
        ("patents", "专利盘点.csv"),
        ("patents", "专利盘点_南京.XLSX"),
        ("portfolios", "专利组合.ods"),
        ("institutions", "单位名录.csv"),
        ("patents", "子/专利盘点-2024-04-26.csv"),
    ]


def test_order_is_by_code_points_of_the_whole_path(tmp_path: Path) -> None:
    make(tmp_path, {"a/patents.csv": "", "a-b/patents.csv": "", "B/patents.csv": "", "patents.csv": ""})
    assert [relative for _, relative in _found(tmp_path)] == [
        "B/patents.csv", "a-b/patents.csv", "a/patents.csv", "patents.csv", "专利盘点.csv", "单位名录.csv",
    ]  # fmt: skip


def test_other_files_are_noted_and_ignored(tmp_path: Path) -> None:
    names = ["说明.docx", ".专利盘点.csv", "~$专利盘点.xlsx", "子/__MACOSX/专利盘点.csv", "我的专利盘点.csv"]
    scan = folder.scan(make(tmp_path, dict.fromkeys(names, "")), CONTRACT)
    assert sorted(note.file for note in scan.ignored) == sorted(names)
    assert scan.problems == ()
    assert len(scan.sources) == 2


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    aside = make(tmp_path / "aside", {})
    path = make(tmp_path / "week", {})
    (path / "专利盘点_链接.csv").symlink_to(aside / "专利盘点.csv")
    (path / "链接").symlink_to(aside, target_is_directory=True)
    scan = folder.scan(path, CONTRACT)
    assert [source.relative for source in scan.sources] == ["专利盘点.csv", "单位名录.csv"]
    assert [note.file for note in scan.ignored] == ["专利盘点_链接.csv", "链接"]


def test_a_folder_reached_through_a_link_is_read(tmp_path: Path) -> None:
    make(tmp_path / "week", {})
    (tmp_path / "link").symlink_to(tmp_path / "week", target_is_directory=True)
    assert len(_found(tmp_path / "link")) == 2


def test_a_pipe_with_a_tables_name_is_a_problem_and_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(make(tmp_path, {}) / "对接活动.csv")
    assert folder.scan(tmp_path, CONTRACT).problems == (
        "对接活动.csv：不是普通文件，读不出来，请换成「对接活动」的导出文件。",
    )


def test_a_folder_may_have_a_tables_name(tmp_path: Path) -> None:
    make(tmp_path, {"专利盘点.xlsx/专利盘点.csv": PATENT_CSV})
    assert ("patents", "专利盘点.xlsx/专利盘点.csv") in _found(tmp_path)


def test_names_that_are_no_text_can_still_be_shown(tmp_path: Path) -> None:
    make(tmp_path, {})
    os.close(os.open(os.fsencode(tmp_path) + b"/\xd7\xa8.csv", os.O_CREAT))
    (note,) = folder.scan(tmp_path, CONTRACT).ignored
    assert note.file == "\ufffd\ufffd.csv" or note.file.encode()


@pytest.mark.parametrize("name", ["企业评价.csv", "evaluations.csv"])
def test_evaluations_need_enterprises(tmp_path: Path, name: str) -> None:
    assert folder.scan(make(tmp_path, {name: "", "企业名录.csv": ""}), CONTRACT).problems == ()


def test_a_missing_folder_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不存在"):
        folder.scan(tmp_path / "x", CONTRACT)
