"""An absent table leaves nulls or nothing; a table that is there without rows leaves zeros."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.support.worlds import JIANGSU, Rows, World, contract_of

REQUIRED: dict[str, Rows] = {
    "institutions": "institution_id\na",
    "patents": """
patent_no,institution_id,granted_on,review_status,approved_on,listed_on,stars,maturity
1,a,2021-06-15,已通过,2024-03-01,2024-03-02,3,产品
2,a,2024-01-05,待院审,,,,
""",
}
OPTIONAL = [t.name for t in contract_of(JIANGSU).tables if t.name not in REQUIRED]

# The columns that stay where every optional table is absent; the others are null in each row.
STAYING = {
    "evaluation_group": {"enterprise_group", "milestone_due", "share"},
    "evaluation_city": {"city_code", "city_name", "enterprise_group"},
    "events_city": {"city_code", "city_name", "year", "target"},
    "filings_city": {"city_code", "city_name"},
    "filings_institution": {"institution_id", "institution_name", "city_code", "city_name"},
    "conversion_city": {"city_code", "city_name", "approved", "implemented", "implementation_rate", "industrialised",
                        "industrialisation_rate"},
    "routes": {"route", "label", "patents", "share", "stars_4_up"},
    "routes_city": {"city_code", "city_name", "route", "label", "patents", "share", "stars_4_up"},
    "field_profile": {"field", "patents", "approved", "listed", "stars_mean", "maturity_high_share"},
    "increment_city": {"city_code", "city_name", "granted", "recorded", "approved", "inventory_rate"},
    "ranking_city": {"city_code", "city_name", "inventory_score", "score", "rank"},
    "pilots_stage": {"stage"},
    "cases_city": {"city_code", "city_name"},
}  # fmt: skip

# Null without a table as with an empty one: nothing to divide by, or nothing before.
NEVER_ZERO = {"evaluation_rate", "rank", "required", "gap", "status", "previous_rate", "change_pp", "yoy",
              "declined_rate", "evaluation_score", "filings_score", "products_score", "previous_rank",
              "rank_change"}  # fmt: skip


@cache
def absent() -> World:
    return World("2024-04-30", REQUIRED)


@cache
def empty() -> World:
    return World("2024-04-30", {**REQUIRED, **{name: [] for name in OPTIONAL}})


def rows(world: World, name: str) -> list[dict[str, Any]]:
    return world.query(name)


@pytest.mark.parametrize("name", STAYING)
def test_fixed_rows_stay_with_nulls(name: str) -> None:
    found = rows(absent(), name)
    assert len(found) == len(rows(empty(), name)) > 0
    assert {column for column, value in found[0].items() if value is not None} == STAYING[name]
    assert {column for row in found for column, value in row.items() if value is not None} == STAYING[name]


@pytest.mark.parametrize("name", STAYING)
def test_an_empty_table_gives_zeros(name: str) -> None:
    for row in rows(empty(), name):
        unsaid = {c: v for c, v in row.items() if c not in STAYING[name] | NEVER_ZERO}
        assert all(value in (0, JIANGSU.events.target) for value in unsaid.values()), unsaid


@pytest.mark.parametrize("name", ["filings_month", "filings_flow", "experts_field", "portfolios"])
def test_rows_of_facts_are_none(name: str) -> None:
    assert rows(absent(), name) == rows(empty(), name) == []


def test_nothing_matched_has_a_status_and_nothing_known_has_none() -> None:
    assert [r["status"] for r in rows(absent(), "evaluation_group")] == [None, None]
    assert [r["status"] for r in rows(empty(), "evaluation_group")] == ["none", "none"]


def test_enterprises_need_their_own_table_alone() -> None:
    world = World("2024-04-30", {**REQUIRED, "enterprises": "enterprise_id,categories\ne,其他"})
    assert [r["enterprises"] for r in rows(world, "evaluation_group")] == [0, 1]
    assert [r["matched"] for r in rows(world, "evaluation_group")] == [None, None]


def test_no_events_known_is_not_no_events_held() -> None:
    assert {r["status"] for r in rows(absent(), "events_city")} == {None}
    assert {r["status"] for r in rows(empty(), "events_city")} == {"open"}
    assert {r["rank"] for r in rows(empty(), "events_city")} == {1}
