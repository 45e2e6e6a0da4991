"""Transfer and licence filings and product filings: contracts of one or several patents, registered late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.demo import columns
from dashboard.demo.chance import NEVER, Bools, Floats, Ints, pick, rank_within, stream, to_weekday, within
from dashboard.demo.enterprises import Enterprises
from dashboard.demo.institutions import Institution
from dashboard.demo.patents import Category, Rows
from dashboard.demo.reviews import Reviews
from dashboard.demo.rhythm import Calendar
from dashboard.demo.settings import Settings

# How a filing changes a patent's implementation: kinds by name.
IMPLEMENTED = {"转让": "转让", "作价入股": "作价入股"}
LONGEST_LAG = 92


@dataclass(frozen=True)
class Filings:
    """One entry per patent in a contract; `contract` numbers the contracts. Days as elsewhere.

    `recipient` is an enterprise (≥ 0), -1 - place for one outside the province, or SELF for the institution's own.
    """

    contract: Ints
    patent: Ints
    kind: Ints
    institution: Ints
    recipient: Ints
    unplaced: Bools
    effective: Ints
    registered: Ints
    amount: Floats
    reported: Ints


SELF = -(1 << 20)


@dataclass(frozen=True)
class Products:
    """One entry per patent in a product filing."""

    product: Ints
    patent: Ints
    enterprise: Ints
    registered: Ints
    recognised: Ints
    sales: Floats


def filings(
    settings: Settings,
    calendar: Calendar,
    institutions: Sequence[Institution],
    rows: Rows,
    firms: Enterprises,
    scale: float,
) -> Filings:
    """Filings from two years before the newest week's year on; those up to the baseline on patents converted before."""
    rng = stream(settings.seed, "filings")
    contracts = _contracts(settings, calendar, rng, institutions, firms, scale)
    sizes = rng.geometric(1 / settings.market.contract_patents, len(contracts.contract))
    contract = np.repeat(contracts.contract, sizes)
    early = contracts.effective[contract] <= calendar.baseline
    patent = _patents(rng, rows, contracts.institution[contract], early)
    key = np.where(patent < 0, -1, contract * (int(rows.identity.max()) + 1) + patent)
    found, kept = np.unique(key, return_index=True)
    kept = kept[found >= 0]
    amount = np.round(contracts.amount * sizes.astype(float) ** 0.7, 2)
    return replace(columns.taken(replace(contracts, amount=amount), contract[kept]), patent=patent[kept])


def _contracts(
    settings: Settings,
    calendar: Calendar,
    rng: np.random.Generator,
    institutions: Sequence[Institution],
    firms: Enterprises,
    scale: float,
) -> Filings:
    """One entry per contract, its amount that of a single patent, its patent not yet chosen."""
    market, kinds = settings.market, list(settings.market.kinds)
    effective = _effective_days(settings, calendar, rng, scale)
    size = len(effective)
    kind = pick(rng, list(market.kinds.values()), size)
    lag = np.minimum(2 + rng.gamma(2.2, 14.0, size).astype(np.int64), LONGEST_LAG - 2)
    registered = np.where(rng.random(size) < market.never_registered, NEVER, to_weekday(rng, effective + lag))
    reported = registered + 2 + rng.gamma(1.5, 12.0, size).astype(np.int64)
    unreported = (registered == NEVER) | (rng.random(size) < market.never_reported)
    amount = np.exp(rng.normal(2.0, 1.0, size)) / np.where(kind == kinds.index("开放许可"), 6, 1)
    return Filings(
        contract=np.arange(size),
        patent=np.full(size, -1),
        kind=kind,
        institution=pick(rng, [one.full_stock for one in institutions], size),
        recipient=_recipients(settings, rng, firms, size),
        unplaced=rng.random(size) < 0.03,
        effective=effective,
        registered=registered,
        amount=np.where(rng.random(size) < 0.04, np.nan, amount),
        reported=np.where(unreported, NEVER, reported),
    )


