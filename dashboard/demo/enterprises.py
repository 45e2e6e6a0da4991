"""Invented enterprises and experts, and the patents pushed to enterprises with their evaluations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.demo.chance import NEVER, Ints, pick, stream, to_weekday, within
from dashboard.demo.patents import Category, Rows
from dashboard.demo.reviews import Reviews
from dashboard.demo.rhythm import Calendar
from dashboard.demo.settings import Settings
from dashboard.policy import Policy

COOPERATION = ("有", "洽谈中", "无", None)
COOPERATION_SHARES = (0.24, 0.20, 0.46, 0.10)
NO_NEED = (None, "无", "暂无")


@dataclass(frozen=True)
class Enterprises:
    """One entry per enterprise; `category` is an index into `categories`."""

    city: Ints
    field: Ints
    category: Ints
    lead: Ints
    joined: Ints
    categories: Sequence[Sequence[str]]

    def name(self, policy: Policy, fields: Sequence[str], number: int) -> str:
        """A name that no one can take for a real firm's."""
        city = policy.cities[int(self.city[number])].short_name
        return f"{city}示例{fields[int(self.field[number])]}{number + 1:05d}号有限公司"

    def code(self, policy: Policy, number: int) -> str:
        return f"YSQY{policy.cities[int(self.city[number])].code}{number + 1:06d}"


@dataclass(frozen=True)
class Experts:
    enterprise: Ints
    field: Ints
    joined: Ints
    weekly: Ints


@dataclass(frozen=True)
class Evaluations:
    """One entry per patent pushed to an enterprise; `patent` is an identity. Codes index the lists of words."""

    patent: Ints
    enterprise: Ints
    pushed: Ints
    evaluated: Ints
    score: Ints
    need: Ints
    cooperation: Ints


def enterprises(settings: Settings, policy: Policy, calendar: Calendar, scale: float) -> Enterprises:
    """Enterprises by weight of their city, some of which join during the weeks."""
    rng, market = stream(settings.seed, "enterprises"), settings.market
    size = max(2 * len(policy.cities), round(market.enterprises * scale))
    lead_names = [name for group in policy.enterprise_groups for name in group.categories]
    categories = [*([name, "高新技术企业"] for name in lead_names), *settings.other_categories]
    is_lead = rng.random(size) < market.lead_share
    is_lead[: len(policy.cities)] = True
    city = pick(rng, [settings.city_weights.get(c.short_name, 1.0) for c in policy.cities], size)
    city[: 2 * len(policy.cities)] = np.tile(np.arange(len(policy.cities)), 2)
    lead_category = rng.integers(0, len(lead_names), size)
    other_category = len(lead_names) + rng.integers(0, len(settings.other_categories), size)
    joins = rng.random(size) < 0.25
    return Enterprises(
        city=city,
        field=rng.integers(0, len(settings.fields), size),
        category=np.where(is_lead, lead_category, other_category),
        lead=is_lead.astype(np.int64),
        joined=np.where(joins, within(rng, calendar.baseline, calendar.last, size), 0),
        categories=categories,
    )


def experts(settings: Settings, calendar: Calendar, firms: Enterprises, scale: float) -> Experts:
    rng = stream(settings.seed, "experts")
    size = max(10, round(settings.market.experts * scale))
    enterprise = pick(rng, 1.0 + 20.0 * firms.lead, size)
    joined = to_weekday(rng, within(rng, calendar.baseline + 30, calendar.last - 20, size))
    field = np.where(rng.random(size) < 0.04, -1, firms.field[enterprise])
    return Experts(enterprise, field, np.maximum(joined, firms.joined[enterprise]), rng.poisson(1.4, size))


def evaluations(
    settings: Settings, calendar: Calendar, rows: Rows, reviews: Reviews, firms: Enterprises
) -> tuple[Evaluations, Enterprises]:
    """Pushes follow listing, lead enterprises evaluate sooner; and the enterprises, none joining after a push to it."""
    rng, market = stream(settings.seed, "evaluations"), settings.market
    listed = reviews.listed_as_of(calendar.last)
    matched = np.flatnonzero((listed < NEVER) & rows.primary & (rows.category == Category.STOCK))
    matched = matched[rng.random(len(matched)) < 0.62]
    row = np.repeat(matched, 1 + rng.poisson(max(market.evaluations_per_listed / 0.62 - 1, 0), len(matched)))
    laziness = np.exp(0.6 * rng.standard_normal(len(firms.city)))
    enterprise = pick(rng, (1.0 + 4.0 * firms.lead) / laziness, len(row))
    _, kept = np.unique(row * len(firms.city) + enterprise, return_index=True)
    row, enterprise = row[kept], enterprise[kept]
    size = len(row)
    pushed = to_weekday(rng, listed[row] + within(rng, 0, 8, size))
    mean = np.where(firms.lead[enterprise] == 1, market.lead_days, market.other_days) * laziness[enterprise]
    evaluated = to_weekday(rng, pushed + 1 + rng.exponential(mean).astype(np.int64))
    joined = firms.joined.copy()
    np.minimum.at(joined, enterprise, pushed)
    found = Evaluations(
        patent=rows.identity[row],
        enterprise=enterprise,
        pushed=pushed,
        evaluated=evaluated,
        score=np.clip(reviews.stars[row] + rng.integers(-1, 2, size), 1, 5),
        need=np.where(
            rng.random(size) < 0.45,
            rng.integers(0, len(settings.words.needs), size),
            -1 - rng.integers(0, len(NO_NEED), size),
        ),
        cooperation=pick(rng, COOPERATION_SHARES, size),
    )
    return found, replace(firms, joined=joined)
