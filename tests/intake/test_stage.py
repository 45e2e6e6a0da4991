"""From a folder to raw cells in DuckDB: rows numbered, skipped and counted; nothing of an extra column kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.errors import FileProblems
from dashboard.intake import folder, headers, rows, stage
from dashboard.intake.sheet import batches_of
from tests.intake.folders import INSTITUTION_CSV, PATENT_CSV, PATENT_HEADER, PATENT_ROW, PATENTS, csv_text, xlsx
from tests.intake.folders import folder as make
from tests.support.raw import CONTRACT, PATENT

SECRET = "13812345678"


class Given:
    """A folder staged, and what to ask of it."""

    def __init__(self, path: Path, files: dict[str, str | bytes]) -> None:
        self.connection = duckdb.connect()
        self.told: list[tuple[str, int, int]] = []
        scan = folder.scan(make(path, files), CONTRACT)
        self.staged = stage.stage(self.connection, scan, CONTRACT, lambda *args: self.told.append(args))

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        relation = self.connection.table(f"raw_{table}")
        if columns:
            relation = relation.project(", ".join(columns))
        return relation.fetchall()


def _lines(*lines: str, width: int = len(PATENT_HEADER)) -> str:
    return PATENT_CSV + "".join(line + "\n" for line in lines)


def test_row_numbers_over_files_and_sheets(tmp_path: Path) -> None:
    book = xlsx(
        {
            "一": [["标题"], [], PATENT_HEADER, PATENT_ROW, [], PATENT_ROW],
            "说明": [["注"]],
            "二": [PATENT_HEADER, PATENT_ROW],
        }
    )
    given_ = Given(tmp_path, {"专利盘点_b.xlsx": book, "专利盘点.csv": "上报表\n\n" + PATENT_CSV})
    assert given_.rows("patents", "row_id", "sheet_id", "row_no", "is_overflow", "patent_no") == [
        (0, 1, 4, False, "ZL201910200007.0"),
        (1, 2, 4, False, "ZL201910200007.0"),
        (2, 2, 6, False, "ZL201910200007.0"),
        (3, 3, 2, False, "ZL201910200007.0"),
    ]
    assert given_.rows("sheets") == [
        (0, "institutions", "单位名录.csv", None, 1, 1, 0),
        (1, "patents", "专利盘点.csv", None, 3, 1, 0),
        (2, "patents", "专利盘点_b.xlsx", "一", 3, 3, 1),
        (3, "patents", "专利盘点_b.xlsx", "二", 1, 1, 0),
    ]
    assert [(n.kind, n.file, n.sheet) for n in given_.staged.notes] == [("sheet", "专利盘点_b.xlsx", "说明")]


def test_skipped_rows_are_counted_and_not_stored(tmp_path: Path) -> None:
    lines = [
        ",,,", "", '"　","\u200b",&nbsp;',
        "合 计：,5", ",总计:,,9", "小计,1", "'合计,2", '"=""总计""",3',
        "注：本表由平台导出", ",,,单元",
        ",".join(PATENT_HEADER), ",".join(f"*{name} " for name in PATENT_HEADER), ",".join(PATENT),
    ]  # fmt: skip
    kept = ["合计数,1,,", "合计::x,1", ",".join(PATENT_HEADER[:-1]), "专利号,2", "-,/"]
    given_ = Given(tmp_path, {"专利盘点.csv": _lines(*lines, *kept, "", ",,")})
    assert given_.rows("sheets")[-1][-2:] == (1 + len(lines) + len(kept), len(lines))
    assert [row_no for (row_no,) in given_.rows("patents", "row_no")] == [2, *range(16, 21)]


def test_a_file_may_end_with_its_header(tmp_path: Path) -> None:
    given_ = Given(tmp_path, {"对接活动.csv": "活动编号,活动名称,活动日期,所在设区市,组织层级,活动类型\n\n,,\n"})
    assert given_.staged.present == ("institutions", "patents", "events")
    assert given_.rows("events") == []
    assert given_.rows("sheets")[-1][-2:] == (0, 0)


def test_a_cell_beyond_the_header_overflows_and_takes_the_row_with_it(tmp_path: Path) -> None:
    row = ",".join(PATENT_ROW)
    given_ = Given(tmp_path, {"专利盘点.csv": _lines(row + ",", row + ",,\u3000", row + f",{SECRET}", row + ",,-")})
    assert given_.rows("patents", "row_no", "is_overflow", "patent_no") == [
        (2, False, "ZL201910200007.0"),
        (3, False, "ZL201910200007.0"),
        (4, False, "ZL201910200007.0"),
        (5, True, None),
        (6, True, None),
    ]


def test_header_cells_without_text_do_not_widen_the_header(tmp_path: Path) -> None:
    content = csv_text([*PATENT_HEADER, "", " "], [*PATENT_ROW, "x", ""])
    assert Given(tmp_path, {"专利盘点.csv": content}).rows("patents", "is_overflow") == [(True,)]


