"""Which row is the header, and what its cells stand for."""

from __future__ import annotations

import pytest

from dashboard.intake import headers
from dashboard.intake.sheet import UnreadableError
from tests.intake.folders import PATENT_HEADER, PATENT_ROW, PATENTS
from tests.support.raw import CONTRACT

EXPERTS = CONTRACT.table("experts")


@pytest.mark.parametrize(
    "written",
    ["专利号", " 专 利\n号 ", "*专利号", "专利号＊", "专利号（必填）", "专利号(a（b）c)", "【1】专利号", "'专利号",
     '="专利号"', "\ufeff专利\u200b号", "专利&nbsp;号", "专利号［如 ZL2013］", "〔甲〕专利号《乙》"],
)  # fmt: skip
def test_written_forms_of_a_header(written: str) -> None:
    assert headers.normal(written) == "专利号"


def test_width_and_case_do_not_count() -> None:
    assert headers.normal("ＩＰＣ主分类号") == headers.normal("ipc主分类号")
    assert headers.normal("专利号／申请号") == headers.normal("专利号/申请号")
    assert headers.normal("Patent_No") == "patent_no"


def test_brackets_that_do_not_close_stay() -> None:
    assert headers.normal("金额(万元") == "金额(万元"


def test_no_table_has_two_columns_of_one_spelling() -> None:
    for table in CONTRACT.tables:
        spellings = [s for column in table.columns for s in {headers.normal(s) for s in column.spellings}]
        assert len(spellings) == len(set(spellings)), table.name


def test_first_row_with_every_required_column() -> None:
    rows = [
        ["附件1"],
        [],
        ["专家编号", "企业编码"],
        ["序号", "专家编号", "企业编码", "入库日期", "", "电话", ""],
        ["", "1", "E1"],
    ]
    header = headers.find(rows, EXPERTS)
    assert header.row == 4
    assert header.positions == {"expert_id": 1, "enterprise_id": 2, "joined_on": 3}
    assert header.extras == ("序号", "电话")
    assert header.width == 6


@pytest.mark.parametrize(
    ("names", "position"),
    [
        (["申请号", "patent_no", "专利号"], 2),
        (["申请号", "PATENT_NO", "专利号/申请号"], 1),
        (["申请号", "专利号/申请号"], 1),
        (["专利号", "申请号", "申请号"], 0),
    ],
)
def test_header_beats_english_name_beats_aliases_in_order(names: list[str], position: int) -> None:
    header = headers.find([[*names, *PATENT_HEADER[1:]]], PATENTS)
    assert header.positions["patent_no"] == position
    assert header.extras == tuple(name for i, name in enumerate(names) if i != position)


@pytest.mark.parametrize("again", ["专利号", "专利号(2)", "技术领域"])
def test_a_header_twice_is_an_error(again: str) -> None:
    with pytest.raises(UnreadableError, match="出现了 2 次") as caught:
        headers.find([[*PATENT_HEADER, "技术领域", again]], PATENTS)
    assert not caught.value.is_headless


def test_what_is_missing_is_named() -> None:
    with pytest.raises(UnreadableError, match="第 2 行缺少必需的列「专利号」、「专利名称」") as caught:
        headers.find([["标题"], PATENT_HEADER[2:], PATENT_ROW], PATENTS)
    assert caught.value.is_headless


@pytest.mark.parametrize(
    "cell", ["", " ", "\t\r\n", "\u3000", "\xa0", "\u200b\u2060\ufeff", "&nbsp; &nbsp;", "'", ' = "" ', "' "]
)
def test_cells_that_are_not_filled(cell: str) -> None:
    assert headers.compact(cell) == ""


@pytest.mark.parametrize("cell", ["-", "无", "0", "''", '"', "&nbsp", "\uffff#N/A"])
def test_cells_that_are_filled(cell: str) -> None:
    assert headers.compact(cell)
