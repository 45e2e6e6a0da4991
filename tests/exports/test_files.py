"""CSV and XLSX as they open again: the same numbers, no formula, and a word on where they come from."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import UsageError
from dashboard.exports import cellformats, csvfile, workbook
from dashboard.exports.sheet import Origin, Sheet, guard, unguard

DEMO = Origin(date(2024, 4, 26), "2024-04-26-1a2b3c4d", is_demonstration=True, view="属地，2024 年")
REAL = Origin(date(2024, 4, 26), "2024-04-26-1a2b3c4d", is_demonstration=False)
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠a", "　=1", "'=1"]


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    unit: str
    note: str = ""


COLUMNS = (
    Column("city_name", "设区市", "text"),
    Column("stock", "存量", "patents", "2023 年底"),
    Column("inventory_rate", "盘点率", "rate"),
    Column("change_pp", "较上期", "pp"),
    Column("due_on", "到期日", "date"),
    Column("status", "状态", "status"),
    Column("rank_change", "名次变化", "rank"),
    Column("amount", "金额", "amount"),
)
FRAME = pd.DataFrame(
    {
        "city_name": ["南京市", "=cmd|' /C calc'!A0"],
        "stock": [48210, None],
        "inventory_rate": [0.634, None],
        "change_pp": [-1.25, None],
        "due_on": [pd.Timestamp("2024-04-30"), pd.NaT],
        "status": ["missed", None],
        "rank_change": [-2, None],
        "amount": [1204.5, None],
    }
)


def _sheet(frame: pd.DataFrame = FRAME, title: str = "各市盘点率") -> Sheet:
    return Sheet(title, COLUMNS, frame, definition="已盘点入库存量\n除以存量", clause="四.1")


def _csv(origin: Origin = DEMO) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csvfile.write(_sheet(), origin).decode("utf-8-sig"))))


def test_csv_opens_in_excel_with_labels_and_units() -> None:
    assert csvfile.write(_sheet(), DEMO).startswith(b"\xef\xbb\xbf")
    assert _csv()[0] == [
        "设区市", "存量（件）", "盘点率（%）", "较上期（个百分点）", "到期日", "状态", "名次变化", "金额（万元）",
    ]  # fmt: skip


def test_csv_has_numbers_to_reckon_with_and_empty_nulls() -> None:
    rows = _csv()
    assert rows[1] == ["南京市", "48210", "63.4", "-1.25", "2024-04-30", "▲ 未达标", "-2", "1204.5"]
    assert rows[2] == ["'=cmd|' /C calc'!A0", "", "", "", "", "", "", ""]


def test_csv_keeps_every_digit_of_a_rate() -> None:
    third = _sheet(FRAME.head(1).assign(inventory_rate=1 / 3))
    assert "33.33333333333333" in csvfile.write(third, REAL).decode("utf-8-sig")


def test_csv_says_at_its_end_where_it_comes_from() -> None:
    assert [row[0] for row in _csv()[3:]] == [
        "# 标题：各市盘点率",
        "# 口径：已盘点入库存量 除以存量",
        "# 依据：四.1",
        "# 数据截至：2024-04-26",
        "# 快照编号：2024-04-26-1a2b3c4d",
        "# 范围：属地，2024 年",
        "# 演示数据：单位名称真实，数字均为虚构，不得引用",
    ]


def test_the_notes_of_csv_can_be_left_out_on_reading() -> None:
    again = pd.read_csv(io.BytesIO(csvfile.write(_sheet(), DEMO)), comment="#")
    assert again.shape == (2, 8)


def test_a_real_snapshot_has_no_mark_of_demonstration() -> None:
    assert "演示" not in csvfile.write(_sheet(), REAL).decode("utf-8-sig")


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_could_run_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["南京市", "CN202010123456.7", "3-5", "a=b", "'引号", "—", "–", ""])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == text


@given(st.text(alphabet="'=+-@＝＋－＠\t\r\n 　a1"))
def test_the_guard_can_be_taken_off_any_text(text: str) -> None:
    assert unguard(guard(text)) == text


def test_a_file_name_says_date_and_demonstration() -> None:
    assert DEMO.file_name("各市/盘点率", "csv") == "各市-盘点率_2024-04-26_演示数据.csv"
    assert REAL.file_name("各市盘点率", "xlsx") == "各市盘点率_2024-04-26.xlsx"


def _book(*sheets: Sheet, origin: Origin = DEMO) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.write(sheets or (_sheet(),), origin)))


def test_a_workbook_has_numbers_dates_and_words() -> None:
    page = _book()["各市盘点率"]
    assert [cell.value for cell in page[3]] == [
        "南京市", 48210, 0.634, -1.25, datetime(2024, 4, 30), "▲ 未达标", -2, 1204.5,
    ]  # fmt: skip
    assert [cell.value for cell in page[4]][1:] == [None] * 7


def test_formats_follow_the_unit() -> None:
    assert [cell.number_format for cell in _book()["各市盘点率"][3]] == [
        "General", "#,##0", "0.0%", '"＋"0.0;"－"0.0;0.0', "yyyy-mm-dd", "General", '"↑"0;"↓"0;"–"', "#,##0.00",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [*DANGEROUS, "http://a.b", "{=1}", "12345", "_x0041_"])
def test_text_in_a_workbook_is_text(text: str) -> None:
    cell = _book(_sheet(FRAME.head(1).assign(city_name=text)))["各市盘点率"]["A3"]
    assert cell.data_type == "s"
    assert str(cell.value).replace("_x000D_", "\r") == text
    assert cell.hyperlink is None


def test_the_heading_stays_in_sight_and_prints_on_one_page_width() -> None:
    page = _book()["各市盘点率"]
    assert page.freeze_panes == "B3"
    assert page.print_title_rows == "$1:$2"
    assert (page.page_setup.paperSize, page.page_setup.fitToHeight) == (9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage is True
    assert page.auto_filter.ref == "A2:H4"


def test_a_sheet_prints_across_the_page_when_its_columns_are_wide() -> None:
    wide = _book(_sheet(FRAME.assign(city_name="中国科学院苏州生物医学工程技术研究所和另一个很长的单位")))["各市盘点率"]
    assert wide.page_setup.orientation == "landscape"
    assert _book(Sheet("窄", COLUMNS[:2], FRAME))["窄"].page_setup.orientation != "landscape"


def test_a_row_is_as_high_as_its_text() -> None:
    page = _book(_sheet(FRAME.assign(city_name=["长" * 100, "短"])))["各市盘点率"]
    assert page.row_dimensions[3].height == 4 * cellformats.LINE
    assert page.row_dimensions[4].height is None


def test_a_total_is_bold_and_stays_where_it_is() -> None:
    dress = workbook.Dress(has_total=True, stressed=[1])
    page = openpyxl.load_workbook(io.BytesIO(workbook.write([_sheet()], DEMO, None, {0: dress})))["各市盘点率"]
    assert [page.cell(line, 1).font.bold for line in (3, 4)] == [False, True]
    assert page.auto_filter.ref == "A2:H3"


def test_a_workbook_says_what_it_is_and_that_it_is_invented() -> None:
    book = _book()
    assert book["各市盘点率"]["A1"].value == "各市盘点率（演示数据）　数据截至 2024-04-26"
    told = {row[0].value: row[1].value for row in book["说明"].iter_rows() if row[0].value}
    assert told["快照编号"] == "2024-04-26-1a2b3c4d"
    assert told["演示数据"] == "单位名称真实，数字均为虚构，不得引用"
    assert told["口径"] == "已盘点入库存量\n除以存量"
    assert told["存量"] == "单位：件；2023 年底"
    assert told["较上期"] == "单位：个百分点"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert workbook.write([_sheet()], DEMO) == workbook.write([_sheet()], DEMO)
    assert csvfile.write(_sheet(), DEMO) == csvfile.write(_sheet(), DEMO)


def test_sheets_have_names_that_a_workbook_takes() -> None:
    long = "一二三四五六七八九十" * 4
    book = _book(_sheet(title=long), _sheet(title=long), _sheet(title="转让/许可:2024"), _sheet(title="说明"))
    assert book.sheetnames == [long[:31], f"{long[:27]}(2)", "转让-许可-2024", "说明(2)", "说明"]


def test_a_sheet_without_rows_has_its_heading() -> None:
    page = _book(_sheet(FRAME.head(0)))["各市盘点率"]
    assert page.max_row == 2
    assert page["A2"].value == "设区市"


def test_codes_are_written_in_words() -> None:
    frame = pd.DataFrame({"group": ["A"]})
    sheet = Sheet("组别", [Column("group", "组别", "text")], frame, labels={"group": {"A": "甲组"}})
    assert sheet.rows() == [["甲组"]]


def test_too_many_rows_are_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    with pytest.raises(UsageError, match="各市盘点率共 2 行，超过一张工作表能放的 1 行，请先筛选，或改导出 CSV。"):
        workbook.write([_sheet()], DEMO)


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    value = _book(_sheet(FRAME.head(1).assign(city_name="长" * 40_000)))["各市盘点率"]["A3"].value
    assert len(value) == 32_767
    assert value.endswith("…")
