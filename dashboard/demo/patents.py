"""The patents of the world: what does not change from week to week, one entry per row of the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum

import numpy as np
import pyarrow as pa

from dashboard.contract import PatentNumber
from dashboard.demo import columns, numbers
from dashboard.demo.chance import NEVER, Bools, Floats, Ints, pick, shares, stream, within
from dashboard.demo.institutions import Institution
from dashboard.demo.rhythm import Calendar
from dashboard.demo.settings import Patents as Shares
from dashboard.demo.settings import Settings

TYPE_DIGITS = {"发明": 1, "实用新型": 2, "外观设计": 3}
PCT_SHIFT = 7


class Category(IntEnum):
    """Why a patent is in the export, or (ELSEWHERE) only in other tables."""

    STOCK = 0
    CONVERTED = 1
    LAPSED = 2
    INCREMENT = 3
    ELSEWHERE = 4


@dataclass(frozen=True)
class Rows:
    """Columns of equal length, sorted by institution. Days are day numbers (NEVER: not in this world's time).

    `identity` is the same for the rows of one patent; `quality` is a latent standard normal that stars,
    prospects, maturity and listing share.
    """

    identity: Ints
    primary: Bools
    category: Ints
    institution: Ints
    type: Ints
    digit: Ints
    filed: Ints
    granted: Ints
    field: Ints
    wording: Ints
    quality: Floats
    lapsed: Ints
    undated_lapse: Bools
    converted: Ints
    partner: Ints
    visible_from: Ints
    visible_until: Ints
    moved: Ints
    moved_to: Ints

    def __len__(self) -> int:
        return len(self.identity)


@dataclass(frozen=True)
class Patents:
    """Rows, and the patent number of each identity."""

    rows: Rows
    numbers: pa.StringArray


def build(
    settings: Settings, rules: PatentNumber, calendar: Calendar, institutions: Sequence[Institution], scale: float
) -> Patents:
    """All rows that any week shows, and the patents that only other tables name."""
    solo = _solo(settings, calendar, institutions, scale)
    old = (solo.filed < _first_new_form(rules)) & (solo.category == Category.LAPSED)
    names = numbers.numbers(rules, _year(solo.filed), solo.digit, old)
    rows = _joined(settings, solo, institutions)
    return Patents(_unsettled(settings, calendar, rows, institutions), names)


def _first_new_form(rules: PatentNumber) -> int:
    return int(np.datetime64(f"{rules.first_year}-10-01").astype(int))


def _year(days: Ints) -> Ints:
    years: Ints = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def _solo(settings: Settings, calendar: Calendar, institutions: Sequence[Institution], scale: float) -> Rows:
    share, rng = settings.patents, stream(settings.seed, "patents")
    sizes = np.array([one.full_stock for one in institutions], dtype=float)
    stock = round(settings.calibration.stock * (1 + share.allowance) * scale)
    totals = {
        Category.STOCK: stock,
        Category.CONVERTED: round(stock * share.converted_before),
        Category.LAPSED: round(stock * share.lapsed_before),
        Category.INCREMENT: round(stock * share.increment),
        Category.ELSEWHERE: max(3, round(stock * 0.0005)),
    }
    per_institution = [shares(total, sizes) for total in totals.values()]
    places = np.arange(len(institutions))
    institution = np.concatenate([np.repeat(places, counts) for counts in per_institution])
    category = np.repeat(np.array(list(totals)), list(totals.values()))
    size = len(category)
    type_ = pick(rng, [share.types[name] for name in TYPE_DIGITS], size)
    digit = np.array(list(TYPE_DIGITS.values()))[type_]
    digit = np.where((digit <= 2) & (rng.random(size) < 0.004), digit + PCT_SHIFT, digit)
    granted = _granted(rng, calendar, category, type_)
    low, high = np.array([420, 150, 100])[type_], np.array([1400, 420, 300])[type_]
    lapsed, undated = _lapsed(rng, share, calendar, category, granted)
    return Rows(
        identity=np.arange(size),
        primary=np.ones(size, dtype=bool),
        category=category,
        institution=institution,
        type=type_,
        digit=digit,
        filed=granted - within(rng, low, high, size),
        granted=granted,
        field=_field(settings, rng, institution, len(institutions)),
        wording=rng.integers(0, 1 << 30, size),
        quality=rng.standard_normal(size),
        lapsed=lapsed,
        undated_lapse=undated,
        converted=np.where(category == Category.CONVERTED, 0, NEVER),
        partner=np.full(size, -1),
        visible_from=np.where(category == Category.ELSEWHERE, NEVER, 0),
        visible_until=np.full(size, NEVER),
        moved=np.full(size, NEVER),
        moved_to=institution,
    )


def _granted(rng: np.random.Generator, calendar: Calendar, category: Ints, type_: Ints) -> Ints:
    """Grant days, on Tuesdays: mostly of the last years, converted and lapsed ones older, increments after."""
    size = len(category)
    longest = np.array([5000, 2900, 2900])[type_]
    age = np.minimum(rng.exponential(1100, size), longest * rng.random(size)).astype(np.int64)
    age += np.where(np.isin(category, (Category.CONVERTED, Category.LAPSED)), 900, 0)
    age = np.where((category == Category.LAPSED) & (rng.random(size) < 0.015), within(rng, 7000, 8000, size), age)
    days: Ints = np.where(
        category == Category.INCREMENT, within(rng, calendar.baseline + 7, calendar.last, size), calendar.baseline - age
    )
    return days - (days + 2) % 7


def _lapsed(
    rng: np.random.Generator, share: Shares, calendar: Calendar, category: Ints, granted: Ints
) -> tuple[Ints, Bools]:
    size = len(category)
    before = within(rng, granted + 300, calendar.baseline, size)
    after = within(rng, calendar.baseline + 1, calendar.last, size)
    lapses = np.isin(category, (Category.STOCK, Category.CONVERTED)) & (rng.random(size) < share.lapsing)
    lapsed = np.where(
        category == Category.LAPSED, np.minimum(before, calendar.baseline), np.where(lapses, after, NEVER)
    )
    return lapsed, (category == Category.LAPSED) & (rng.random(size) < 0.1)


def _field(settings: Settings, rng: np.random.Generator, institution: Ints, count: int) -> Ints:
    """Fields by each institution's own profile; -1 where the cell is empty."""
    profiles = np.cumsum(rng.gamma(0.8, size=(count, len(settings.fields))) + 0.02, axis=1)
    profiles /= profiles[:, -1:]
    drawn = np.empty(len(institution), dtype=np.int64)
    for place in range(count):
        mine = institution == place
        drawn[mine] = np.searchsorted(profiles[place], rng.random(int(mine.sum())), side="right")
    return np.where(rng.random(len(institution)) < 0.03, -1, np.minimum(drawn, len(settings.fields) - 1))


def _joined(settings: Settings, solo: Rows, institutions: Sequence[Institution]) -> Rows:
    """The rows with a second one for each patent that two institutions own, sorted by institution."""
    rng, share = stream(settings.seed, "joint"), settings.patents.joint
    candidates = np.flatnonzero((rng.random(len(solo)) < share) & (solo.category != Category.ELSEWHERE))
    sizes = np.sqrt([one.full_stock for one in institutions])
    partner = pick(rng, sizes, len(candidates))
    kept = partner != solo.institution[candidates]
    candidates, partner = candidates[kept], partner[kept]
    first = solo.partner.copy()
    first[candidates] = partner
    solo = replace(solo, partner=first)
    second = replace(
        columns.taken(solo, candidates),
        institution=partner,
        moved_to=partner,
        partner=solo.institution[candidates],
        primary=np.zeros(len(candidates), dtype=bool),
    )
    both = Rows(**{f.name: np.concatenate([getattr(solo, f.name), getattr(second, f.name)]) for f in fields(Rows)})
    return columns.taken(both, np.lexsort((both.identity, both.institution)))


def _unsettled(settings: Settings, calendar: Calendar, rows: Rows, institutions: Sequence[Institution]) -> Rows:
    """Some rows come late, vanish, turn out converted, or move to another institution between weeks."""
    rng, share, size = stream(settings.seed, "unsettled"), settings.patents, len(rows)
    first = calendar.baseline + settings.rhythm.first_day
    untidy = np.array([one.untidy for one in institutions])[rows.institution]
    stock = (rows.category == Category.STOCK) & untidy

    def some(probability: float) -> tuple[Bools, Ints]:
        return stock & (rng.random(size) < probability), within(rng, first + 20, calendar.last, size)

    (enters, entry), (leaves, leave) = some(share.entering), some(share.leaving)
    (converts, conversion), (moves, move) = some(share.converting), some(share.moving)
    target = pick(rng, np.array([one.full_stock for one in institutions], dtype=float), size)
    moves &= rows.partner < 0
    return replace(
        rows,
        visible_from=np.where(enters, entry, rows.visible_from),
        visible_until=np.where(leaves & ~enters, leave, NEVER),
        converted=np.where(converts, conversion, rows.converted),
        moved=np.where(moves, move, NEVER),
        moved_to=np.where(moves, target, rows.moved_to),
    )
