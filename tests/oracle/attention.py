"""What to follow up: one row per finding."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.counting import Row, group_by
from tests.oracle.events import held_in, is_counted
from tests.oracle.milestones import Standing, forecast, standings
from tests.oracle.plan import CITIES
from tests.oracle.snapshot import Snapshot


def attention(now: Snapshot) -> list[Row]:
    before = {s.institution.institution_id: s for s in standings(now.previous)} if now.previous else {}
    found = [*_event_pace(now), *_unreported(now), *_self_transfer(now)]
    for standing in standings(now):
        found += _behind_milestone(standing)
        found += _approved_drop(standing, before.get(standing.institution.institution_id))
        found += _no_recent_approval(standing)
        found += _bulk_approval(standing)
    return sorted(found, key=lambda r: (-r["severity"], r["kind"], r["city_code"], r["institution_id"] or ""))


def _finding(severity: int, kind: str, city: str, institution: str | None, value: Any, threshold: Any) -> Row:
    return {
        "severity": severity,
        "kind": kind,
        "city_code": city,
        "institution_id": institution,
        "message": None,
        "value": value,
        "threshold": threshold,
    }


def _of(standing: Standing, severity: int, kind: str, value: Any, threshold: Any) -> Row:
    institution = standing.institution
    return _finding(severity, kind, institution.city_code, institution.institution_id, value, threshold)


def _behind_milestone(standing: Standing) -> Iterator[Row]:
    current = standing.current
    if current.required is None or standing.approved >= current.required:
        return
    if current.status == "missed":
        yield _of(standing, 3, "behind_milestone", standing.approved, current.required)
    elif forecast(standing)["outlook"] in {"at_risk", "stalled"}:
        yield _of(standing, 2, "behind_milestone", standing.approved, current.required)


def _approved_drop(standing: Standing, before: Standing | None) -> Iterator[Row]:
    if before is not None and standing.approved < before.approved:
        yield _of(standing, 3, "approved_drop", standing.approved - before.approved, 0)


def _no_recent_approval(standing: Standing) -> Iterator[Row]:
    limit = standing.now.plan.no_approval_days
    if standing.approved >= len(standing.stock):
        return
    days = (standing.now.as_of - standing.days[-1]).days if standing.days else None
    if days is None or days >= limit:
        yield _of(standing, 2, "no_recent_approval", days, limit)


def _bulk_approval(standing: Standing) -> Iterator[Row]:
    plan = standing.now.plan
    limit = Fraction(plan.batch_percent, 100)
    if len(standing.stock) < plan.batch_min_stock or not standing.days:
        return
    share = Fraction(max(Counter(standing.days).values()), len(standing.stock))
    if share > limit:
        yield _of(standing, 1, "bulk_approval", share, limit)


def _event_pace(now: Snapshot) -> Iterator[Row]:
    if not now.has("events"):
        return
    year = now.as_of.year
    day_of_year = now.as_of.timetuple().tm_yday
    days_in_year = date(year, 12, 31).timetuple().tm_yday
    floor = math.floor(Fraction(now.plan.event_target * day_of_year, days_in_year))
    for code in CITIES:
        counted = sum(map(is_counted, held_in(now, code, year)))
        if counted < floor:
            yield _finding(2, "event_pace", code, None, counted, floor)


def _unreported(now: Snapshot) -> Iterator[Row]:
    limit = now.plan.unreported_days
    waiting = [
        f
        for f in now.filings
        if f.registered_on is not None and f.reported_on is None and (now.as_of - f.registered_on).days > limit
    ]
    for institution, rows in group_by(waiting, lambda f: f.institution_id).items():
        yield _finding(1, "unreported", now.city_of[institution], institution, len(rows), limit)


def _self_transfer(now: Snapshot) -> Iterator[Row]:
    names = {i.institution_id: i.institution_name for i in now.institutions}
    own = [f for f in now.filings if names[f.institution_id] in f.recipient]
    for institution, rows in group_by(own, lambda f: f.institution_id).items():
        yield _finding(1, "self_transfer", now.city_of[institution], institution, len({f.filing_no for f in rows}), 0)
