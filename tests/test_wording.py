"""The words and number formats that pages, charts and exports share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard import wording
from tests.support.contrast import contrast
from tests.support.worlds import JIANGSU


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    unit: str
    note: str = ""


@pytest.mark.parametrize(
    ("given", "unit", "said"),
    [
        (0.634, "rate", "63.4%"),
        (1, "rate", "100.0%"),
        (0.0005, "rate", "0.1%"),
        (0.00049, "rate", "0.0%"),
        (5.25, "pp", "＋5.3"),
        (-0.35, "pp", "－0.4"),
        (-0.04, "pp", "0.0"),
        (161034, "patents", "161,034"),
        (-37, "patents", "-37"),
        (1204.5, "amount", "1,204.50"),
        (3.0, "rank", "3"),
        (83.25, "score", "83.3"),
        (date(2024, 4, 26), "date", "2024-04-26"),
        (pd.Timestamp("2024-04-26"), "date", "2024-04-26"),
        (date(2024, 4, 1), "month", "2024-04"),
        ("missed", "status", "▲ 未达标"),
        (True, "boolean", "是"),
        (False, "boolean", "否"),
        (None, "rate", "—"),
        (float("nan"), "patents", "—"),
        (pd.NaT, "date", "—"),
        (pd.NA, "patents", "—"),
    ],
)
def test_a_value_reads_by_its_unit(given: Any, unit: str, said: str) -> None:
    assert wording.value(given, unit) == said


@pytest.mark.parametrize(
    ("given", "unit", "said"),
    [(5.2, "pp", "＋5.2 个百分点"), (-37, "patents", "－37 件"), (0, "patents", "0 件"), (None, "pp", "—")],
)
def test_a_change_has_its_sign_and_unit(given: Any, unit: str, said: str) -> None:
    assert wording.change(given, unit) == said


@pytest.mark.parametrize(("places", "said"), [(2, "↑2"), (-1.0, "↓1"), (0, "–"), (None, "—")])
def test_a_movement_is_an_arrow(places: Any, said: str) -> None:
    assert wording.movement(places) == said


def test_a_cell_knows_changes_by_their_column() -> None:
    assert wording.cell(2, Column("rank_change", "名次变化", "rank")) == "↑2"
    assert wording.cell(-37, Column("approved_change", "入库变化", "patents")) == "－37"
    assert wording.cell(0.363, Column("yoy", "同比", "rate")) == "＋36.3%"
    assert wording.cell(37, Column("approved", "已盘点", "patents")) == "37"


def test_a_heading_has_the_unit() -> None:
    assert wording.heading(Column("stock", "存量", "patents")) == "存量（件）"
    assert wording.heading(Column("rank", "名次", "rank")) == "名次"
    assert wording.heading(Column("city_name", "设区市", "text")) == "设区市"


@pytest.mark.parametrize(("day", "said"), [(30, "还有 4 天"), (26, "今天到期"), (20, "已过 6 天")])
def test_days_left_are_counted_from_the_as_of_date(day: int, said: str) -> None:
    assert wording.days_left(date(2024, 4, day), date(2024, 4, 26)) == said


def test_shares_of_the_plan_have_no_idle_decimal() -> None:
    assert [wording.share(s) for s in (1, 0.6, 0.625)] == ["100%", "60%", "62.5%"]


def test_codes_of_the_policy_have_its_words() -> None:
    words = wording.labels(JIANGSU)
    assert words["group"]["C"] == "C 其他单位"
    assert words["enterprise_group"]["lead"] == "国家知识产权优势示范企业"
    assert words["status"]["late"] == "◐ 逾期达标"


def test_every_status_has_a_symbol_of_its_own() -> None:
    assert {s.text for s in wording.STATUSES.values()} == {"● 达标", "◐ 逾期达标", "▲ 未达标", "○ 未到期", "– 无存量"}


def test_text_has_a_contrast_of_four_and_a_half() -> None:
    pairs = [(wording.INK, tint) for tint in (wording.PAPER, wording.BAND, *wording.RAMP[:3])]
    pairs += [(wording.PAPER, tint) for tint in wording.RAMP[3:]]
    pairs += [(wording.INK, s.tint) for s in wording.STATUSES.values()] + [(wording.INK_SOFT, wording.PAPER)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_marks_have_a_contrast_of_three() -> None:
    assert [s.code for s in wording.STATUSES.values() if contrast(s.colour, wording.PAPER) < 3] == []


def test_a_chinese_character_is_two_wide() -> None:
    assert wording.width("盘点 A1") == 7
