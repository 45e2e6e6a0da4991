"""How an institution's approved share grows day by day towards its obligation dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dashboard.demo.chance import NEVER, Floats, Ints, day_number, stream
from dashboard.demo.institutions import Institution
from dashboard.demo.settings import Settings
from dashboard.policy import Policy

# Days that an aim of double the share would be early.
EARLY = 80


@dataclass(frozen=True)
class Calendar:
    """The days of the world: after the baseline up to `last`, the plan's last due date (day numbers)."""

    baseline: int
    last: int
    weights: Floats
    push: float
    dues: dict[str, list[tuple[int, float]]]

    @classmethod
    def of(cls, settings: Settings, policy: Policy) -> Calendar:
        obligations = [*policy.obligations(), *policy.enterprise_obligations()]
        baseline, last = day_number(policy.baseline.day), max(day_number(o.due_on) for o in obligations)
        rhythm = settings.rhythm
        weights = np.array([rhythm.weekdays[(day + 3) % 7] for day in range(baseline, last + 1)])
        for days, weight in ((rhythm.holidays, rhythm.holiday_weight), (rhythm.made_up_days, rhythm.weekdays[0])):
            for day in days:
                if baseline <= day_number(day) <= last:
                    weights[day_number(day) - baseline] = weight
        dues: dict[str, list[tuple[int, float]]] = {}
        for o in policy.obligations():
            dues.setdefault(o.group, []).append((day_number(o.due_on), float(o.share)))
        return cls(baseline, last, weights, rhythm.push, dues)

    def curve(self, knots: list[tuple[int, float]]) -> Floats:
        """Cumulative shares by day from the baseline on, through `knots` (day, share), denser before each of them."""
        shares = np.zeros(self.last - self.baseline + 1)
        for (start, low), (end, high) in pairwise(knots):
            days = np.arange(start + 1, end + 1)
            weight = self.weights[days - self.baseline] * (1 + self.push * np.exp(-(end - days) / 4))
            if weight.sum() > 0:
                shares[days - self.baseline] = low + (high - low) * np.cumsum(weight) / weight.sum()
        return np.maximum.accumulate(shares)

    def days(self, curve: Floats, places: Floats) -> Ints:
        """The day on which a curve reaches each place (0 … 1); NEVER for those it does not reach."""
        index = np.searchsorted(curve, places, side="left")
        return np.where(index < len(curve), self.baseline + index, NEVER)


def curves(settings: Settings, calendar: Calendar, institutions: list[Institution]) -> list[Floats]:
    """Each institution's curve of approvals, by its group's dates and its own conduct."""
    rng = stream(settings.seed, "curves")
    return [calendar.curve(_knots(settings, calendar, one, rng)) for one in institutions]


def _knots(
    settings: Settings, calendar: Calendar, one: Institution, rng: np.random.Generator
) -> list[tuple[int, float]]:
    dues, conduct = calendar.dues[one.group], settings.conduct
    low, high = getattr(conduct, one.conduct).factor
    factor, final = float(rng.uniform(low, high)), float(rng.uniform(0.975, 1.0))
    start = calendar.baseline + settings.rhythm.first_day + int(rng.integers(0, 26))
    late_start, bulk_day = dues[0][0] + int(rng.integers(-8, 18)), _working_day(calendar, dues[0][0], rng)
    if one.conduct == "bulk":
        return [(bulk_day - 1, 0.0), (bulk_day, factor), (calendar.last, max(final, factor))]
    start = late_start if one.conduct == "late" else start
    knots, reached = [(start, 0.0)], 0.0
    for due, share in dues:
        if due > start:
            # Who aims beyond all of it is done early.
            early = max(0, min(round((share * factor - 1) * EARLY), due - knots[-1][0] - 1))
            reached = min(1.0, max(reached, share * factor))
            knots.append((due - early, reached))
        if factor < 1:
            factor = 1 - (1 - factor) * conduct.catch_up
    return [*knots, (calendar.last, max(reached, final))] if knots[-1][0] < calendar.last else knots


def _working_day(calendar: Calendar, due: int, rng: np.random.Generator) -> int:
    """A full working day in the weeks around a due date."""
    days = np.arange(due - 3, min(due + 24, calendar.last + 1))
    return int(rng.choice(days[calendar.weights[days - calendar.baseline] >= 0.9]))
