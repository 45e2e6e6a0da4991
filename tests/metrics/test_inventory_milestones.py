"""Milestones: what is due, what counts as reached, and how late; the daily curve; the forecast."""

from __future__ import annotations

import pytest

from tests.support.patents import approved, unapproved
from tests.support.worlds import JIANGSU, Rows, World


def small(as_of: str, *days: str) -> World:
    """An institution of group A (due 2024-03-31) with one patent approved on each of `days` ('' = not)."""
    patents = [
        row
        for number, day in enumerate(days, 1)
        for row in (approved("I1", day, 1, number) if day else unapproved("I1", 1, number))
    ]
    return World(as_of, {"institutions": "institution_id\nI1", "patents": patents})


@pytest.mark.parametrize(
    ("as_of", "days", "status", "achieved_on", "days_late", "by_due"),
    [
        ("2024-03-31", ("2024-03-01", "2024-03-31"), "met", "2024-03-31", 0, 2),
        ("2024-03-31", ("2024-03-31", ""), "open", None, None, 1),
        ("2024-03-30", ("", ""), "open", None, None, 0),
        ("2024-04-01", ("2024-03-31", ""), "missed", None, 1, 1),
        ("2024-05-01", ("2024-03-31", "2024-04-01"), "late", "2024-04-01", 1, 1),
        ("2025-03-31", ("", ""), "missed", None, 365, 0),
    ],
)
def test_status_at_and_around_the_due_day(
    as_of: str, days: tuple[str, ...], status: str, achieved_on: str | None, days_late: int | None, by_due: int
) -> None:
    row = small(as_of, *days).query("milestone_institution")[0]
    columns = ("status", "achieved_on", "days_late", "approved_by_due")
    assert [row[c] for c in columns] == [status, achieved_on, days_late, by_due]


@pytest.mark.parametrize(
    ("as_of", "due"),
    [
        ("2024-03-15", "2024-03-31"),
        ("2024-03-31", "2024-03-31"),
        ("2024-04-01", "2024-04-30"),
        ("2024-04-30", "2024-04-30"),
        ("2024-05-31", "2024-05-31"),
        ("2025-01-01", "2024-05-31"),
    ],
)
def test_the_current_milestone_is_the_first_not_past_or_the_last(as_of: str, due: str) -> None:
    world = World(as_of, {"institutions": "institution_id\nI1", "patents": unapproved("I1", 300)})
    assert world.query("inventory_institution")[0]["milestone_due"] == due


def test_shares_of_an_odd_stock_are_rounded_up_in_decimals() -> None:
    """0.3 × 310 is 93 exactly, though 93.00000000000001 in binary; 0.6 × 301 rounds up."""
    given: dict[str, Rows] = {
        "institutions": "institution_id\nI1\nI2",
        "patents": [*unapproved("I1", 310), *unapproved("I2", 301)],
    }
    rows = World("2024-04-10", given).query("milestone_institution")
    assert [row["required"] for row in rows] == [93, 186, 310, 91, 181, 301]


def test_basically_complete_below_one_adds_a_second_date() -> None:
    softer = JIANGSU.basically_complete.model_copy(update={"factor": JIANGSU.attention.batch_share})
    plan = JIANGSU.model_copy(update={"basically_complete": softer})
    given: dict[str, Rows] = {
        "institutions": "institution_id\nI1",
        "patents": [*approved("I1", "2024-03-30", 9), *unapproved("I1", 2, 10)],
    }
    rows = World("2024-05-31", given, plan=plan).query("milestone_institution")
    assert [(r["due_on"], r["share"], r["required"], r["status"]) for r in rows] == [
        ("2024-03-31", 0.9, 10, "missed"),
        ("2024-05-31", 1, 11, "open"),
    ]


