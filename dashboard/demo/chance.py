"""Seeded draws over whole columns, and days as numbers (days since 1970-01-01)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEVER = 1 << 30
EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    return (day - EPOCH).days


def as_date(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def stream(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for each part of the world, so that changing one leaves the others as they are."""
    return np.random.default_rng([seed, *name.encode()])


def pick(rng: np.random.Generator, weights: ArrayLike, size: int) -> Ints:
    """Indices into `weights`, drawn in proportion to them."""
    cumulative = np.cumsum(np.asarray(weights, dtype=float))
    found: Ints = np.searchsorted(cumulative, rng.random(size) * cumulative[-1], side="right").astype(np.int64)
    return found


def within(rng: np.random.Generator, low: int | Ints, high: int | Ints, size: int) -> Ints:
    """Days drawn evenly between `low` and `high`, both included."""
    return rng.integers(low, np.maximum(np.asarray(high), np.asarray(low)) + 1, size)


def shares(total: int, weights: Floats) -> Ints:
    """`total` things split in proportion to `weights`, by the largest remainder."""
    exact = weights / weights.sum() * total
    whole: Ints = np.floor(exact).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return whole


def rank_within(groups: Ints, order: Floats | None = None) -> Ints:
    """For each row its place (0, 1, …) among the rows of its group, by `order` or as they stand."""
    keys = (groups,) if order is None else (order, groups)
    sorting = np.lexsort(keys)
    ordered = groups[sorting]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.array([], dtype=np.int64)
    lengths = np.diff(np.r_[starts, len(ordered)])
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[sorting] = np.arange(len(groups)) - np.repeat(starts, lengths)
    return ranks


def to_weekday(rng: np.random.Generator, days: Ints) -> Ints:
    """Most days that fall on a weekend moved to the Monday after."""
    weekday = (days + 3) % 7
    moves = (weekday >= 5) & (rng.random(len(days)) < 0.85) & (days < NEVER)
    return np.where(moves, days + 7 - weekday, days)
