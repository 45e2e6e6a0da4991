"""The figures that pages need beyond the contract add up to those of the contract, on its odd snapshots."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle import odd
from tests.oracle.bridge import Worlds
from tests.support.worlds import World

SNAPSHOTS = odd.snapshots()
WORLDS = Worlds()
ABSENT = World("2024-04-30", {"institutions": "institution_id\na", "patents": "patent_no,institution_id\n1,a"})
PER_FACT = ("evaluation_fields", "improvement_needs", "events_pace", "events_calendar", "events_kind", "events_list",
            "filings_unregistered", "filings_unreported", "assessments_month")  # fmt: skip


@pytest.fixture(params=["odd-2024-04-30", "odd-2025-02-28", "moved", "absent"])
def world(request: pytest.FixtureRequest) -> World:
    return WORLDS.of(SNAPSHOTS[request.param])


def total(world: World, metric: str, column: str, /, **parameters: Any) -> float:
    return sum(row[column] or 0 for row in world.query(metric, **parameters))


def only(world: World, metric: str) -> dict[str, Any]:
    (row,) = world.query(metric)
    return row


@pytest.mark.parametrize("column", ["matched", "evaluated", "with_need", "with_cooperation"])
def test_fields_add_up_to_the_groups(world: World, column: str) -> None:
    assert total(world, "evaluation_fields", column) == total(world, "evaluation_group", column)


def test_no_more_needs_are_listed_than_counted(world: World) -> None:
    listed = {(row["patent_no"], row["enterprise_name"], row["improvement_need"])
              for row in world.query("improvement_needs")}  # fmt: skip
    assert len(listed) <= total(world, "evaluation_group", "with_need")


@pytest.mark.parametrize("column", ["patents", "deals"])
def test_kinds_of_events_add_up_to_the_cities(world: World, column: str) -> None:
    assert total(world, "events_kind", column) == total(world, "events_city", column)
    assert total(world, "events_kind", "events") == total(world, "events_city", "all_events")


def test_days_and_the_list_add_up_to_the_cities(world: World) -> None:
    every_day, everything = world.query("events_calendar"), world.query("events_list")
    for city in world.query("events_city"):
        days = [row for row in every_day if row["city_code"] == city["city_code"]]
        listed = [row for row in everything if row["city_code"] == city["city_code"]]
        assert sum(day["events"] for day in days) == len(listed) == (city["all_events"] or 0)
        assert sum(day["counted"] for day in days) == (city["counted"] or 0)
        assert sum(row["is_counted"] for row in listed) == (city["counted"] or 0)


@pytest.mark.parametrize("year", [None, 2023])
def test_lists_of_contracts_add_up_to_the_cities(world: World, year: int | None) -> None:
    for metric, column in (("filings_unregistered", {}), ("filings_unreported", {"year": year})):
        name = metric.removeprefix("filings_")
        assert total(world, metric, "times", **column) == total(world, "filings_city", name, year=year)


@pytest.mark.parametrize("column", ["transfer_times", "licence_times", "unregistered", "unreported"])
def test_the_province_has_the_rows_of_its_cities(world: World, column: str) -> None:
    assert (only(world, "filings_total")[column] or 0) == total(world, "filings_city", column)


def test_the_province_counts_shared_patents_and_amounts_once(world: World) -> None:
    whole = only(world, "filings_total")
    assert whole["patents"] == only(world, "filings_province")["patents"]
    for column in ("patents", "amount", "transfer_contracts", "licence_contracts"):
        assert (whole[column] or 0) <= total(world, "filings_city", column) + 1e-9


def test_months_of_new_grants_add_up(world: World) -> None:
    for column in ("granted", "recorded", "approved"):
        assert only(world, "increment_province")[column] == total(world, "increment_month", column)
        for city in world.query("increment_city"):
            assert total(world, "increment_month", column, city=city["city_code"]) == city[column]


@pytest.mark.parametrize("column", ["assessed", "advised", "declined", "ordered_projects", "joint_projects"])
def test_months_of_assessments_add_up(world: World, column: str) -> None:
    for city in world.query("increment_city"):
        assert total(world, "assessments_month", column, city=city["city_code"]) == (city[column] or 0)
    assert (only(world, "increment_province")[column] or 0) == total(world, "increment_city", column)


def test_the_province_converts_no_more_than_its_cities(world: World) -> None:
    whole = only(world, "conversion_province")
    for column in ("approved", "products"):
        assert (whole[column] or 0) <= total(world, "conversion_city", column)
    assert (whole["implementation_rate"] is None) == (whole["approved"] == 0)


@pytest.mark.parametrize("metric", PER_FACT)
def test_an_absent_table_leaves_no_row(metric: str) -> None:
    assert ABSENT.query(metric) == []


def test_an_absent_table_leaves_no_zero() -> None:
    assert set(only(ABSENT, "filings_total").values()) == {None}
    increments = only(ABSENT, "increment_province")
    assert [increments[c] for c in ("granted", "assessed", "declined_rate", "joint_projects")] == [0, None, None, None]
    products = only(ABSENT, "conversion_province")
    assert [products[c] for c in ("approved", "product_patents", "products", "sales")] == [0, None, None, None]
