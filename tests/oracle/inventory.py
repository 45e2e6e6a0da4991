"""Stock, approved, listed: by institution, city, province, day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tests.oracle.counting import Number, Row, add_ranks, approval_days, by_key, minus, points, ratio, stock
from tests.oracle.milestones import Standing, standings
from tests.oracle.plan import CITIES, GROUPS, PROVINCE
from tests.oracle.snapshot import Scope, Snapshot
from tests.oracle.tables import Institution


def inventory_institution(now: Snapshot) -> list[Row]:
    before = by_key(inventory_institution(now.previous), "institution_id") if now.previous else {}
    rows: list[Row] = []
    for standing in standings(now):
        institution, current = standing.institution, standing.current
        old = before.get((institution.institution_id,), {})
        counts = _counts(standing.stock)
        rows.append(
            {
                "institution_id": institution.institution_id,
                "institution_name": institution.institution_name,
                "city_code": institution.city_code,
                "city_name": CITIES[institution.city_code],
                "affiliation": institution.affiliation,
                "group": standing.group,
                **counts,
                "milestone_due": current.due_on if standing.stock else None,
                "required": current.required,
                "gap": current.gap,
                "status": current.status,
                "achieved_on": current.achieved_on,
                "rank": None,
                "previous_rate": old.get("inventory_rate"),
                "change_pp": points(counts["inventory_rate"], old.get("inventory_rate")),
                "approved_change": minus(counts["approved"], old.get("approved")),
            }
        )
    add_ranks(rows, "inventory_rate")
    return rows


def inventory_city(now: Snapshot, scope: Scope = "territory") -> list[Row]:
    before = by_key(inventory_city(now.previous, scope), "city_code") if now.previous else {}
    rows: list[Row] = []
    for code, name in CITIES.items():
        duty = _duty(now, now.within(scope, code))
        old = before.get((code,), {})
        rows.append(
            {
                "city_code": code,
                "city_name": name,
                **{k: duty[k] for k in ("institutions", "institutions_met", "institutions_missed", *_COUNTS, *_DUTY)},
                "rank": None,
                "previous_rate": old.get("inventory_rate"),
                "change_pp": points(duty["inventory_rate"], old.get("inventory_rate")),
                "previous_rank": old.get("rank"),
                "rank_change": None,
            }
        )
    add_ranks(rows, "inventory_rate")
    for row in rows:
        row["rank_change"] = minus(row["previous_rank"], row["rank"])
    return rows


def inventory_province(now: Snapshot, scope: Scope = "territory") -> list[Row]:
    duty = _duty(now, now.within(scope))
    old = inventory_province(now.previous, scope)[0]["inventory_rate"] if now.previous else None
    return [
        {
            "institutions_total": len(now.within(scope)),
            "institutions": duty["institutions"],
            "institutions_met": duty["institutions_met"],
            "institutions_missed": duty["institutions_missed"],
            "institutions_done": duty["institutions_done"],
            "cities": sum(bool(stock(now, now.within(scope, code))) for code in CITIES),
            **{k: duty[k] for k in (*_COUNTS, *_DUTY)},
            "previous_rate": old,
            "change_pp": points(duty["inventory_rate"], old),
        }
    ]


def inventory_daily(now: Snapshot, level: str = "province") -> list[Row]:
    rows: list[Row] = []
    for key, members in _sets(now, level).items():
        counted = stock(now, members)
        days = approval_days(counted)
        if not days:
            continue
        for offset in range((now.as_of - days[0]).days + 1):
            day = days[0] + timedelta(days=offset)
            approved = bisect_right(days, day)
            rows.append({"key": key, "day": day, "approved": approved, "rate": ratio(approved, len(counted))})
    return rows


def _sets(now: Snapshot, level: str) -> dict[str, list[Institution]]:
    if level == "province":
        return {PROVINCE: now.institutions}
    if level == "city":
        return {code: now.within(city=code) for code in CITIES}
    return {group: [s.institution for s in standings(now) if s.group == group] for group in GROUPS}


_COUNTS = ("stock", "recorded", "approved", "listed", "inventory_rate", "listing_rate")
_DUTY = ("required", "required_rate", "lead_pp", "status")


def _counts(counted: list[Number]) -> dict[str, Any]:
    total, approved = len(counted), sum(n.approved for n in counted)
    listed = sum(n.listed for n in counted)
    return {
        "stock": total,
        "recorded": sum(n.recorded for n in counted),
        "approved": approved,
        "listed": listed,
        "inventory_rate": ratio(approved, total),
        "listing_rate": ratio(listed, approved),
    }


def _duty(now: Snapshot, institutions: Iterable[Institution]) -> dict[str, Any]:
    """Counts of a set of institutions by distinct number, and its duty: each institution at its own milestone."""
    members = [s for s in standings(now, institutions) if s.stock]
    counts = _counts(stock(now, [s.institution for s in members]))
    required = sum(s.current.required or 0 for s in members)
    required_rate = ratio(required, sum(len(s.stock) for s in members))
    return {
        "institutions": len(members),
        "institutions_met": sum(s.current.status in ("met", "late") for s in members),
        "institutions_missed": sum(s.current.status == "missed" for s in members),
        "institutions_done": sum(s.approved == len(s.stock) for s in members),
        **counts,
        "required": required,
        "required_rate": required_rate,
        "lead_pp": points(counts["inventory_rate"], required_rate),
        "status": _status(members),
    }


def _status(members: list[Standing]) -> str:
    statuses = {s.current.status for s in members}
    if not statuses:
        return "none"
    if "missed" in statuses:
        return "missed"
    return "met" if statuses <= {"met", "late"} else "open"
