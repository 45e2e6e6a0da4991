"""The composite score of the cities: its parts, weights, scope, year, and the week before."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from dashboard.errors import UsageError
from tests.support.rows import cells, only
from tests.support.worlds import Rows, World

INSTITUTIONS = """
institution_id,city_code,affiliation
big,320100,部属
town,320100,市属
su,320500,市属
xu,320300,省属
"""

# Group A: all of the stock is due. 南京 3 of 4, 苏州 1 of 2, 徐州 none of 1.
PATENTS = """
patent_no,institution_id,review_status,approved_on
1,big,已通过,2024-03-01
2,big,已通过,2024-03-01
3,town,已通过,2024-03-01
4,town,未建档,
5,su,已通过,2024-03-01
6,su,未建档,
7,xu,未建档,
"""

EVERYTHING: dict[str, Rows] = {
    "institutions": INSTITUTIONS,
    "patents": PATENTS,
    "enterprises": "enterprise_id,city_code,categories\ne,320100,国家知识产权示范企业\nf,320100,其他\ng,320500,其他",
    "evaluations": "patent_no,enterprise_id,evaluated_on\n1,e,2024-04-01\n1,f,\n2,f,\n3,f,\n1,g,2024-04-01",
    "events": """
event_id,held_on,city_code,level,kind
1,2024-04-01,320100,市级,对接
2,2024-04-02,320100,市级,培训
3,2023-04-01,320500,市级,对接
""",
    "filings": """
filing_no,patent_no,kind,institution_id,registered_on
K,1,转让,big,2024-04-01
K,2,转让,big,2024-04-01
L,5,普通许可,su,2024-04-01
L,6,普通许可,su,2024-04-01
M,7,普通许可,xu,2023-04-01
""",
    "products": "product_no,patent_no,stage,registered_on\nP,1,备案,2024-03-01\nQ,5,备案,2024-03-01",
}

PARTS = "inventory_score evaluation_score events_score filings_score products_score"
NO_WEIGHTS = {f"weight_{part}": 0 for part in ("inventory", "evaluation", "events", "filings", "products")}


@cache
def world() -> World:
    before: dict[str, Rows] = {
        "institutions": INSTITUTIONS,
        "patents": PATENTS.replace("3,town,已通过,2024-03-01", "3,town,未建档,"),
        "events": EVERYTHING["events"],
    }
    return World("2024-04-30", EVERYTHING, World("2023-12-31", before))


def city(code: str, **parameters: Any) -> list[Any]:
    row = only(world().query("ranking_city", **parameters), city_code=code)
    return cells(row, PARTS + " score rank")


def test_the_parts_of_a_score() -> None:
    assert city("320100") == pytest.approx([75, 25, 20, 50, 100 / 3, 48.8333333333333, 2])
    assert city("320500") == pytest.approx([50, 100, 0, 100, 100, 65, 1])


def test_a_missing_part_takes_no_weight() -> None:
    # no enterprise and nothing approved: inventory, events and filings remain, all 0
    assert city("320300") == [0, None, 0, 0, None, 0, 3]
    # no stock at all: events alone
    assert city("320200") == [None, None, 0, None, None, 0, 3]


def test_scope_narrows_institutions_but_neither_events_nor_evaluation() -> None:
    assert city("320100", scope="municipal") == pytest.approx([50, 25, 20, 0, 0, 28, 2])
    assert city("320300", scope="municipal") == [None, None, 0, None, None, 0, 3]
    assert city("320500", scope="provincial")[:5] == [None, 100, 0, None, None]
    # where 南京 alone has filings or products, it is the best
    assert city("320100", scope="provincial")[3:5] == [100, 100]


def test_year_moves_events_and_filings() -> None:
    assert city("320500", year=2023)[:5] == [50, 100, 20, 0, 100]
    assert city("320300", year=2023)[3] == 100


def test_a_best_city_of_nothing_leaves_no_part() -> None:
    rows = world().query("ranking_city", year=2022)
    assert {r["filings_score"] for r in rows} == {None}
    assert {r["events_score"] for r in rows} == {0}


def test_weights_are_proportions() -> None:
    only_inventory = {**NO_WEIGHTS, "weight_inventory": 0.25}
    assert city("320100", **only_inventory)[5:] == [75, 1]
    assert city("320200", **only_inventory)[5:] == [None, None]


@pytest.mark.parametrize("size", [1e-320, 1e-9, 1e307])
def test_weights_of_any_size_are_proportions(size: float) -> None:
    sized = {**NO_WEIGHTS, "weight_inventory": size, "weight_events": 3 * size}
    plain = {**NO_WEIGHTS, "weight_inventory": 1, "weight_events": 3}
    for code in ("320100", "320500", "320300"):
        assert city(code, **sized)[5:] == pytest.approx(city(code, **plain)[5:])


def test_proportions_cost_no_digit() -> None:
    weights = {**NO_WEIGHTS, "weight_inventory": 0.4, "weight_events": 0.15}
    row = only(world().query("ranking_city", **weights), city_code="320100")
    assert row["score"] == (0.4 * row["inventory_score"] + 0.15 * row["events_score"]) / (0.4 + 0.15)


def test_no_weight_at_all_gives_no_score_and_no_rank() -> None:
    rows = world().query("ranking_city", **NO_WEIGHTS)
    assert {(r["score"], r["rank"], r["previous_rank"], r["rank_change"]) for r in rows} == {(None, None, None, None)}
    assert rows[0]["inventory_score"] == 75


@pytest.mark.parametrize("weight", ["-1", "nan", "inf", "many"])
def test_a_weight_is_a_number_of_at_least_0(weight: str) -> None:
    with pytest.raises(UsageError, match="weight_events"):
        world().query("ranking_city", weight_events=weight)


def test_the_rank_before_takes_the_same_parameters_and_its_own_year() -> None:
    # 2023: inventory 50, 50, 0; events 0, 20, 0 (苏州 held one that year); nothing else is there
    rows = {r["city_code"]: r for r in world().query("ranking_city")}
    assert cells(rows["320500"], "previous_rank rank_change") == [1, 0]
    assert cells(rows["320100"], "previous_rank rank_change") == [2, 0]
    municipal = only(world().query("ranking_city", scope="municipal"), city_code="320100")
    assert cells(municipal, "rank previous_rank") == [2, 2]
    same_year = only(world().query("ranking_city", year=2024), city_code="320500")
    assert cells(same_year, "rank previous_rank rank_change") == [1, 1, 0]


def test_no_week_before_no_rank_before() -> None:
    rows = World("2024-04-30", EVERYTHING).query("ranking_city")
    assert {(r["previous_rank"], r["rank_change"]) for r in rows} == {(None, None)}
