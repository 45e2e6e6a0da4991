"""The gates: which hold, at which numbers, and that each names its flag."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.snapshots import Entry
from dashboard.snapshots.catalogue import Catalogue
from dashboard.snapshots.gates import Accept, Facts, closed
from tests.support.raw import CONTRACT

DAY = dt.date(2024, 4, 26)


def _entry(day: str, stock: int, is_demo: bool = False) -> Entry:
    return Entry(
        id=day, date=dt.date.fromisoformat(day), file=f"{day}.duckdb", sha256="0", size=1, rows=1, stock=stock,
        publisher="someone", published_at=dt.datetime(2024, 5, 1, tzinfo=dt.UTC), is_demo=is_demo,
    )  # fmt: skip


def _facts(stock: int = 1000, is_demo: bool = False, **judged: tuple[int, int]) -> Facts:
    return Facts(DAY, is_demo, 1, stock, judged)


def _flags(reasons: tuple[str, ...]) -> list[str]:
    known = ("--accept-rejects", "--accept-change", "--replace")
    return [flag for reason in reasons for flag in known if flag in reason]


@pytest.mark.parametrize(
    ("accepted", "rejected", "held"),
    [(95, 5, []), (94, 5, ["--accept-rejects"]), (0, 0, []), (0, 1, ["--accept-rejects"])],
)
def test_more_than_a_twentieth_of_a_required_table_rejected(accepted: int, rejected: int, held: list[str]) -> None:
    assert _flags(closed(_facts(patents=(accepted, rejected)), CONTRACT, Catalogue(), Accept())) == held


def test_rejected_rows_of_other_tables_hold_nothing_back() -> None:
    assert closed(_facts(events=(1, 99)), CONTRACT, Catalogue(), Accept()) == ()


@pytest.mark.parametrize(
    ("before", "now", "held"),
    [(1000, 1100, []), (1000, 1101, ["--accept-change"]), (1000, 900, []), (1000, 899, ["--accept-change"]),
     (0, 0, []), (0, 1, ["--accept-change"])],
)  # fmt: skip
def test_the_province_stock_moved_by_more_than_a_tenth(before: int, now: int, held: list[str]) -> None:
    catalogue = Catalogue(snapshots=(_entry("2024-04-19", before),))
    assert _flags(closed(_facts(now), CONTRACT, catalogue, Accept())) == held


def test_stock_is_compared_with_the_snapshot_before_by_date() -> None:
    catalogue = Catalogue(snapshots=(_entry("2024-04-12", 1), _entry("2024-05-03", 1), _entry("2024-04-19", 1000)))
    assert closed(_facts(1000), CONTRACT, catalogue, Accept()) == ()


def test_all_gates_that_hold_are_named_and_each_flag_opens_its_own() -> None:
    catalogue = Catalogue(snapshots=(_entry("2024-04-19", 10), _entry("2024-04-26", 10)))
    facts = _facts(1000, patents=(1, 1))
    every = ["--accept-rejects", "--accept-change", "--replace"]
    assert _flags(closed(facts, CONTRACT, catalogue, Accept())) == every
    assert _flags(closed(facts, CONTRACT, catalogue, Accept(rejects=True))) == every[1:]
    assert _flags(closed(facts, CONTRACT, catalogue, Accept(change=True))) == ["--accept-rejects", "--replace"]
    assert _flags(closed(facts, CONTRACT, catalogue, Accept(replace=True))) == every[:2]
    assert closed(facts, CONTRACT, catalogue, Accept(True, True, True)) == ()


def test_demonstration_and_real_never_meet_at_a_gate() -> None:
    catalogue = Catalogue(snapshots=(_entry("2024-04-19", 10, is_demo=True), _entry("2024-04-26", 10, is_demo=True)))
    assert closed(_facts(1000), CONTRACT, catalogue, Accept()) == ()
    assert len(closed(_facts(1000, is_demo=True), CONTRACT, catalogue, Accept())) == 2