def test_groups_count_a_joint_patent_once_each_and_institutions_by_status() -> None:
    given: dict[str, Rows] = {
        "institutions": "institution_id\nI1\nI2\nI3\nI4\nI5",
        "patents": [
            *approved("I1", "2024-03-31"), *approved("I2", "2024-04-02"), *unapproved("I3"),
            {"patent_no": "J", "institution_id": "I1", "review_status": "已通过", "approved_on": "2024-03-30"},
            {"patent_no": "J", "institution_id": "I4", "review_status": "已通过", "approved_on": "2024-04-05"},
        ],
    }  # fmt: skip
    rows = World("2024-04-10", given).query("milestone_group")
    assert [(row["group"], row["due_on"]) for row in rows] == [
        ("A", "2024-03-31"), ("B", "2024-03-31"), ("B", "2024-04-30"),
        ("C", "2024-03-31"), ("C", "2024-04-30"), ("C", "2024-05-31"),
    ]  # fmt: skip
    assert {name: rows[0][name] for name in rows[0] if name not in ("group", "due_on")} == {
        "share": 1, "institutions": 4, "met": 1, "late": 2, "missed": 1, "open": 0, "stock": 4,
        "approved_by_due": 2, "rate_by_due": 0.5, "approved_now": 3, "rate_now": 0.75,
    }  # fmt: skip
    assert [rows[1][c] for c in ("institutions", "stock", "rate_by_due", "rate_now")] == [0, 0, None, None]


def test_the_daily_curve_has_every_day_from_the_first_approval() -> None:
    world = small("2024-03-02", "2024-02-28", "2024-03-01", "")
    rows = world.query("inventory_daily")
    assert [(row["key"], row["day"], row["approved"]) for row in rows] == [
        ("320000", "2024-02-28", 1), ("320000", "2024-02-29", 1), ("320000", "2024-03-01", 2),
        ("320000", "2024-03-02", 2),
    ]  # fmt: skip
    assert rows[-1]["rate"] == pytest.approx(2 / 3)
    assert small("2024-03-02", "", "").query("inventory_daily") == []


@pytest.mark.parametrize(
    ("as_of", "days", "expected"),
    [
        # the window is 21 days long: its first day, and the day before it
        ("2024-03-22", ("2024-03-02", ""), (1 / 3, 1 / (9 / 7), "2024-04-12", (1 + 9 / 21) / 2, "at_risk")),
        ("2024-03-22", ("2024-03-01", ""), (0, 1 / (9 / 7), None, 0.5, "stalled")),
        # complete: the last approval, whatever the pace
        ("2024-05-22", ("2024-03-02", "2024-03-05"), (0, 0, "2024-03-05", 1, "done")),
        # due today or past: nothing is needed per week any more
        ("2024-03-31", ("2024-03-30", ""), (1 / 3, None, "2024-04-21", 0.5, "at_risk")),
        ("2024-04-05", ("2024-03-30", ""), (1 / 3, None, "2024-04-26", 0.5, "at_risk")),
        # 1 + 1 × 21 ÷ 21 reaches 2 exactly on the due day
        ("2024-03-10", ("2024-03-09", ""), (1 / 3, 1 / 3, "2024-03-31", 1, "on_track")),
        # more than all is no more than all
        ("2024-03-05", ("2024-03-04", "2024-03-05", ""), (2 / 3, 1 / (26 / 7), "2024-03-16", 1, "on_track")),
    ],
)
def test_forecast(as_of: str, days: tuple[str, ...], expected: tuple[object, ...]) -> None:
    row = small(as_of, *days).query("forecast_institution")[0]
    columns = ("pace_per_week", "needed_per_week", "projected_on", "projected_rate", "outlook")
    got = [pytest.approx(row[c]) if isinstance(row[c], float) else row[c] for c in columns]
    assert list(expected) == got


def test_a_partial_milestone_already_reached_is_on_track_though_not_done() -> None:
    given: dict[str, Rows] = {
        "institutions": "institution_id\nI1",
        "patents": [*approved("I1", "2024-03-11", 90), *unapproved("I1", 210, 91)],
    }
    row = World("2024-03-31", given).query("forecast_institution")[0]
    assert [row[c] for c in ("needed_per_week", "outlook")] == [0, "on_track"]
    later = World("2024-04-30", given).query("forecast_institution")[0]
    assert [later[c] for c in ("needed_per_week", "outlook")] == [None, "stalled"]
