"""Many visitors at once: each opens pages, changes filters, and thinks in between."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from tests.benchmarks.client import Broken, Run, Tab
from tests.benchmarks.servers import Peak, Server
from tests.benchmarks.walks import WALKS, Walk, walk
from tests.support import loop

LEAVES = 0.2
"""How often a visitor goes to another page rather than changing a filter."""


@dataclass(frozen=True)
class Crowd:
    """`sessions` visitors who think `thinks` seconds on average between two runs, for `seconds`."""

    sessions: int
    thinks: float
    seconds: float

    def __str__(self) -> str:
        return f"{self.sessions} sessions thinking {self.thinks:g} s"


@dataclass(frozen=True)
class Load:
    """How the server held: seconds waited (of those who were answered), answers a second, failures, megabytes."""

    crowd: Crowd
    waited: Sequence[float] = field(repr=False)
    rate: float
    failures: Sequence[str]
    memory: float
    cpu: float

    def percentile(self, share: float) -> float:
        """The wait that a `share` of the runs stayed below."""
        ordered = sorted(self.waited)
        return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def measure(server: Server, crowd: Crowd, cookies: Sequence[str] = (), walks: Sequence[Walk] = WALKS) -> Load:
    """Let `crowd` use the server; whoever waits when the time is up is waited for."""
    before, start = server.cpu(), time.perf_counter()
    with Peak(server) as peak:
        waited, failures = loop.run(_all(server, crowd, cookies, walks))
    took = time.perf_counter() - start
    return Load(crowd, waited, len(waited) / took, failures, peak.megabytes, (server.cpu() - before) / took)


async def _all(
    server: Server, crowd: Crowd, cookies: Sequence[str], walks: Sequence[Walk]
) -> tuple[list[float], list[str]]:
    waited: list[float] = []
    failures: list[str] = []
    until = time.perf_counter() + crowd.seconds
    visitors = [
        _visitor(server, crowd, cookies[i % len(cookies)] if cookies else "", walks, random.Random(i), until, waited)
        for i in range(crowd.sessions)
    ]
    for outcome in await asyncio.gather(*visitors, return_exceptions=True):
        if isinstance(outcome, (Broken, WebSocketException, OSError)):
            failures.append(f"{type(outcome).__name__}: {outcome}")
        elif isinstance(outcome, BaseException):
            raise outcome
    return waited, failures


async def _visitor(
    server: Server,
    crowd: Crowd,
    cookie: str,
    walks: Sequence[Walk],
    chance: random.Random,
    until: float,
    waited: list[float],
) -> None:
    """One visitor: comes within the first thinking time, opens a page, goes on until the time is up."""
    await asyncio.sleep(chance.uniform(0, crowd.thinks))
    here = chance.choice(walks)
    async with Tab(server.address, cookie) as tab:
        waited.append((await tab.open(here.page)).seconds)
        while True:
            pause = chance.uniform(0.5, 1.5) * crowd.thinks
            if time.perf_counter() + pause > until:
                return
            await asyncio.sleep(pause)
            if chance.random() < LEAVES:
                here = walk(chance.choice([w.page for w in walks if w is not here]))
                done: Run = await tab.go(here.page)
            else:
                done = await tab.choose(here.label, chance.choice(here.options))
            waited.append(done.seconds)
