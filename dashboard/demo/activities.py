"""What else is collected: events, assessments before filing, portfolios, pilots, cases. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.demo.chance import NEVER, Floats, Ints, pick, stream, to_weekday, within
from dashboard.demo.institutions import Institution
from dashboard.demo.patents import Category, Rows
from dashboard.demo.reviews import Reviews
from dashboard.demo.rhythm import Calendar
from dashboard.demo.settings import Settings
from dashboard.policy import Policy

STAGES = ("概念验证", "二次开发", "中试", "熟化")
LEVELS = ("市级", "县级", "园区", "省级")
KINDS = ("对接", "路演", "拍卖", "交易", "展示", "推广", "培训", "宣传")


@dataclass(frozen=True)
class Events:
    """One entry per event; `counts` has columns institutions, enterprises, patents, intents, deals."""

    city: Ints
    held: Ints
    level: Ints
    kind: Ints
    organiser: Ints
    field: Ints
    counts: Ints
    amount: Ints


@dataclass(frozen=True)
class Assessments:
    """One entry per institution and month (its first day); counts as named in the contract, -1 empty."""

    institution: Ints
    month: Ints
    assessed: Ints
    declined: Ints
    ordered: Ints
    joint: Ints


@dataclass(frozen=True)
class Portfolios:
    """One entry per portfolio, and for each row of the patents the portfolio it names (-1 none)."""

    field: Ints
    pool: Ints
    operator: Ints
    formed: Ints
    licensees: Ints
    of_row: Ints


@dataclass(frozen=True)
class Pilots:
    patent: Ints
    platform: Ints
    stage: Ints
    started: Ints
    finished: Ints


@dataclass(frozen=True)
class Cases:
    city: Ints
    institution: Ints
    submitted: Ints
    decided: Ints
    published: Ints


def events(settings: Settings, policy: Policy, calendar: Calendar) -> Events:
    """Counted events by city, from none to many a year, and training, publicity and provincial ones besides."""
    rng, cities = stream(settings.seed, "events"), len(policy.cities)
    aims = _aims(settings, policy, rng)
    year = int(np.datetime64(f"{settings.last_week.year}-01-01").astype(int))
    parts = []
    for start, end, factor in ((year - 365, year - 1, 0.8), (year, calendar.last, (calendar.last - year) / 365)):
        for counted, share in ((True, 1.0), (False, 0.35)):
            numbers = np.round(aims * factor * share).astype(np.int64)
            city = np.repeat(np.arange(cities), numbers)
            size = len(city)
            level = pick(rng, (0.35, 0.35, 0.3), size) if counted else pick(rng, (0.4, 0.2, 0.1, 0.3), size)
            kind = pick(rng, (0.4, 0.2, 0.05, 0.08, 0.12, 0.15), size) if counted else 6 + rng.integers(0, 2, size)
            parts.append((city, to_weekday(rng, within(rng, start + 8, end, size)), level, kind))
    city, held, level, kind = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((city, held))
    size = len(order)
    counts = np.column_stack(
        [rng.integers(low, high, size) for low, high in ((1, 12), (8, 80), (10, 300), (0, 30), (0, 8))]
    )
    return Events(
        city=city[order],
        held=held[order],
        level=level[order],
        kind=kind[order],
        organiser=rng.integers(0, len(settings.organisers), size),
        field=rng.integers(-1, len(settings.fields), size),
        counts=counts,
        amount=counts[:, 4] * rng.integers(5, 120, size),
    )


def _aims(settings: Settings, policy: Policy, rng: np.random.Generator) -> Floats:
    """Counted events of a whole year by city, larger cities rather more than fewer."""
    given, cities = settings.market.events_by_year, len(policy.cities)
    aims = np.interp(np.linspace(0, 1, cities), np.linspace(0, 1, len(given)), given)
    weights = np.array([settings.city_weights.get(city.short_name, 1.0) for city in policy.cities])
    return aims[np.argsort(np.argsort(rng.random(cities) + weights / weights.max()))]


def assessments(
    settings: Settings, institutions: Sequence[Institution], calendar: Calendar, scale: float
) -> Assessments:
    """Monthly figures of institutions with a stock of 200 and more, since January of the baseline's year."""
    rng = stream(settings.seed, "assessments")
    first = np.datetime64(f"{settings.last_week.year - 1}-01", "M")
    last = np.datetime64(int(calendar.last), "D").astype("datetime64[M]")
    months = np.arange(first, last + 1).astype("datetime64[D]").astype(np.int64)
    stocks = np.array([one.full_stock for one in institutions])
    owners = np.flatnonzero(stocks >= 200)
    institution, month = np.repeat(owners, len(months)), np.tile(months, len(owners))
    assessed = rng.poisson(np.maximum(stocks[institution] * scale / 70, 0.5))
    declined = rng.binomial(assessed, 0.14)
    present = rng.random(len(month)) < 0.93
    columns = (institution, month, assessed, declined, rng.poisson(0.8, len(month)), rng.poisson(0.5, len(month)))
    return Assessments(*(column[present] for column in columns))


