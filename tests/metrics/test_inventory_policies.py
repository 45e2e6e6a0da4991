"""Another plan is another YAML file: the same metrics follow its cities, dates, shares, groups and thresholds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard import policy
from tests.support.patents import approved, unapproved
from tests.support.worlds import World

COAST = policy.load(Path(__file__).parents[1] / "support/policies/coast-2025.yaml")

INSTITUTIONS = """
institution_id,institution_name,city_code,affiliation,demonstration,capacity_programme
I1,港大,990100,省属,true,true
I2,岛院,990300,市属,true,false
I3,东所,990200,市属,true,false
I4,西院,990100,部属,false,false
"""


@pytest.fixture(scope="module")
def coast() -> World:
    granted: dict[str, Any] = {"granted_on": "2024-06-30"}
    patents = [
        *approved("I1", "2025-01-31", 7, **granted), *unapproved("I1", 3, 8, **granted),
        *approved("I2", "2025-03-01", 9, **granted), *unapproved("I2", 1, 10, **granted),
        *approved("I3", "2025-02-01", 2, **granted), *unapproved("I3", 1, 9, granted_on="2024-07-01"),
        *approved("I4", "2025-03-10", 1, **granted), *unapproved("I4", 2, 2, **granted),
    ]  # fmt: skip
    events = "event_id,held_on,city_code,level,kind\nE1,2025-01-05,990200,省级,培训\nE2,2025-01-05,990200,市级,对接"
    filings = """
filing_no,patent_no,kind,institution_id,registered_on
F1,I1-1,转让,I1,2025-03-04
F2,I1-1,转让,I1,2025-03-05
"""
    given: dict[str, Any] = {"institutions": INSTITUTIONS, "patents": patents, "events": events, "filings": filings}
    return World("2025-03-15", given, plan=COAST)


def test_groups_and_milestones_are_the_plans_own(coast: World) -> None:
    rows = coast.query("milestone_institution")
    columns = ("institution_id", "due_on", "share", "required", "achieved_on", "days_late", "status")
    assert [tuple(row[c] for c in columns) for row in rows] == [
        ("I1", "2025-01-31", 0.7, 7, "2025-01-31", 0, "met"),
        ("I1", "2025-03-31", 0.9, 9, None, None, "open"),
        ("I2", "2025-02-28", 0.9, 9, "2025-03-01", 1, "late"),
        ("I2", "2025-06-30", 1, 10, None, None, "open"),
        ("I3", "2025-03-31", 1, 2, "2025-02-01", 0, "met"),
        ("I4", "2025-06-30", 0.333333, 1, "2025-03-10", 0, "met"),
    ]
    assert [row["group"] for row in coast.query("inventory_institution")] == ["P", "R", "Q", "S"]
    assert [(row["group"], row["due_on"]) for row in coast.query("milestone_group")] == [
        ("P", "2025-01-31"), ("P", "2025-03-31"), ("Q", "2025-03-31"), ("R", "2025-02-28"), ("R", "2025-06-30"),
        ("S", "2025-06-30"),
    ]  # fmt: skip


def test_cities_stand_in_the_plans_order(coast: World) -> None:
    rows = coast.query("inventory_city")
    assert [(r["city_code"], r["stock"], r["approved"], r["required"], r["status"]) for r in rows] == [
        ("990200", 2, 2, 2, "met"),
        ("990100", 13, 8, 10, "open"),
        ("990300", 10, 9, 10, "open"),
    ]
    assert {row["key"] for row in coast.query("inventory_daily")} == {"990000"}
    assert [row["city_name"] for row in coast.query("change_city")] == ["东港市", "西港市", "北岛市"]


def test_pace_and_thresholds_are_the_plans_own(coast: World) -> None:
    """14 days of pace, 7 without an approval, 10 unreported, over half of a stock of 4 at once, 12 events a year."""
    forecasts = {row["institution_id"]: row for row in coast.query("forecast_institution")}
    assert [forecasts["I4"][c] for c in ("pace_per_week", "projected_on", "outlook")] == [0.5, "2025-04-12", "on_track"]
    assert [forecasts["I2"][c] for c in ("pace_per_week", "projected_on")] == [0, None]
    columns = ("kind", "city_code", "institution_id", "value", "threshold")
    assert [tuple(row[c] for c in columns) for row in coast.query("attention")] == [
        ("behind_milestone", "990100", "I1", 7, 9),
        ("behind_milestone", "990300", "I2", 9, 10),
        ("event_pace", "990100", None, 0, 2),
        ("event_pace", "990200", None, 1, 2),
        ("event_pace", "990300", None, 0, 2),
        ("no_recent_approval", "990100", "I1", 43, 7),
        ("no_recent_approval", "990300", "I2", 14, 7),
        ("bulk_approval", "990100", "I1", 0.7, 0.5),
        ("bulk_approval", "990300", "I2", 0.9, 0.5),
        ("unreported", "990100", "I1", 1, 10),
    ]
