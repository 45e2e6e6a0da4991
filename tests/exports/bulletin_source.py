"""A world of a test as the source of a bulletin, and bulletins of the samples."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import metrics
from dashboard.exports.bulletin import make
from dashboard.exports.bulletin.model import Bulletin
from dashboard.exports.bulletin.source import Ask, Source
from dashboard.metrics import Result
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots.catalogue import Entry
from tests.support import samples
from tests.support.worlds import World

PLACES = Places(Path("/nowhere"))


def source(world: World, previous: World | None = None, *, is_demo: bool = False) -> Source:
    """The world as a source; `previous` is the world that it was built upon."""
    return Source(
        entry(world, is_demo), entry(previous, is_demo) if previous else None, world.policy, _ask(world),
        _ask(previous) if previous else None,
    )  # fmt: skip


def entry(world: World, is_demo: bool) -> Entry:
    return Entry(
        id=f"{world.as_of}-1a2b3c4d", date=world.as_of, file="x.duckdb", sha256="0" * 64, size=1, rows=1, stock=1,
        publisher="test", published_at=dt.datetime(2024, 4, 30, tzinfo=dt.UTC), is_demo=is_demo,
    )  # fmt: skip


def _ask(world: World) -> Ask:
    def ask(name: str, **parameters: Any) -> Result:
        return metrics.run(world.connection, name, PROVINCE, parameters)

    return ask


def bulletin(
    world: World, previous: World | None = None, city: str | None = None, *, is_demo: bool = False, **options: Any
) -> Bulletin:
    return make.compose(source(world, previous, is_demo=is_demo), PLACES, city, **options)


@cache
def sample(city: str | None = None) -> Bulletin:
    """The bulletin of the second sample snapshot, which has the first as its previous."""
    first, second = samples.world(samples.FIRST), samples.world(samples.SECOND)
    return bulletin(second, first, city)


def told(bulletin: Bulletin, name: str) -> str:
    """The sentences of a section."""
    return "\n".join(next(s for s in bulletin.sections if s.name == name).sentences)
