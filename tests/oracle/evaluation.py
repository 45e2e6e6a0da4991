"""Enterprises' evaluations of the patents pushed to them, and their experts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.counting import Row, add_nulls, add_ranks, by_key, group_by, points, ratio
from tests.oracle.milestones import judge
from tests.oracle.plan import CITIES, ENTERPRISE_GROUPS, LEAD_CATEGORIES, NO_NEED_WORDS, NULL_WORDS
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Enterprise, Evaluation

_COUNTS = ("matched", "evaluated", "evaluation_rate", "with_need", "with_cooperation")


def evaluation_group(now: Snapshot) -> list[Row]:
    before = by_key(evaluation_group(now.previous), "enterprise_group") if now.previous else {}
    rows: list[Row] = []
    for group in ENTERPRISE_GROUPS:
        members = [e for e in now.enterprises if group_of(e) == group]
        pairs = pairs_of(now, members)
        days = [p.evaluated_on for p in pairs if p.evaluated_on is not None]
        current = judge(now.plan.current(group, now.as_of), len(pairs), days, now.as_of)
        counts = _counts(now, pairs)
        previous_rate = before[(group,)]["evaluation_rate"] if before else None
        row = {
            "enterprise_group": group,
            "enterprises": len(members) if now.has("enterprises") else None,
            "matched": counts["matched"],
            "evaluated": counts["evaluated"],
            "evaluation_rate": counts["evaluation_rate"],
            "milestone_due": current.due_on,
            "share": current.obligation.share,
            "required": current.required,
            "gap": current.gap,
            "status": current.status if now.has("evaluations") else None,
            "with_need": counts["with_need"],
            "with_cooperation": counts["with_cooperation"],
            "previous_rate": previous_rate,
            "change_pp": points(counts["evaluation_rate"], previous_rate),
        }
        rows.append(row)
    return rows


def evaluation_city(now: Snapshot) -> list[Row]:
    rows: list[Row] = []
    for group in ENTERPRISE_GROUPS:
        of_group: list[Row] = []
        for code, name in CITIES.items():
            members = [e for e in now.enterprises if group_of(e) == group and e.city_code == code]
            counts = _counts(now, pairs_of(now, members))
            of_group.append(
                {
                    "city_code": code,
                    "city_name": name,
                    "enterprise_group": group,
                    "enterprises": len(members) if now.has("enterprises") else None,
                    "matched": counts["matched"],
                    "evaluated": counts["evaluated"],
                    "evaluation_rate": counts["evaluation_rate"],
                    "rank": None,
                    "with_need": counts["with_need"],
                    "with_cooperation": counts["with_cooperation"],
                }
            )
        add_ranks(of_group, "evaluation_rate")
        rows += of_group
    return rows


def pooled_rate(now: Snapshot, city: str) -> Fraction | None:
    """The evaluation rate over all pairs of a city's enterprises."""
    rate: Fraction | None = _counts(now, pairs_of(now, [e for e in now.enterprises if e.city_code == city]))[
        "evaluation_rate"
    ]
    return rate


def experts_field(now: Snapshot) -> list[Row]:
    return [
        {
            "field": field,
            "experts": len(experts),
            "enterprises": len({e.enterprise_id for e in experts}),
            "reviews": sum(e.reviews or 0 for e in experts),
        }
        for field, experts in group_by(now.experts, lambda e: e.field or "未填").items()
    ]


def group_of(enterprise: Enterprise) -> str:
    return "lead" if LEAD_CATEGORIES & set(enterprise.categories) else "other"


def pairs_of(now: Snapshot, enterprises: list[Enterprise]) -> list[Evaluation]:
    ids = {e.enterprise_id for e in enterprises}
    return [p for p in now.evaluations if p.enterprise_id in ids]


def has_need(pair: Evaluation) -> bool:
    need = pair.improvement_need or ""
    return pair.evaluated_on is not None and need.upper() not in NULL_WORDS and need not in NO_NEED_WORDS


def has_cooperation(pair: Evaluation) -> bool:
    return pair.evaluated_on is not None and pair.cooperation in {"有", "洽谈中"}


def _counts(now: Snapshot, pairs: list[Evaluation]) -> dict[str, Any]:
    row: Row = {}
    add_nulls(row, *_COUNTS)
    if not now.has("evaluations"):
        return row
    evaluated = sum(p.evaluated_on is not None for p in pairs)
    return {
        "matched": len(pairs),
        "evaluated": evaluated,
        "evaluation_rate": ratio(evaluated, len(pairs)),
        "with_need": sum(map(has_need, pairs)),
        "with_cooperation": sum(map(has_cooperation, pairs)),
    }