def portfolios(settings: Settings, calendar: Calendar, rows: Rows, scale: float) -> Portfolios:
    """Portfolios and pools of one field each, and the stock rows that join them."""
    rng, fields = stream(settings.seed, "portfolios"), len(settings.fields)
    size = max(3, round(settings.market.portfolios * scale))
    rounds = (size - rows.field + fields - 1) // fields
    joins = (rows.category == Category.STOCK) & (rows.field >= 0) & (rounds > 0) & rows.primary
    joins &= rng.random(len(rows)) < settings.patents.in_portfolio * np.exp(0.7 * rows.quality) / 1.28
    of_row = rows.field + fields * np.floor(rng.random(len(rows)) * np.maximum(rounds, 1)).astype(np.int64)
    return Portfolios(
        field=np.arange(size) % fields,
        pool=(rng.random(size) < 0.4).astype(np.int64),
        operator=rng.integers(-1, len(settings.operators), size),
        formed=to_weekday(rng, within(rng, calendar.baseline - 200, calendar.last, size)),
        licensees=rng.integers(0, 16, size),
        of_row=np.where(joins, of_row, -1),
    )


def pilots(settings: Settings, calendar: Calendar, rows: Rows, reviews: Reviews, scale: float) -> Pilots:
    """Listed patents of good prospects in further development."""
    rng = stream(settings.seed, "pilots")
    size = max(4, round(settings.market.pilots * scale))
    listed = reviews.listed_as_of(calendar.last)
    pool = np.flatnonzero((listed < calendar.last - 10) & rows.primary & (reviews.prospect >= 2))
    pool = rng.permutation(pool)[:size]
    size = len(pool)
    started = to_weekday(rng, listed[pool] + within(rng, 3, 30, size))
    return Pilots(
        patent=rows.identity[pool],
        platform=rng.integers(0, len(settings.platforms), size),
        stage=pick(rng, (0.4, 0.3, 0.2, 0.1), size),
        started=started,
        finished=np.where(rng.random(size) < 0.5, started + within(rng, 15, 120, size), NEVER),
    )


def cases(settings: Settings, policy: Policy, calendar: Calendar, institutions: Sequence[Institution]) -> Cases:
    rng, size = stream(settings.seed, "cases"), settings.market.cases
    cities = {city.code: place for place, city in enumerate(policy.cities)}
    homes = np.array([cities[one.city] for one in institutions])
    institution = pick(rng, np.sqrt([one.full_stock for one in institutions]), size)
    submitted = np.sort(to_weekday(rng, within(rng, calendar.baseline + 40, calendar.last, size)))
    return Cases(
        city=homes[institution],
        institution=np.where(rng.random(size) < 0.7, institution, -1),
        submitted=submitted,
        decided=submitted + within(rng, 7, 30, size),
        published=(rng.random(size) < 0.45).astype(np.int64),
    )
