"""What a page costs the server: its first load, and a run after a filter was changed, one visitor at a time."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.benchmarks.client import Broken, Run, Tab
from tests.benchmarks.servers import Server
from tests.benchmarks.walks import Walk
from tests.support import loop

LOADS = 4
AGAIN = 2
"""How often each setting of the filter is chosen again."""


@dataclass(frozen=True)
class Cost:
    """Of one page, medians: seconds as the visitor waits, seconds of processor time, bytes.

    cold: the first load ever of this process. first: a load in a new tab after that. new: a run with a filter set as
    nobody had it before. again: the same setting later. sent: the most bytes that any of these runs sent, without the
    map's geometry; wire: the most that arrived, compressed where the server does.
    """

    page: str
    cold: float
    first: float
    first_cpu: float
    first_sent: int
    first_wire: int
    new: float
    new_cpu: float
    again: float
    again_cpu: float
    sent: int
    wire: int
    failure: str = ""


def measure(server: Server, walk: Walk, cookie: str = "", loads: int = LOADS) -> Cost:
    """The cost of a page."""
    return loop.run(_cost(server, walk, cookie, loads))


async def _cost(server: Server, walk: Walk, cookie: str, loads: int) -> Cost:
    try:
        return await _page(server, walk, cookie, loads)
    except Broken as failure:
        unknown = float("nan")
        return Cost(walk.page, *(unknown,) * 3, 0, 0, *(unknown,) * 4, 0, 0, str(failure))


async def _page(server: Server, walk: Walk, cookie: str, loads: int) -> Cost:
    cold = await _load(server, walk, cookie)
    first, first_cpu = await _timed(server, [partial(_load, server, walk, cookie)] * loads)
    async with Tab(server.address, cookie) as tab:
        await tab.open(walk.page)
        changes = [partial(tab.choose, walk.label, option) for option in walk.options]
        new, new_cpu = await _timed(server, changes)
        again, again_cpu = await _timed(server, changes * AGAIN)
    return Cost(
        page=walk.page,
        cold=cold.seconds,
        first=_median(first),
        first_cpu=first_cpu,
        first_sent=max(run.sent - run.geometry for run in first),
        first_wire=max(run.wire for run in first),
        new=_median(new),
        new_cpu=new_cpu,
        again=_median(again),
        again_cpu=again_cpu,
        sent=max(run.sent - run.geometry for run in (*new, *again)),
        wire=max(run.wire for run in (*new, *again)),
    )


async def _timed(server: Server, runs: Sequence[Callable[[], Awaitable[Run]]]) -> tuple[list[Run], float]:
    """The runs one after the other, and the server's processor time of one on average."""
    before = server.cpu()
    done = [await run() for run in runs]
    return done, (server.cpu() - before) / len(done)


def _median(runs: Sequence[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


async def _load(server: Server, walk: Walk, cookie: str) -> Run:
    async with Tab(server.address, cookie) as tab:
        return await tab.open(walk.page)
