"""Duties and whether they were met: groups, milestones, forecast."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.counting import Number, Row, approval_days, ratio, stock
from tests.oracle.plan import GROUPS, Obligation
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Institution


@dataclass(frozen=True)
class Judgement:
    """How one obligation stands: `days` are those of the achievements counted, in order."""

    obligation: Obligation
    total: int
    days: tuple[date, ...]
    as_of: date

    @property
    def due_on(self) -> date:
        return self.obligation.due_on

    @property
    def required(self) -> int | None:
        return math.ceil(self.obligation.share * self.total) if self.total else None

    @property
    def gap(self) -> int | None:
        return None if self.required is None else max(self.required - len(self.days), 0)

    @property
    def achieved_on(self) -> date | None:
        if self.required is None or len(self.days) < self.required:
            return None
        return self.days[self.required - 1]

    @property
    def status(self) -> str:
        if self.required is None:
            return "none"
        if self.achieved_on is not None:
            return "met" if self.achieved_on <= self.due_on else "late"
        return "missed" if self.due_on < self.as_of else "open"

    @property
    def days_late(self) -> int | None:
        if self.status == "met":
            return 0
        if self.achieved_on is not None:
            return (self.achieved_on - self.due_on).days
        return (self.as_of - self.due_on).days if self.status == "missed" else None

    @property
    def by_due(self) -> int:
        """How many were there on or before min(due, as-of)."""
        return bisect_right(self.days, min(self.due_on, self.as_of))


def judge(obligation: Obligation, total: int, days: Iterable[date], as_of: date) -> Judgement:
    return Judgement(obligation, total, tuple(sorted(days)), as_of)


@dataclass(frozen=True)
class Standing:
    """An institution with its frozen stock."""

    institution: Institution
    stock: list[Number]
    now: Snapshot

    @property
    def group(self) -> str:
        if self.institution.demonstration or len(self.stock) < self.now.plan.small_stock:
            return "A"
        return "B" if self.institution.capacity_programme else "C"

    @property
    def days(self) -> list[date]:
        return approval_days(self.stock)

    @property
    def approved(self) -> int:
        return sum(n.approved for n in self.stock)

    @property
    def judgements(self) -> list[Judgement]:
        return [self._judge(o) for o in self.now.plan.obligations(self.group)]

    @property
    def current(self) -> Judgement:
        """At the current milestone of its group."""
        return self._judge(self.now.plan.current(self.group, self.now.as_of))

    def _judge(self, obligation: Obligation) -> Judgement:
        return judge(obligation, len(self.stock), self.days, self.now.as_of)


def standings(now: Snapshot, institutions: Iterable[Institution] | None = None) -> list[Standing]:
    chosen = now.institutions if institutions is None else institutions
    return [Standing(i, stock(now, [i]), now) for i in chosen]


def milestone_institution(now: Snapshot) -> list[Row]:
    return [
        {
            "institution_id": standing.institution.institution_id,
            "due_on": judgement.due_on,
            "share": judgement.obligation.share,
            "stock": judgement.total,
            "required": judgement.required,
            "approved_by_due": judgement.by_due,
            "achieved_on": judgement.achieved_on,
            "days_late": judgement.days_late,
            "status": judgement.status,
        }
        for standing in standings(now)
        for judgement in standing.judgements
    ]


def milestone_group(now: Snapshot) -> list[Row]:
    rows: list[Row] = []
    for group in GROUPS:
        members = [s for s in standings(now) if s.group == group and s.stock]
        counted = stock(now, [s.institution for s in members])
        days = approval_days(counted)
        for obligation in now.plan.obligations(group):
            statuses = [j.status for s in members for j in s.judgements if j.obligation == obligation]
            by_due = judge(obligation, len(counted), days, now.as_of).by_due
            rows.append(
                {
                    "group": group,
                    "due_on": obligation.due_on,
                    "share": obligation.share,
                    "institutions": len(members),
                    **{status: statuses.count(status) for status in ("met", "late", "missed", "open")},
                    "stock": len(counted),
                    "approved_by_due": by_due,
                    "rate_by_due": ratio(by_due, len(counted)),
                    "approved_now": len(days),
                    "rate_now": ratio(len(days), len(counted)),
                }
            )
    return rows


def forecast(standing: Standing) -> Row:
    """One institution's outlook; exact fractions throughout, so that no ceiling trips over a rounding."""
    now, judgement = standing.now, standing.current
    total, approved, required = len(standing.stock), standing.approved, judgement.required or 0
    recent = sum(now.as_of - timedelta(days=now.plan.pace_days) < d <= now.as_of for d in standing.days)
    pace = Fraction(recent, now.plan.pace_days) * 7
    days_left = (judgement.due_on - now.as_of).days
    expected = approved + pace * max(0, days_left) / 7

    if approved >= required:
        needed: Fraction | None = Fraction(0)
    else:
        needed = (required - approved) / Fraction(days_left, 7) if days_left > 0 else None
    if approved == total:
        projected_on: date | None = standing.days[-1]
    else:
        projected_on = now.as_of + timedelta(days=math.ceil((total - approved) / (pace / 7))) if pace else None
    if approved == total:
        outlook = "done"
    elif pace == 0:
        outlook = "stalled"
    else:
        outlook = "on_track" if expected >= required else "at_risk"
    return {
        "institution_id": standing.institution.institution_id,
        "pace_per_week": pace,
        "needed_per_week": needed,
        "projected_on": projected_on,
        "projected_rate": min(Fraction(1), expected / total),
        "outlook": outlook,
    }


def forecast_institution(now: Snapshot) -> list[Row]:
    return [forecast(s) for s in standings(now) if s.stock]
