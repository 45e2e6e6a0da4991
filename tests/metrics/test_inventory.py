"""What counts as stock, who is in which group, how sets larger than an institution count, ranks and changes."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.errors import UsageError
from dashboard.scope import Scope
from tests.support.patents import approved, unapproved
from tests.support.worlds import Rows, World


def by(rows: list[dict[str, Any]], column: str, *wanted: str) -> dict[Any, Any]:
    """Rows as a mapping from one column to another, or to a tuple of several."""
    return {row[column]: tuple(row[w] for w in wanted) if len(wanted) > 1 else row[wanted[0]] for row in rows}


@pytest.mark.parametrize(
    ("cells", "stock"),
    [
        ("2023-12-31,false,有效,", 1),
        ("2024-01-01,false,有效,", 0),
        ("2020-05-05,true,有效,", 0),
        ("2020-05-05,false,失效,2023-12-30", 0),
        ("2020-05-05,false,失效,2023-12-31", 0),
        ("2020-05-05,false,失效,2024-01-01", 1),
        ("2020-05-05,false,失效,", 0),
        ("2020-05-05,false,有效,2022-01-01", 1),
    ],
)
def test_stock_is_frozen_at_the_baseline(cells: str, stock: int) -> None:
    patents = f"patent_no,institution_id,granted_on,converted_before,legal_status,lapsed_on\nP1,I1,{cells}"
    world = World("2024-04-30", {"institutions": "institution_id\nI1", "patents": patents})
    assert world.query("inventory_province")[0]["stock"] == stock


def test_returned_and_waiting_ones_are_recorded_not_approved() -> None:
    patents = """
patent_no,institution_id,review_status,recorded_on,approved_on,listed_on
P1,I1,校审退回,2024-03-01,2024-03-05,2024-03-06
P2,I1,待院审,,,
P3,I1,已通过,,2024-03-05,
P4,I1,已通过,2024-03-01,2024-03-05,2024-03-06
"""
    world = World("2024-04-30", {"institutions": "institution_id\nI1", "patents": patents})
    row = world.query("inventory_institution")[0]
    assert [row[c] for c in ("stock", "recorded", "approved", "listed")] == [4, 3, 2, 1]
    assert row["inventory_rate"] == 0.5
    assert row["listing_rate"] == 0.5


def test_groups_at_299_and_300_and_when_they_overlap() -> None:
    institutions = """
institution_id,demonstration,capacity_programme
I1,false,false
I2,false,false
I3,false,true
I4,true,true
I5,false,true
I6,false,true
"""
    sizes = {"I1": 299, "I2": 300, "I3": 300, "I4": 300, "I5": 299}
    patents = [row for institution, size in sizes.items() for row in unapproved(institution, size)]
    world = World("2024-04-10", {"institutions": institutions, "patents": patents})
    assert by(world.query("inventory_institution"), "institution_id", "group", "milestone_due", "required") == {
        "I1": ("A", "2024-03-31", 299),
        "I2": ("C", "2024-04-30", 180),
        "I3": ("B", "2024-04-30", 300),
        "I4": ("A", "2024-03-31", 300),
        "I5": ("A", "2024-03-31", 299),
        "I6": ("A", None, None),
    }


def test_a_joint_patent_makes_a_small_institution_large() -> None:
    """The group asks for institution-level stock, where every row counts; a lapsed 300th leaves 299."""
    institutions = "institution_id\nI1\nI2"
    shared = [{"patent_no": "J", "institution_id": "I1"}, {"patent_no": "J", "institution_id": "I2"}]
    lapsed = {"patent_no": "L", "institution_id": "I2", "legal_status": "失效"}
    patents = [*unapproved("I1", 299), *unapproved("I2", 298), *shared, lapsed]
    world = World("2024-04-10", {"institutions": institutions, "patents": patents})
    assert by(world.query("inventory_institution"), "institution_id", "group", "stock") == {
        "I1": ("C", 300),
        "I2": ("A", 299),
    }
    assert world.query("inventory_province")[0]["stock"] == 598


JOINT = {
    "institutions": """
