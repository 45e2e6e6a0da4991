"""The inventory itself: when each row is recorded, returned, approved, withdrawn and listed, and how it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.demo.chance import NEVER, Bools, Floats, Ints, pick, rank_within, stream, to_weekday, within
from dashboard.demo.institutions import CONDUCTS, Institution
from dashboard.demo.patents import Category, Rows
from dashboard.demo.rhythm import Calendar
from dashboard.demo.settings import Settings

STATUSES = ("未建档", "待院审", "院审退回", "待校审", "校审退回", "已通过")
# Where a form stands by the share of its way from recorded to approved: (up to, status) …
PATHS = (
    ((0.40, "待院审"), (1.0, "待校审")),
    ((0.25, "待院审"), (0.60, "院审退回"), (0.75, "待院审"), (1.0, "待校审")),
    ((0.25, "待院审"), (0.45, "待校审"), (0.80, "校审退回"), (1.0, "待校审")),
)


@dataclass(frozen=True)
class Reviews:
    """Days of each row's way (NEVER: not in this world's time) and the judgements made on recording."""

    recorded: Ints
    approved: Ints
    withdrawn: Ints
    approved_again: Ints
    listing_lag: Ints
    path: Ints
    standstill: Floats
    swapped: Bools
    stars: Ints
    prospect: Ints
    maturity: Ints
    several_users: Bools
    own_use: Bools
    industrialised: Bools

    def approved_as_of(self, day: int) -> Ints:
        """The day of the approval that stands on `day`; NEVER where none does."""
        first = np.where((self.approved <= day) & (self.withdrawn > day), self.approved, NEVER)
        return np.where(self.approved_again <= day, self.approved_again, first)

    def listed_as_of(self, day: int) -> Ints:
        """The day of entry into the transformation library that stands on `day`; NEVER where none does."""
        approved = self.approved_as_of(day)
        listed = np.where((approved < NEVER) & (self.listing_lag >= 0), approved + self.listing_lag, NEVER)
        return np.where(listed <= day, listed, NEVER)

    def status_as_of(self, day: int) -> Ints:
        """Codes into STATUSES."""
        done = np.where(
            self.approved < NEVER, (day - self.recorded) / np.maximum(self.approved - self.recorded, 1), self.standstill
        )
        status = np.zeros(len(self.recorded), dtype=np.int64)
        for number, path in enumerate(PATHS):
            mine = self.path == number
            steps = np.searchsorted([end for end, _ in path[:-1]], done[mine], side="right")
            status[mine] = np.array([STATUSES.index(name) for _, name in path])[steps]
        status[self.recorded > day] = STATUSES.index("未建档")
        status[(self.withdrawn <= day) & (self.approved_again > day)] = STATUSES.index("校审退回")
        status[self.approved_as_of(day) < NEVER] = STATUSES.index("已通过")
        return status


def build(
    settings: Settings,
    calendar: Calendar,
    curves: Sequence[Floats],
    institutions: Sequence[Institution],
    levels: int,
    rows: Rows,
) -> Reviews:
    """The way of every row; `levels` is the number of maturity levels of the plan."""
    rng, share, size = stream(settings.seed, "reviews"), settings.patents, len(rows)
    approved = _approved(settings, rng, calendar, curves, rows)
    recorded = _recorded(settings, rng, calendar, institutions, rows, approved)
    untidy = np.array([one.untidy for one in institutions])[rows.institution]
    withdraws = untidy & (approved < NEVER) & (rng.random(size) < share.withdrawn)
    withdrawn = np.where(withdraws, approved + within(rng, 4, 30, size), NEVER)
    again = np.where(withdrawn < NEVER, withdrawn + within(rng, 9, 45, size), NEVER)
    chance = np.clip(share.listed + 0.13 * rows.quality, 0.05, 0.97)
    returned = (share.returned_by_college, share.returned_by_school)
    swapped = (rng.random(size) < 0.0002) & (approved < NEVER)
    return Reviews(
        recorded=recorded,
        approved=approved,
        withdrawn=withdrawn,
        approved_again=again,
        listing_lag=np.where(rng.random(size) < chance, within(rng, 1, 9, size), -1),
        path=pick(rng, (1 - sum(returned), *returned), size),
        standstill=rng.random(size),
        swapped=swapped,
        stars=1 + _graded(rng, rows.quality, np.array(share.stars)),
        prospect=_graded(rng, rows.quality, np.array(list(share.prospects.values()))),
        maturity=_graded(rng, 0.5 * rows.quality, _hump(levels)),
        several_users=rng.random(size) < share.several_users,
        own_use=rng.random(size) < share.own_use,
        industrialised=rng.random(size) < np.clip(share.industrialised * (1 + 0.6 * rows.quality), 0, 1),
    )


def _approved(
    settings: Settings, rng: np.random.Generator, calendar: Calendar, curves: Sequence[Floats], rows: Rows
) -> Ints:
    """Stock rows take their places on the institution's curve; the others are approved now and then."""
    approved = np.full(len(rows), NEVER)
    stock = np.flatnonzero(rows.category == Category.STOCK)
    owners = rows.institution[stock]
    ranks = rank_within(owners, rng.random(len(stock)))
    places = (ranks + 0.5) / np.bincount(owners, minlength=len(curves))[owners]
    for owner, curve in enumerate(curves):
        mine = owners == owner
        approved[stock[mine]] = calendar.days(curve, places[mine])
    approved = np.where(rows.visible_from > approved, NEVER, approved)
    size, draw = len(rows), rng.random(len(rows))
    later = to_weekday(rng, rows.granted + 12 + rng.gamma(2.0, 18.0, size).astype(np.int64))
    early = to_weekday(rng, within(rng, calendar.baseline + settings.rhythm.first_day + 20, calendar.last, size))
    increment = (rows.category == Category.INCREMENT) & (draw < settings.patents.increment_recorded)
    converted = (rows.category == Category.CONVERTED) & (draw < settings.patents.converted_recorded)
    approved = np.where(increment, later, np.where(converted, early, approved))
    # An entry that came late is approved a while after it came.
    late = (rows.visible_from > 0) & (rows.category == Category.STOCK)
    return np.where(late, to_weekday(rng, rows.visible_from + within(rng, 5, 40, size)), approved)


