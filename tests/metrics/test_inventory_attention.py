"""Attention: every kind at its threshold, and nothing on the near side of it; order; absent tables."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.scope import Scope
from tests.support.patents import approved, unapproved
from tests.support.worlds import Rows, World

I1: Rows = "institution_id,institution_name,city_code\nI1,甲大学,320100"
DONE: Rows = approved("I1", "2024-03-01")
FILING = "filing_no,patent_no,kind,institution_id,recipient,registered_on,reported_on"


def found(world: World, kind: str) -> list[tuple[Any, ...]]:
    """Findings of a kind as (severity, city, institution, value, threshold)."""
    columns = ("severity", "city_code", "institution_id", "value", "threshold")
    return [tuple(row[c] for c in columns) for row in world.query("attention") if row["kind"] == kind]


def of_patents(as_of: str, patents: Rows, previous: World | None = None) -> World:
    return World(as_of, {"institutions": I1, "patents": patents}, previous)


@pytest.mark.parametrize(
    ("as_of", "finding"),
    [
        ("2024-03-10", []),  # 1 approved in the window: 1 + 1 × 21 ÷ 21 reaches 2 on the due day
        ("2024-03-11", [(2, "320100", "I1", 1, 2)]),  # a day later it does not: at_risk
        ("2024-03-31", [(2, "320100", "I1", 1, 2)]),  # the due day itself: stalled, not missed
        ("2024-04-01", [(3, "320100", "I1", 1, 2)]),
    ],
)
def test_behind_milestone_when_missed_or_not_on_track(as_of: str, finding: list[tuple[Any, ...]]) -> None:
    world = of_patents(as_of, [*approved("I1", "2024-03-09"), *unapproved("I1", 1, 2)])
    assert found(world, "behind_milestone") == finding


def test_withdrawn_approvals_are_a_drop() -> None:
    before = of_patents("2024-04-03", approved("I1", "2024-04-01", 3))
    after = of_patents("2024-04-10", [*approved("I1", "2024-04-01", 1), *unapproved("I1", 2, 2)], before)
    assert found(after, "approved_drop") == [(3, "320100", "I1", -2, 0)]
    assert found(of_patents("2024-04-10", approved("I1", "2024-04-01", 3), before), "approved_drop") == []


def test_an_institution_new_or_gone_has_not_dropped() -> None:
    before = World("2024-04-03", {"institutions": "institution_id\nI9", "patents": approved("I9", "2024-04-01", 3)})
    assert found(of_patents("2024-04-10", unapproved("I1"), before), "approved_drop") == []


@pytest.mark.parametrize(
    ("patents", "finding"),
    [
        ([*approved("I1", "2024-04-06"), *unapproved("I1", 1, 2)], [(2, "320100", "I1", 14, 14)]),
        ([*approved("I1", "2024-04-07"), *unapproved("I1", 1, 2)], []),
        (unapproved("I1"), [(2, "320100", "I1", None, 14)]),
        (approved("I1", "2024-03-01"), []),
        (unapproved("I1", 1, granted_on="2024-02-01"), []),
        # an approval outside the stock does not count as one
        (
            [*approved("I1", "2024-04-19", granted_on="2024-02-01"), *unapproved("I1", 1, 2)],
            [(2, "320100", "I1", None, 14)],
        ),
    ],
)
def test_no_recent_approval_from_the_fourteenth_day(patents: Rows, finding: list[tuple[Any, ...]]) -> None:
    assert found(of_patents("2024-04-20", patents), "no_recent_approval") == finding


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-03-13", 0),  # 5 × 73 ÷ 366 = 0.997
        ("2023-03-14", 1),  # 5 × 73 ÷ 365 = 1
        ("2024-03-14", 1),
        ("2024-12-30", 4),
        ("2024-12-31", 5),
        ("2023-12-30", 4),
        ("2023-12-31", 5),
    ],
)
def test_event_pace_is_floored_by_day_of_year(as_of: str, expected: int) -> None:
    world = World(as_of, {"institutions": I1, "patents": DONE, "events": []})
    findings = found(world, "event_pace")
    assert len(findings) == (13 if expected else 0)
    assert {finding[3:] for finding in findings} == ({(0, expected)} if expected else set())


def test_event_pace_counts_local_events_of_this_year() -> None:
    events = """