def _effective_days(settings: Settings, calendar: Calendar, rng: np.random.Generator, scale: float) -> Ints:
    """Contract days at the published yearly level, growing from year to year, with a rush at each year's end."""
    aim, year = settings.calibration.filings_year, settings.last_week.year
    market = settings.market
    rate = aim.patents / (aim.months * 30.4) / (1 - market.filings_lost) * scale / market.contract_patents
    first = int(np.datetime64(f"{year - 2}-01-01").astype(int)) - LONGEST_LAG
    days = np.arange(first, calendar.last + 1)
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    level = rate * (1 + aim.growth) ** (years - year) * np.where(month == 11, 1.25, 0.98)
    weekend = (days + 3) % 7 >= 5
    return np.repeat(days, rng.poisson(level * np.where(weekend, 0.15, 1.34)))


def _recipients(settings: Settings, rng: np.random.Generator, firms: Enterprises, size: int) -> Ints:
    recipient = rng.integers(0, len(firms.city), size)
    outside = rng.random(size) < settings.market.outside
    recipient = np.where(outside, -1 - rng.integers(0, len(settings.outside_places), size), recipient)
    return np.where(rng.random(size) < settings.market.self_transfer, SELF, recipient)


def _patents(rng: np.random.Generator, rows: Rows, institution: Ints, before: Bools) -> Ints:
    """An identity for each place in a contract, from the institution's own, hardly ever twice; -1 where it has none."""
    found = np.full(len(institution), -1)
    for category, wanted in ((Category.CONVERTED, before), (Category.STOCK, ~before)):
        pool = np.flatnonzero(
            (rows.category == category) & rows.primary & (rows.visible_from == 0) & (rows.moved == NEVER)
        )
        pool = pool[np.lexsort((rng.random(len(pool)), rows.institution[pool]))]
        owners = rows.institution[pool]
        count = np.bincount(owners, minlength=int(rows.institution.max()) + 1)
        start = np.cumsum(count) - count
        asked = np.flatnonzero(wanted & (count[institution] > 0))
        mine = institution[asked]
        turn = rank_within(mine) - np.where(rng.random(len(asked)) < 0.05, 1, 0)
        found[asked] = rows.identity[pool[start[mine] + turn % count[mine]]]
    elsewhere = rows.identity[rows.category == Category.ELSEWHERE]
    stray = (rng.random(len(found)) < 0.002) & (found >= 0)
    found[stray] = rng.choice(elsewhere, int(stray.sum()))
    return found


def first_effective(found: Filings, identities: int) -> tuple[Ints, Ints]:
    """For each identity the day of its first contract (NEVER without) and that contract's kind."""
    day, kind = np.full(identities, NEVER), np.zeros(identities, dtype=np.int64)
    latest_first = np.argsort(-found.effective, kind="stable")
    day[found.patent[latest_first]] = found.effective[latest_first]
    kind[found.patent[latest_first]] = found.kind[latest_first]
    return day, kind


def products(
    settings: Settings, calendar: Calendar, rows: Rows, reviews: Reviews, firms: Enterprises, scale: float
) -> Products:
    """Product filings of one to four approved patents each, registered since the year before the baseline's end."""
    rng = stream(settings.seed, "products")
    count = max(4, round(settings.market.products * scale))
    pool = np.flatnonzero((reviews.approved < calendar.last) & rows.primary & (rows.visible_from == 0))
    pool = pool[np.argsort(rng.random(len(pool)) - 0.25 * rows.quality[pool], kind="stable")]
    sizes = rng.integers(1, 5, count)
    product = np.repeat(np.arange(count), sizes)[: len(pool)]
    registered = to_weekday(rng, within(rng, calendar.baseline - 120, calendar.last, count))
    recognised = np.where(rng.random(count) < 0.35, registered + within(rng, 25, 110, count), NEVER)
    sales = np.where(rng.random(count) < 0.1, np.nan, np.round(np.exp(rng.normal(6.4, 1.2, count)), 1))
    return Products(
        product=product,
        patent=rows.identity[pool[: len(product)]],
        enterprise=np.where(rng.random(count) < 0.05, -1, rng.integers(0, len(firms.city), count))[product],
        registered=registered[product],
        recognised=recognised[product],
        sales=sales[product],
    )