institution_id,city_code,affiliation,demonstration,capacity_programme
I1,320100,部属,true,false
I2,320100,市属,false,false
I3,320500,市属,false,false
I4,320500,省属,false,false
""",
    "patents": """
patent_no,institution_id,review_status,recorded_on,approved_on,listed_on,converted_before
J1,I1,已通过,2024-03-05,2024-03-20,,false
J1,I2,已通过,2024-03-01,2024-03-25,2024-03-26,false
J1,I3,待院审,2024-02-20,,,false
J2,I2,已通过,2024-03-01,2024-03-02,2024-03-03,true
J2,I3,待院审,,,,false
S1,I1,已通过,,2024-03-31,,false
S2,I3,未建档,,,,false
""",
}


@pytest.fixture(scope="module")
def joint() -> World:
    return World("2024-04-10", JOINT)


def test_a_joint_patent_counts_once_in_a_city_and_in_the_province(joint: World) -> None:
    columns = ("stock", "recorded", "approved", "listed", "required", "required_rate")
    cities = by(joint.query("inventory_city"), "city_code", *columns)
    assert cities["320100"] == (2, 2, 2, 1, 3, 1.0)
    assert cities["320500"] == (3, 1, 0, 0, 3, 1.0)
    province = joint.query("inventory_province")[0]
    assert [province[c] for c in columns] == [4, 2, 2, 1, 6, 1.0]


def test_a_row_that_is_not_stock_gives_a_joint_patent_no_stage(joint: World) -> None:
    """J2 is approved only where it had been converted before: its stock row waits."""
    municipal = joint.query("inventory_province", scope="municipal")[0]
    assert [municipal[c] for c in ("institutions_total", "stock", "approved", "listed")] == [2, 3, 1, 1]


def test_a_joint_patent_takes_its_earliest_date_in_each_set(joint: World) -> None:
    first = {level: joint.query("inventory_daily", level=level)[0] for level in ("province", "city", "group")}
    assert {level: (row["key"], row["day"], row["approved"]) for level, row in first.items()} == {
        "province": ("320000", "2024-03-20", 1),
        "city": ("320100", "2024-03-20", 1),
        "group": ("A", "2024-03-20", 1),
    }


def test_scope_narrows_institutions_and_keeps_their_groups(joint: World) -> None:
    columns = ("institutions", "institutions_met", "institutions_missed", "stock", "required", "status")
    scoped = {scope: by(joint.query("inventory_city", scope=scope), "city_code", *columns) for scope in
              ("territory", "municipal", "provincial")}  # fmt: skip
    assert scoped["territory"]["320100"] == (2, 2, 0, 2, 3, "met")
    assert scoped["municipal"]["320100"] == (1, 1, 0, 1, 1, "met")
    assert scoped["provincial"]["320100"] == (1, 1, 0, 2, 2, "met")
    assert scoped["municipal"]["320500"] == (1, 0, 1, 3, 3, "missed")
    assert scoped["provincial"]["320500"] == (0, 0, 0, 0, 0, "none")
    assert scoped["territory"]["320200"] == (0, 0, 0, 0, 0, "none")


def test_the_group_is_that_of_the_full_stock_in_every_scope() -> None:
    """A joint patent with an institution of another affiliation still counts for the institution's own group."""
    given: dict[str, Rows] = {
        "institutions": "institution_id,affiliation\nI1,市属\nI2,部属",
        "patents": [*unapproved("I1", 300), {"patent_no": "I1-1", "institution_id": "I2"}],
    }
    world = World("2024-04-10", given)
    municipal = world.query("inventory_province", scope="municipal")[0]
    assert [municipal[c] for c in ("stock", "required", "required_rate")] == [300, 180, 0.6]
    both = world.query("inventory_province")[0]
    assert [both[c] for c in ("stock", "required", "required_rate")] == [300, 181, 181 / 301]
    assert both["lead_pp"] == pytest.approx(-100 * 181 / 301, abs=1e-9)


