"""Events of the cities: what counts, what stands beside it, and which year it belongs to."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from dashboard.errors import UsageError
from tests.support.rows import cells, only
from tests.support.worlds import Rows, World

LEVELS = ("市级", "县级", "园区", "省级")
KINDS = ("对接", "路演", "拍卖", "交易", "展示", "推广", "培训", "宣传")


def event(event_id: str, held_on: str, level: str = "市级", kind: str = "对接", **given: Any) -> dict[str, Any]:
    return {"event_id": event_id, "held_on": held_on, "city_code": "320500", "level": level, "kind": kind, **given}


@cache
def world() -> World:
    every_level_and_kind = [
        event(f"{level}{kind}", "2024-03-01", level, kind) for level in LEVELS for kind in KINDS
    ]  # 18 of 32 count
    others = [
        event("first day", "2024-01-01", patents=10, deals=1, amount=0.5),
        event("day before", "2023-12-31", patents=99, amount=99),
        event("elsewhere", "2024-02-29", city_code="320100", amount=1),
        event("training with figures", "2024-04-30", "省级", "培训", patents=5, deals=2),
    ]
    return World("2024-04-30", {"institutions": "institution_id\na", "events": every_level_and_kind + others})


def test_three_levels_and_six_kinds_count() -> None:
    suzhou = only(world().query("events_city"), city_code="320500")
    assert cells(suzhou, "counted target shortfall status rank") == [19, 5, 0, "met", 1]


def test_all_other_columns_take_every_event_of_the_year() -> None:
    suzhou = only(world().query("events_city"), city_code="320500")
    kinds = "dock roadshow auction trade exhibition promotion training publicity"
    assert cells(suzhou, kinds) == [5, 4, 4, 4, 4, 4, 5, 4]
    assert cells(suzhou, "city_level county_level park_level province_level") == [9, 8, 8, 9]
    assert cells(suzhou, "all_events patents deals amount") == [34, 15, 3, 0.5]


def test_a_year_behind_is_missed_and_a_year_ahead_is_open() -> None:
    names = "year counted shortfall status amount rank"
    rows = {year: world().query("events_city", year=year) for year in (2023, 2024, 2025)}
    assert cells(only(rows[2023], city_code="320500"), names) == [2023, 1, 4, "missed", 99, 1]
    assert cells(only(rows[2024], city_code="320100"), names) == [2024, 1, 4, "open", 1, 2]
    assert cells(only(rows[2025], city_code="320500"), names) == [2025, 0, 5, "open", 0, 1]


def test_the_last_day_of_the_year_is_still_open() -> None:
    given: dict[str, Rows] = {"institutions": "institution_id\na", "events": [event("1", "2024-12-31", "园区", "推广")]}
    suzhou = only(World("2024-12-31", given).query("events_city"), city_code="320500")
    assert cells(suzhou, "counted status") == [1, "open"]


def test_a_year_is_four_digits() -> None:
    with pytest.raises(UsageError, match="四位年份"):
        world().query("events_city", year="24")


def test_cases_are_published_by_a_yes_alone() -> None:
    given = {"institutions": "institution_id\na", "cases": """
case_id,city_code,published
1,320100,true
2,320100,false
3,320100,
4,321300,true
"""}  # fmt: skip
    rows = World("2024-04-30", given).query("cases_city")
    assert [(r["city_code"], r["submitted"], r["published"]) for r in rows if r["submitted"]] == [
        ("320100", 3, 1),
        ("321300", 1, 1),
    ]
