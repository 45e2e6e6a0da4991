"""The funnel: each stage having passed all before it; joint patents; absent tables beside present empty ones."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.errors import OutOfScope, UsageError
from dashboard.scope import Scope
from tests.support.worlds import World

GIVEN: dict[str, Any] = {
    "institutions": "institution_id,city_code\nI1,320100\nI2,320500",
    "patents": """
patent_no,institution_id,review_status,recorded_on,approved_on,listed_on,granted_on
J,I1,已通过,2024-03-01,2024-03-02,2024-03-03,2020-01-01
J,I2,待院审,,,,2020-01-01
A,I1,已通过,,2024-03-02,,2020-01-01
B,I1,待校审,2024-03-01,,,2020-01-01
C,I2,未建档,,,,2020-01-01
N,I2,已通过,,2024-03-02,2024-03-02,2024-01-15
""",
    "enterprises": "enterprise_id,city_code\nE1,320100\nE2,320200",
    "evaluations": """
patent_no,enterprise_id,evaluated_on,cooperation
J,E1,2024-04-01,无
J,E2,,有
A,E1,2024-04-01,有
N,E1,2024-04-01,有
""",
    "filings": """
filing_no,patent_no,kind,institution_id,registered_on
F1,J,转让,I1,2021-01-01
F1,C,转让,I2,2021-01-01
F2,A,转让,I1,
F3,N,转让,I2,2024-03-03
""",
    "products": "product_no,patent_no,registered_on,stage\nP1,C,2024-03-01,备案\nP2,C,2024-03-01,认定",
}


def counts(world: World, **parameters: Any) -> list[Any]:
    return [row["patents"] for row in world.query("funnel", **parameters)]


@pytest.fixture(scope="module")
def world() -> World:
    return World("2024-04-30", GIVEN)


def test_each_stage_asks_for_all_before_it(world: World) -> None:
    assert counts(world) == [4, 3, 2, 1, 1, 1, 0, 2, 1]


def test_a_city_and_an_institution_count_their_own_rows(world: World) -> None:
    assert counts(world, level="city", key="320100") == [3, 3, 2, 1, 1, 1, 0, 1, 0]
    assert counts(world, level="city", key="320500") == [2, 0, 0, 0, 0, 0, 0, 2, 1]
    assert counts(world, level="institution", key="I2") == [2, 0, 0, 0, 0, 0, 0, 2, 1]
    assert counts(world, level="city", key="320200") == [0] * 9


def test_an_evaluation_without_a_wish_is_no_cooperation(world: World) -> None:
    """The wish of a row that was never evaluated does not count."""
    wished = {**GIVEN, "evaluations": "patent_no,enterprise_id,evaluated_on,cooperation\nJ,E1,2024-04-01,洽谈中"}
    assert counts(World("2024-04-30", wished))[4:7] == [1, 1, 1]
    assert counts(world)[6] == 0


def test_shares_are_null_over_nothing(world: World) -> None:
    rows = world.query("funnel", level="city", key="320500")
    assert [row["share_of_first"] for row in rows] == [1, 0, 0, 0, 0, 0, 0, 1, 0.5]
    assert [row["share_of_previous"] for row in rows] == [None, 0, None, None, None, None, None, None, None]
    empty = world.query("funnel", level="city", key="320200")
    assert {row["share_of_first"] for row in empty} == {None}


def test_absent_is_null_and_empty_is_zero() -> None:
    present = {name: GIVEN[name] for name in ("institutions", "patents")}
    assert counts(World("2024-04-30", present)) == [4, 3, 2, 1, None, None, None, None, None]
    empty: dict[str, Any] = {"enterprises": [], "evaluations": [], "filings": [], "products": []}
    assert counts(World("2024-04-30", {**present, **empty})) == [4, 3, 2, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "parameters",
    [
        {"level": "city"},
        {"level": "city", "key": "999999"},
        {"level": "institution", "key": "320100"},
        {"key": "320100"},
        {"level": "group", "key": "A"},
    ],
)
def test_a_key_must_exist_at_its_level(world: World, parameters: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        world.query("funnel", **parameters)


def test_an_institution_reads_no_other_ones_funnel(world: World) -> None:
    with pytest.raises(OutOfScope):
        world.query("funnel", Scope("institution", "I1"), level="institution", key="I2")
    assert len(world.query("funnel", Scope("institution", "I1"), level="institution", key="I1")) == 9