def test_no_stock_is_no_duty_and_only_counts_in_the_total(joint: World) -> None:
    row = joint.query("inventory_institution")[3]
    expected = {"institution_id": "I4", "group": "A", "stock": 0, "approved": 0, "inventory_rate": None,
                "milestone_due": None, "required": None, "gap": None, "achieved_on": None, "rank": None,
                "status": "none"}  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    province = joint.query("inventory_province")[0]
    assert [province[c] for c in ("institutions_total", "institutions", "institutions_done", "cities")] == [4, 3, 2, 2]


def test_ranks_are_shared_and_skip() -> None:
    institutions = "institution_id,city_code\nI1,320100\nI2,320200\nI3,320300\nI4,320400\nI5,320500"
    patents = [
        *approved("I1", "2024-03-01", 1), *unapproved("I1", 2, 2),
        *approved("I2", "2024-03-01", 3), *approved("I3", "2024-03-01", 2), *unapproved("I3", 4, 3),
        *unapproved("I4", 1),
    ]  # fmt: skip
    world = World("2024-04-10", {"institutions": institutions, "patents": patents})
    assert by(world.query("inventory_institution"), "institution_id", "rank") == {
        "I1": 2, "I2": 1, "I3": 2, "I4": 4, "I5": None,
    }  # fmt: skip
    cities = by(world.query("inventory_city"), "city_code", "rank")
    assert [cities[c] for c in ("320100", "320200", "320300", "320400", "320500")] == [2, 1, 2, 4, None]


def test_changes_compare_with_the_snapshot_before() -> None:
    before = World(
        "2024-04-03",
        {
            "institutions": "institution_id,city_code,affiliation\nI1,320100,市属\nI2,320200,市属",
            "patents": [*unapproved("I1", 2), *approved("I2", "2024-04-01", 1), *unapproved("I2", 1, 2)],
        },
    )
    now = World(
        "2024-04-10",
        {
            "institutions": "institution_id,city_code,affiliation\nI1,320100,市属\nI2,320200,省属\nI3,320200,市属",
            "patents": [*approved("I1", "2024-04-09", 2), *unapproved("I2", 2), *unapproved("I3")],
        },
        before,
    )
    columns = ("previous_rate", "change_pp", "previous_rank", "rank_change")
    cities = by(now.query("inventory_city"), "city_code", *columns)
    assert cities["320100"] == (0, 100, 2, 1)
    assert cities["320200"] == (0.5, -50, 1, -1)
    assert cities["320300"] == (None, None, None, None)
    municipal = by(now.query("inventory_city", scope="municipal"), "city_code", *columns)
    assert municipal["320200"] == (0.5, -50, 1, -1)
    institutions = by(now.query("inventory_institution"), "institution_id", "previous_rate", "approved_change")
    assert institutions == {"I1": (0, 2), "I2": (0.5, -1), "I3": (None, None)}
    assert now.query("inventory_province")[0]["change_pp"] == pytest.approx(40 - 25, abs=1e-9)


def test_without_a_snapshot_before_changes_are_null(joint: World) -> None:
    for metric, columns in {
        "inventory_city": ("previous_rate", "change_pp", "previous_rank", "rank_change"),
        "inventory_province": ("previous_rate", "change_pp"),
        "inventory_institution": ("previous_rate", "change_pp", "approved_change"),
    }.items():
        assert {row[c] for row in joint.query(metric) for c in columns} == {None}, metric


def test_an_account_reads_its_own_institutions_and_their_true_ranks(joint: World) -> None:
    city, institution = Scope("city", "320500"), Scope("institution", "I2")
    everyone = by(joint.query("inventory_institution"), "institution_id", "rank")
    assert by(joint.query("inventory_institution", city), "institution_id", "rank") == {
        "I3": everyone["I3"], "I4": everyone["I4"],
    }  # fmt: skip
    assert by(joint.query("inventory_institution", institution), "institution_id", "rank") == {"I2": everyone["I2"]}
    assert {row["institution_id"] for row in joint.query("milestone_institution", city)} == {"I3", "I4"}
    assert {row["institution_id"] for row in joint.query("forecast_institution", city)} == {"I3"}
    assert len(joint.query("inventory_city", city)) == 13


def test_an_unknown_scope_is_refused(joint: World) -> None:
    with pytest.raises(UsageError, match="scope"):
        joint.query("inventory_city", scope="county")
