"""What is to be reached, and whether it was."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.benchmarks.browsing import Seen
from tests.benchmarks.load import Load
from tests.benchmarks.rerun import Cost
from tests.benchmarks.walks import WALKS

MIDDLE = 1_350_000
SENT = 30_000
"""Bytes that a changed filter may send."""


@dataclass
class Found:
    """What was measured: by size and page, by crowd, by page; ours and the baseline's."""

    reruns: dict[tuple[int, str], tuple[Cost, Cost | None]] = field(default_factory=dict)
    loads: list[tuple[Load, Load | None]] = field(default_factory=list)
    browsers: dict[str, tuple[Seen, Seen | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """One thing to reach: what it is, the most allowed, what was found at the worst, and where."""

    what: str
    allowed: str
    found: str
    is_met: bool


def judged(found: Found) -> list[Goal]:
    """Every goal that what was found says something about."""
    return [*_reruns(found), *_loads(found), *_browsers(found)]


def _reruns(found: Found) -> Iterator[Goal]:
    pages = [walk.page for walk in WALKS if not walk.is_search]
    compared = {
        page: (mine, theirs)
        for (size, page), (mine, theirs) in found.reruns.items()
        if size == MIDDLE and theirs and page in pages
    }
    if compared:
        changes = {p: mine.again_cpu / theirs.again_cpu for p, (mine, theirs) in compared.items()}
        fresh = {p: mine.new_cpu / theirs.new_cpu for p, (mine, theirs) in compared.items()}
        firsts = {p: mine.first_cpu / theirs.first_cpu for p, (mine, theirs) in compared.items()}
        yield _worst("rerun, server time of the baseline's: a setting seen before", changes, 1 / 5)
        yield _worst("rerun, server time of the baseline's: a setting nobody had", fresh, 1 / 5)
        yield _worst("first load, server time of the baseline's", firsts, 1 / 2)
    sizes = sorted({size for size, _ in found.reruns})
    if len(sizes) > 1:
        small, large = sizes[0], sizes[-1]
        for words, column in (("seen before", "again_cpu"), ("nobody had", "new_cpu")):
            grown = [getattr(found.reruns[size, p][0], column) for size in (large, small) for p in pages
                     if (size, p) in found.reruns]  # fmt: skip
            half = len(grown) // 2
            ratio = statistics.median(a / b for a, b in zip(grown[:half], grown[half:], strict=True))
            yield Goal(
                f"rerun at {large:,} patents in times of {small:,}, a setting {words}, median page", "≤ 1.3",
                f"{ratio:.2f}", ratio <= 1.3,
            )  # fmt: skip
    if found.reruns:
        wire, page = max((mine.wire, page) for (_, page), (mine, _) in found.reruns.items())
        yield Goal("sent for a changed filter", "≤ 30 kB", f"{wire / 1e3:.1f} kB ({page})", wire <= SENT)


def _worst(what: str, ratios: dict[str, float], allowed: float) -> Goal:
    page = max(ratios, key=lambda p: math.inf if math.isnan(ratios[p]) else ratios[p])
    return Goal(what, f"≤ {allowed:.2f}", f"{ratios[page]:.2f} ({page})", ratios[page] <= allowed)


def _loads(found: Found) -> Iterator[Goal]:
    for mine, theirs in found.loads:
        share = {20: 0.5, 50: 0.95}.get(mine.crowd.sessions)
        if share and theirs:
            ratio = mine.percentile(share) / theirs.percentile(share)
            yield Goal(f"{mine.crowd}: p{share * 100:.0f} of the baseline's", "≤ 0.10", f"{ratio:.3f}", ratio <= 0.1)
        failures = len(mine.failures)
        yield Goal(f"{mine.crowd}: failures", "0", f"{failures}", failures == 0)
        if mine.crowd.sessions == 50:
            yield Goal(f"{mine.crowd}: memory", "≤ 1000 MB", f"{mine.memory:.0f} MB", mine.memory <= 1000)


def _browsers(found: Found) -> Iterator[Goal]:
    pairs = {page: (mine, theirs) for page, (mine, theirs) in found.browsers.items() if theirs}
    if pairs:
        yield _worst("browser: first load of the baseline's", {p: m.cold / t.cold for p, (m, t) in pairs.items()}, 0.85)
        changes = {p: m.change / t.change for p, (m, t) in pairs.items()}
        yield _worst("browser: changed filter of the baseline's", changes, 0.5)