event_id,held_on,city_code,level,kind
E1,2024-06-30,320100,市级,对接
E2,2024-01-01,320100,园区,推广
E3,2023-12-31,320100,市级,对接
E4,2024-05-01,320100,省级,对接
E5,2024-05-01,320100,县级,培训
E6,2024-05-01,320200,县级,拍卖
"""
    world = World("2024-06-30", {"institutions": I1, "patents": DONE, "events": events})
    findings = found(world, "event_pace")
    assert [finding for finding in findings if finding[1] in ("320100", "320200")] == [(2, "320200", None, 1, 2)]
    assert len(findings) == 12


def test_absent_tables_find_nothing() -> None:
    assert of_patents("2024-12-31", DONE).query("attention") == []


def test_unreported_from_the_thirty_first_day() -> None:
    filings = f"""
{FILING}
F1,P1,转让,I1,某公司,2024-03-01,
F1,P2,转让,I1,某公司,2024-03-01,
F2,P1,转让,I1,某公司,2024-03-02,
F3,P1,转让,I1,某公司,2022-01-01,2024-03-20
F4,P1,转让,I1,某公司,,
"""
    given = {"institutions": I1, "patents": DONE, "filings": filings}
    assert found(World("2024-04-01", given), "unreported") == [(1, "320100", "I1", 2, 30)]
    assert found(World("2024-03-31", given), "unreported") == []


def test_self_transfer_counts_contracts_whose_recipient_holds_the_name() -> None:
    filings = f"""
{FILING}
F1,P1,转让,I1,甲大学资产经营公司,2024-03-01,2024-03-01
F1,P2,转让,I1,甲大学资产经营公司,2024-03-01,2024-03-01
F2,P1,普通许可,I1,南京甲大学科技园,,
F3,P1,转让,I1,甲大,2024-03-01,2024-03-01
"""
    world = World("2024-03-10", {"institutions": I1, "patents": DONE, "filings": filings})
    assert found(world, "self_transfer") == [(1, "320100", "I1", 2, 0)]


@pytest.mark.parametrize(
    ("at_once", "stock", "finding"),
    [
        (91, 100, [(1, "320100", "I1", 0.91, 0.9)]),
        (90, 100, []),
        (99, 99, []),
        (100, 101, [(1, "320100", "I1", pytest.approx(100 / 101), 0.9)]),
    ],
)
def test_bulk_approval_of_more_than_nine_tenths_of_a_hundred(at_once: int, stock: int, finding: Any) -> None:
    patents = [*approved("I1", "2024-03-20", at_once), *approved("I1", "2024-03-21", stock - at_once, at_once + 1)]
    assert found(of_patents("2024-04-01", patents), "bulk_approval") == finding


MIXED: dict[str, Rows] = {
    "institutions": "institution_id,institution_name,city_code\nI2,乙学院,320100\nI1,甲大学,320100\nI3,丙院,320200",
    "patents": [*unapproved("I1"), *unapproved("I2"), *unapproved("I3")],
    "events": "event_id,held_on,city_code,level,kind\nE1,2024-04-01,320100,市级,对接",
}


def test_worst_first_then_by_kind_city_and_institution() -> None:
    rows = World("2024-04-10", MIXED).query("attention")
    shown = [(r["severity"], r["kind"], r["city_code"], r["institution_id"]) for r in rows]
    assert [row for row in shown if row[2] < "320300"] == [
        (3, "behind_milestone", "320100", "I1"),
        (3, "behind_milestone", "320100", "I2"),
        (3, "behind_milestone", "320200", "I3"),
        (2, "event_pace", "320200", None),
        (2, "no_recent_approval", "320100", "I1"),
        (2, "no_recent_approval", "320100", "I2"),
        (2, "no_recent_approval", "320200", "I3"),
    ]  # fmt: skip
    assert all(row["message"].startswith(("甲大学", "乙学院", "丙院")) or row["message"][2] == "市" or
               row["message"][3] == "市" for row in rows)  # fmt: skip


def test_an_account_is_shown_its_own_findings() -> None:
    world = World("2024-04-10", MIXED)
    city = world.query("attention", Scope("city", "320200"))
    assert {(r["kind"], r["institution_id"]) for r in city} == {
        ("behind_milestone", "I3"), ("event_pace", None), ("no_recent_approval", "I3"),
    }  # fmt: skip
    institution = world.query("attention", Scope("institution", "I1"))
    assert {r["institution_id"] for r in institution} == {"I1"}
