"""Matchmaking events of a city and year against the target, and cases reported."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.counting import Row, add_nulls, add_ranks
from tests.oracle.plan import CITIES, COUNTED_KINDS, COUNTED_LEVELS
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Event

_KINDS = {
    "dock": "对接", "roadshow": "路演", "auction": "拍卖", "trade": "交易",
    "exhibition": "展示", "promotion": "推广", "training": "培训", "publicity": "宣传",
}  # fmt: skip
_LEVELS = {"city_level": "市级", "county_level": "县级", "park_level": "园区", "province_level": "省级"}


def events_city(now: Snapshot, year: int | None = None) -> list[Row]:
    year = year or now.as_of.year
    rows = [_city(now, code, name, year) for code, name in CITIES.items()]
    add_ranks(rows, "counted")
    return rows


def is_counted(event: Event) -> bool:
    return event.level in COUNTED_LEVELS and event.kind in COUNTED_KINDS


def held_in(now: Snapshot, city: str, year: int) -> list[Event]:
    """Every event of the city and calendar year, up to the as-of date."""
    return [e for e in now.events if e.city_code == city and e.held_on.year == year and e.held_on <= now.as_of]


def _city(now: Snapshot, code: str, name: str, year: int) -> Row:
    target = now.plan.event_target
    row: Row = {"city_code": code, "city_name": name, "year": year, "counted": None, "target": target}
    add_nulls(row, "shortfall", "status", "all_events", *_KINDS, *_LEVELS, "patents", "deals", "amount", "rank")
    if not now.has("events"):
        return row
    events = held_in(now, code, year)
    counted = sum(map(is_counted, events))
    open_or_missed = "open" if now.as_of <= date(year, 12, 31) else "missed"
    return row | {
        "counted": counted,
        "shortfall": max(target - counted, 0),
        "status": "met" if counted >= target else open_or_missed,
        "all_events": len(events),
        **{column: sum(e.kind == kind for e in events) for column, kind in _KINDS.items()},
        **{column: sum(e.level == level for e in events) for column, level in _LEVELS.items()},
        "patents": sum(e.patents or 0 for e in events),
        "deals": sum(e.deals or 0 for e in events),
        "amount": sum((e.amount or Fraction(0) for e in events), Fraction(0)),
    }


def cases_city(now: Snapshot) -> list[Row]:
    rows: list[Row] = []
    for code, name in CITIES.items():
        row: Row = {"city_code": code, "city_name": name, "submitted": None, "published": None}
        if now.has("cases"):
            cases = [c for c in now.cases if c.city_code == code]
            row |= {"submitted": len(cases), "published": sum(c.published is True for c in cases)}
        rows.append(row)
    return rows
