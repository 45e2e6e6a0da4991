"""What a page costs the server: its first load, and a run after a filter was changed, one visitor at a time."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.client import Broken, Run, Tab
from tests.benchmarks.servers import Server
from tests.benchmarks.walks import Walk

LOADS = 4
ROUNDS = 2


@dataclass(frozen=True)
class Cost:
    """Of one page, medians: seconds as the visitor waits, seconds of processor time, bytes.

    cold: the first load ever of this process. first: a load in a new tab after that. new: a run with a filter set as
    nobody had it before. again: the same setting later. sent: the most bytes that any of these runs sent, without the
    map's geometry.
    """

    page: str
    cold: float
    first: float
    first_cpu: float
    first_sent: int
    new: float
    again: float
    cpu: float
    sent: int
    failure: str = ""


def measure(server: Server, walks: Sequence[Walk], cookie: str = "", loads: int = LOADS) -> dict[str, Cost]:
    """The cost of each page, by name."""
    return {walk.page: asyncio.run(_cost(server, walk, cookie, loads)) for walk in walks}


async def _cost(server: Server, walk: Walk, cookie: str, loads: int) -> Cost:
    try:
        return await _page(server, walk, cookie, loads)
    except Broken as failure:
        return Cost(walk.page, *(float("nan"),) * 3, 0, *(float("nan"),) * 3, 0, str(failure))


async def _page(server: Server, walk: Walk, cookie: str, loads: int) -> Cost:
    cold, *_ = [await _load(server, walk, cookie)]
    before = server.cpu()
    warm = [await _load(server, walk, cookie) for _ in range(loads)]
    first_cpu = (server.cpu() - before) / loads
    async with Tab(server.address, cookie) as tab:
        await tab.open(walk.page)
        rounds: list[list[Run]] = []
        before = server.cpu()
        for _ in range(ROUNDS):
            rounds.append([await tab.choose(walk.label, option) for option in walk.options])
        cpu = (server.cpu() - before) / sum(map(len, rounds))
    new, again = rounds[0], [run for later in rounds[1:] for run in later]
    return Cost(
        page=walk.page,
        cold=cold.seconds,
        first=statistics.median(run.seconds for run in warm),
        first_cpu=first_cpu,
        first_sent=max(run.sent - run.geometry for run in warm),
        new=statistics.median(run.seconds for run in new),
        again=statistics.median(run.seconds for run in again),
        cpu=cpu,
        sent=max(run.sent - run.geometry for run in (*new, *again)),
    )


async def _load(server: Server, walk: Walk, cookie: str) -> Run:
    async with Tab(server.address, cookie) as tab:
        return await tab.open(walk.page)