def test_short_rows_and_missing_columns_are_empty(tmp_path: Path) -> None:
    ((title, kind, stars),) = Given(tmp_path, {"专利盘点.csv": csv_text(PATENT_HEADER, ["ZL1", "甲"])}).rows(
        "patents", "title", "patent_type", "stars"
    )
    assert title == "甲"
    assert not kind
    assert not stars


def test_cells_of_extra_columns_are_nowhere(tmp_path: Path) -> None:
    content = csv_text(["电话", *PATENT_HEADER, "备注"], [SECRET, *PATENT_ROW, SECRET])
    given_ = Given(
        tmp_path,
        {"专利盘点.csv": content, "专利盘点.xlsx": xlsx({"表": [["邮箱", *PATENT_HEADER], [SECRET, *PATENT_ROW]]})},
    )
    everything = [given_.rows(name) for name in ("patents", "institutions", "sheets", "columns")]
    assert SECRET not in str(everything) + str(given_.staged)
    assert [note.message for note in given_.staged.notes] == [
        "不属于「专利盘点」的列，不读取：「电话」、「备注」",
        "不属于「专利盘点」的列，不读取：「邮箱」",
    ]
    assert (1, "patent_no", 1) in given_.rows("columns")


def test_hidden_sheets_are_noted(tmp_path: Path) -> None:
    book = xlsx({"一": [PATENT_HEADER, PATENT_ROW], "二": [PATENT_HEADER, PATENT_ROW]}, hidden=["二"])
    given_ = Given(tmp_path, {"专利盘点_2.xlsx": book})
    assert [(n.sheet, n.message) for n in given_.staged.notes] == [("二", "是隐藏的工作表，不读取")]
    assert len(given_.rows("patents")) == 2


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    told = Given(tmp_path, {"专利盘点_2.xlsx": xlsx({"一": [PATENT_HEADER]})}).told
    assert told[-1][1] == told[-1][2]
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_nothing_is_left_behind_by_a_bad_folder(tmp_path: Path) -> None:
    connection = duckdb.connect()
    scan = folder.scan(make(tmp_path, {"专利盘点_2.csv": "x\n"}), CONTRACT)
    with pytest.raises(FileProblems):
        stage.stage(connection, scan, CONTRACT)
    assert connection.execute("show all tables").fetchall() == []


def test_institutions_and_patents_by_english_names(tmp_path: Path) -> None:
    given_ = Given(
        tmp_path, {"patents_2.csv": csv_text(list(PATENT), PATENT_ROW), "Institutions_2.CSV": INSTITUTION_CSV}
    )
    assert len(given_.rows("patents")) == 2
    assert len(given_.rows("institutions")) == 2


_HEADER = headers.find([["序号", *PATENT_HEADER, "备注"]], PATENTS)
_CELLS = st.sampled_from(
    ["", "", "", "1", "ZL2019", "合计", "合 计：", "小计:", "合肥", "总", "'", "'合计", '=""', '="小计"', "\u3000",
     "&nbsp;", "\uffff#N/A", "专利号", "*专利号", "PATENT_NO", "p", "（注）", "é", "𠮷"]
)  # fmt: skip
_RANDOM = st.lists(_CELLS, max_size=len(PATENT_HEADER) + 4)
_LIKE_HEADER = st.tuples(_CELLS, st.sampled_from(["专利号", "申请号", "patent_no", "x"])).map(
    lambda start: [*start, *PATENT_HEADER[1:]]
)


def _plainly(cells: Sequence[str]) -> tuple[bool, bool, bool]:
    """The contract's words, one row at a time."""
    filled = [i for i, cell in enumerate(cells) if headers.compact(cell)]
    if not filled:
        return False, True, False
    first = headers.compact(cells[filled[0]])
    is_total = first in {word + colon for word in ("合计", "总计", "小计") for colon in ("", ":", "：")}
    is_header = all(
        headers.normal(cells[_HEADER.positions[c.name]]) in set(map(headers.normal, c.spellings))
        for c in PATENTS.columns
        if c.required and _HEADER.positions[c.name] < len(cells)
    ) and len(cells) > max(_HEADER.positions.values())
    if len(filled) == 1 or is_total or is_header:
        return False, False, False
    return True, False, filled[-1] >= _HEADER.width


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_RANDOM, _LIKE_HEADER), min_size=1, max_size=8))
def test_rows_judged_at_a_glance_are_judged_as_one_by_one(some: list[list[str]]) -> None:
    classifier = rows.Classifier(_HEADER, PATENTS, CONTRACT)
    (batch,) = batches_of(some)
    assert isinstance(batch, pa.Table)
    verdict = classifier.judge(batch)
    found = list(zip(verdict.is_data.tolist(), verdict.is_blank.tolist(), verdict.is_overflow.tolist(), strict=True))
    assert found == [_plainly(cells) for cells in some]
