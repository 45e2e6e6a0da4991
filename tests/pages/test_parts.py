"""The pieces of pages that are plain functions: lists, lines, tables, figures."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.followups import counts, digest, follow_ups
from dashboard.metrics import Column
from dashboard.ui import markup, timeline
from dashboard.ui.headline import change_of
from dashboard.ui.markup import Look
from dashboard.ui.milestone_rows import told_of

ATTENTION = pd.DataFrame(
    [
        (1, "unreported", "320100", "I1", "", 12.0, 30.0),
        (3, "behind_milestone", "320100", "I1", "", 90.0, 100.0),
        (3, "behind_milestone", "320500", "I2", "", 10.0, 214.0),
        (2, "no_recent_approval", "320500", "I2", "", None, 14.0),
        (2, "event_pace", "320500", None, "", 0.0, 1.0),
        (3, "approved_drop", "320100", "I1", "", -37.0, 0.0),
        (1, "bulk_approval", "320100", "I1", "", 0.967, 0.9),
        (1, "self_transfer", "320100", "I1", "", 3.0, 0.0),
    ],
    columns=["severity", "kind", "city_code", "institution_id", "message", "value", "threshold"],
)
NAMES = {"I1": "甲大学", "I2": "乙学院"}
CITIES = {"320100": "南京市", "320500": "苏州市"}


def test_follow_ups_stand_worst_first_and_short() -> None:
    found = follow_ups(ATTENTION, NAMES, CITIES)
    assert [item.line for item in found] == [
        "落后里程碑　乙学院　差 204 件",
        "入库回落　甲大学　－37 件",
        "落后里程碑　甲大学　差 10 件",
        "久未入库　乙学院　从未入库",
        "活动进度慢　苏州市　0 场，应 1 场",
        "未反馈平台　甲大学　12 件次超 30 天",
        "自我转让　甲大学　3 份",
        "集中入库　甲大学　单日 96.7%",
    ]
    assert counts(found)["behind_milestone"] == 2


def test_a_digest_has_each_kind_before_a_second_of_one() -> None:
    found = follow_ups(ATTENTION, NAMES, CITIES)
    assert [item.kind for item in digest(found, 3)] == ["behind_milestone", "approved_drop", "no_recent_approval"]
    assert len(digest(found, 7)) == len({item.kind for item in digest(found, 7)}) == 7
    assert digest(found, 20) == found
    assert digest([], 5) == []


GROUPS = pd.DataFrame(
    [
        ("A", dt.date(2024, 3, 31), 1.0, 3, 1, 2, 0),
        ("C", dt.date(2024, 3, 31), 0.3, 5, 0, 0, 0),
        ("C", dt.date(2024, 4, 30), 0.6, 1, 0, 0, 4),
    ],
    columns=["group", "due_on", "share", "met", "late", "missed", "open"],
)
ENTERPRISES = pd.DataFrame(
    [("优势示范企业", dt.date(2024, 4, 30), 0.6, "open")], columns=["label", "due_on", "share", "status"]
)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (dt.date(2024, 3, 1), "3月31日还有 30 天，仍差 A 2 家；已过节点没有未完成的单位"),
        (dt.date(2024, 4, 26), "4月30日还有 4 天，仍差 C 4 家；已过节点仍未完成 A 2 家"),
        (dt.date(2024, 4, 30), "4月30日今天到期，仍差 C 4 家；已过节点仍未完成 A 2 家"),
        (dt.date(2024, 5, 3), "各里程碑均已到期；已过节点仍未完成 A 2 家"),
    ],
)
def test_the_milestone_line_says_what_is_next_and_overdue(as_of: dt.date, said: str) -> None:
    assert timeline.sentence(timeline.stops(GROUPS, ENTERPRISES), as_of) == said


def test_today_stands_between_the_dates() -> None:
    drawn = timeline.draw(timeline.stops(GROUPS, ENTERPRISES), dt.date(2024, 4, 26), "milestones", {"A": "A <单位>"})
    assert drawn.index("3·31") < drawn.index("截至 4·26") < drawn.index("4·30")
    assert "A &lt;单位&gt;" in drawn


COLUMNS = (
    Column(name="name", label="单位", unit="text"),
    Column(name="stock", label="存量", unit="patents"),
    Column(name="rate", label="盘点率", unit="rate", note="已盘点 ÷ 存量"),
    Column(name="status", label="状态", unit="status"),
)


def test_a_table_escapes_text_and_lines_up_numbers() -> None:
    frame = pd.DataFrame({"name": ["<b>甲</b>"], "stock": [1204], "rate": [0.5], "status": ["missed"]})
    drawn = markup.table(frame, COLUMNS, Look(links={"name": lambda row: "x?y=\"'"}, bars=frozenset({"rate"})))
    assert "&lt;b&gt;甲&lt;/b&gt;" in drawn
    assert "<b>" not in drawn
    assert 'href="x?y=&quot;&#x27;"' in drawn
    assert "<td>1,204</td>" in drawn
    assert '<table class="zl-table zl-n2 zl-n3">' in drawn
    assert '<td style="--share:50.0%">' in drawn
    assert "▲</span> 未达标" in drawn
    assert 'title="已盘点 ÷ 存量"' in drawn


def test_a_table_shows_null_as_a_dash() -> None:
    frame = pd.DataFrame({"name": [None], "stock": [None], "rate": [None], "status": [None]})
    assert markup.table(frame, COLUMNS).count(">—</td>") == 4


def test_an_address_holds_its_parameters() -> None:
    assert markup.address("cities", city="320500", year=None) == "cities?city=320500"
    assert markup.address("overview") == "overview"


@pytest.mark.parametrize(
    ("course", "unit", "said"),
    [
        ([0.5, 0.552], "rate", "＋5.2 个百分点"),
        ([0.5, 0.5], "rate", "持平"),
        ([4.0, 3.0], "patents", "－1 件"),
        ([None, 3.0], "patents", "—"),
        ([3.0], "patents", "—"),
    ],
)
def test_a_change_is_the_last_step_of_a_course(course: list[float | None], unit: str, said: str) -> None:
    assert change_of(course, unit) == said


def test_a_course_of_one_snapshot_has_no_line() -> None:
    assert markup.sparkline([0.5], "走势") == ""
    assert "data:image/svg+xml" in markup.sparkline([0.5, None, 0.5], "走势")


@pytest.mark.parametrize(
    ("status", "said"),
    [("met", "● 达标"), ("late", "◐ 晚 12 天"), ("missed", "▲ 逾期 12 天"), ("open", "○ 应 64 件")],
)
def test_a_duty_is_told_with_its_symbol(status: str, said: str) -> None:
    assert told_of({"status": status, "days_late": 12, "required": 64}) == said
