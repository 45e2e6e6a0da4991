"""change_city: parts by distinct numbers of the city's stock, and they sum exactly to inventory_city's differences."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.scope import PROVINCE, Scope
from tests.support.worlds import World

INSTITUTIONS = "institution_id,city_code\nI1,320100\nI2,320100\nI3,320500\n"
HEAD = "patent_no,institution_id,review_status,approved_on,lapsed_on,legal_status"

BEFORE = f"""{HEAD}
stays,I1,待院审,,,有效
returned,I1,已通过,2024-04-01,,有效
within,I1,已通过,2024-04-01,,有效
moves,I1,已通过,2024-04-01,,有效
lapses,I3,已通过,2024-04-01,,有效
shared,I1,待院审,,,有效
shared,I3,已通过,2024-04-01,,有效
"""
AFTER = f"""{HEAD}
stays,I1,已通过,2024-04-09,,有效
returned,I1,校审退回,2024-04-01,,有效
within,I2,待校审,,,有效
moves,I3,待院审,,,有效
lapses,I3,已通过,2024-04-01,2023-06-01,失效
shared,I1,待院审,,,有效
shared,I2,已通过,2024-04-09,,有效
new,I3,已通过,2024-04-09,,有效
"""


@pytest.fixture(scope="module")
def before() -> World:
    return World("2024-04-03", {"institutions": INSTITUTIONS, "patents": BEFORE})


@pytest.fixture(scope="module")
def after(before: World) -> World:
    return World("2024-04-10", {"institutions": INSTITUTIONS, "patents": AFTER}, before)


def filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value and name not in ("city_code", "city_name")}


def test_parts_of_each_city(after: World) -> None:
    rows = {row["city_code"]: filled(row) for row in after.query("change_city")}
    assert rows["320100"] == {
        "stock_moved_out": 1, "net_stock": -1, "newly_approved": 2, "withdrawn": 2, "approved_moved_out": 1,
        "net_approved": -1,
    }  # fmt: skip
    assert rows["320500"] == {
        "stock_entered": 1, "stock_left": 1, "stock_moved_in": 1, "stock_moved_out": 1, "approved_entered": 1,
        "approved_left": 1, "approved_moved_out": 1, "net_approved": -1,
    }  # fmt: skip
    assert rows["320200"] == {}


def test_nets_equal_the_differences_of_inventory_city(before: World, after: World) -> None:
    earlier = {row["city_code"]: row for row in before.query("inventory_city")}
    now = {row["city_code"]: row for row in after.query("inventory_city")}
    assert len(after.query("change_city")) == 13
    for row in after.query("change_city"):
        city = row["city_code"]
        assert row["net_stock"] == now[city]["stock"] - earlier[city]["stock"]
        assert row["net_approved"] == now[city]["approved"] - earlier[city]["approved"]


def test_without_a_snapshot_before_only_the_keys_are_filled(before: World) -> None:
    rows = before.query("change_city")
    assert [row["city_name"] for row in rows][:2] == ["南京市", "无锡市"]
    assert {v for row in rows for name, v in row.items() if name not in ("city_code", "city_name")} == {None}


def test_a_city_that_an_institution_leaves(before: World) -> None:
    moved = INSTITUTIONS.replace("I3,320500", "I3,320600")
    rows = {r["city_code"]: filled(r) for r in World(
        "2024-04-10", {"institutions": moved, "patents": BEFORE}, before).query("change_city")}  # fmt: skip
    assert rows["320500"] == {
        "stock_moved_out": 2, "net_stock": -2, "approved_moved_out": 2, "net_approved": -2,
    }  # fmt: skip
    assert rows["320600"] == {"stock_moved_in": 2, "net_stock": 2, "approved_moved_in": 2, "net_approved": 2}
    assert rows["320100"] == {}


NAMED = """institution_id,institution_name,city_code
I1,甲大学,320100
I2,乙大学,320100
I3,丙大学,320500
"""
TITLED_BEFORE = """patent_no,institution_id,title,review_status,approved_on
shared,I1,一,待院审,
shared,I2,壹,待院审,
gone,I1,二,待院审,
"""
TITLED_NOW = """patent_no,institution_id,title,review_status,approved_on
shared,I1,一,待院审,
shared,I2,壹,已通过,2024-04-09
shared,I3,弌,已通过,2024-04-09
"""


@pytest.mark.parametrize(
    ("account", "wanted"),
    [
        (PROVINCE, [("left", "gone", None), ("newly_approved", "shared", "一"), ("moved_in", "shared", "弌")]),
        (Scope("city", "320100"), [("left", "gone", None), ("newly_approved", "shared", "一")]),
        (Scope("city", "320500"), [("moved_in", "shared", "弌")]),
        (Scope("institution", "I1"), [("newly_approved", "shared", "一")]),
        (Scope("institution", "I2"), [("newly_approved", "shared", "壹")]),
        (Scope("institution", "I3"), [("moved_in", "shared", "弌")]),
    ],
)
def test_a_changed_patent_names_one_holder_and_to_an_institution_itself(
    account: Scope, wanted: list[tuple[str, str, str | None]]
) -> None:
    earlier = World("2024-04-03", {"institutions": NAMED, "patents": TITLED_BEFORE})
    world = World("2024-04-10", {"institutions": NAMED, "patents": TITLED_NOW}, earlier)
    rows = world.query("changed_patents", account)
    assert [(row["part"], row["patent_no"], row["title"]) for row in rows] == wanted