def _recorded(
    settings: Settings,
    rng: np.random.Generator,
    calendar: Calendar,
    institutions: Sequence[Institution],
    rows: Rows,
    approved: Ints,
) -> Ints:
    """Recorded some days before approval; a bulk approver records over weeks; what is never approved, some time."""
    size = len(rows)
    bulk = np.array([one.conduct == CONDUCTS[3] for one in institutions])[rows.institution]
    lag = np.where(bulk, within(rng, 1, 45, size), 1 + rng.gamma(2.0, 4.5, size).astype(np.int64))
    start = np.maximum(
        calendar.baseline + settings.rhythm.first_day - 10, np.maximum(rows.granted, rows.visible_from) + 1
    )
    start = np.where(rows.category == Category.ELSEWHERE, calendar.baseline, start)
    recorded = np.minimum(np.maximum(approved - lag, start), approved)
    open_stock = (approved == NEVER) & (rows.category == Category.STOCK)
    some_day = within(rng, calendar.baseline + settings.rhythm.first_day + 20, calendar.last + 30, size)
    return np.where(open_stock, np.maximum(some_day, start), np.where(approved == NEVER, NEVER, recorded))


def _graded(rng: np.random.Generator, latent: Floats, shares: Floats) -> Ints:
    """Grades 0 … n-1 with the given shares, the higher the more likely with `latent`."""
    mixed = latent + 0.8 * rng.standard_normal(len(latent))
    bounds = np.quantile(mixed, np.cumsum(shares / shares.sum())[:-1]) if len(mixed) else np.array([])
    return np.searchsorted(bounds, mixed, side="right").astype(np.int64)


def _hump(levels: int) -> Floats:
    """Shares of maturity levels: few at both ends, most a little below the middle."""
    places = np.arange(levels) / max(levels - 1, 1)
    return np.asarray(np.exp(-(((places - 0.42) / 0.3) ** 2)))
