"""The driver speaks to our pages and to the baseline's, and both have what the walks ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from dashboard.__main__ import main
from dashboard.places import Places
from tests.benchmarks import load, rerun, servers, visitors
from tests.benchmarks.client import Broken, Tab
from tests.benchmarks.load import Crowd
from tests.benchmarks.plain import tables
from tests.benchmarks.servers import Server
from tests.benchmarks.walks import WALKS, Walk, walk
from tests.support import loop

Answer = TypeVar("Answer")
IDS = [found.page for found in WALKS]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("driven")
    assert main(["--data", str(folder), "demo", "--weeks", "2", "--scale", "0.05"]) == 0
    return Places(folder)


@pytest.fixture(scope="module")
def cookie(places: Places) -> str:
    return visitors.cookies(places, 1)[0]


@pytest.fixture(scope="module")
def ours(places: Places) -> Iterator[Server]:
    with servers.ours(places) as found:
        yield found


@pytest.fixture(scope="module")
def baseline(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    parquet: Path = tables.write(places, tmp_path_factory.mktemp("plain"))
    with servers.baseline(parquet, places) as found:
        yield found


def using(server: Server, cookie: str, do: Callable[[Tab], Awaitable[Answer]]) -> Answer:
    async def visit() -> Answer:
        async with Tab(server.address, cookie) as tab:
            return await do(tab)

    return loop.run(visit())


@pytest.mark.parametrize("page", WALKS, ids=IDS)
def test_every_walk_can_be_walked_on_our_pages(ours: Server, cookie: str, page: Walk) -> None:
    cost = rerun.measure(ours, page, cookie, loads=1)
    assert cost.failure == ""
    assert cost.sent < cost.first_sent
    assert cost.wire < cost.sent


@pytest.mark.parametrize("page", WALKS, ids=IDS)
def test_every_walk_can_be_walked_on_the_plain_pages(baseline: Server, page: Walk) -> None:
    assert rerun.measure(baseline, page, loads=1).failure == ""


def test_a_changed_filter_goes_into_the_address_and_back(ours: Server, cookie: str) -> None:
    async def change(tab: Tab) -> tuple[str, str]:
        await tab.open("cities")
        await tab.choose("设区市", "苏州市")
        chosen = tab.query
        await tab.choose("设区市", "全省各市")
        return chosen, tab.query

    chosen, after = using(ours, cookie, change)
    assert "city=320500" in chosen
    assert "city=" not in after


def test_an_address_is_opened_as_it_was_copied(ours: Server, cookie: str) -> None:
    async def look(tab: Tab) -> str:
        await tab.open("cities", "city=320500")
        (found,) = (w for w, _ in tab.widgets.values() if getattr(w, "label", "") == "设区市")
        return str(tab.states[found.id].string_value)

    assert using(ours, cookie, look) == "苏州市"


def test_what_the_browser_has_is_not_sent_again(ours: Server, cookie: str) -> None:
    async def twice(tab: Tab) -> tuple[int, int]:
        first = await tab.open("overview")
        again = await tab.again()
        return first.sent, again.sent

    first, again = using(ours, cookie, twice)
    assert again < first / 4


def test_the_navigation_is_followed(ours: Server, cookie: str) -> None:
    async def walk_on(tab: Tab) -> list[str]:
        await tab.open("events")
        await tab.go("filings")
        return tab.options("计数口径")

    assert using(ours, cookie, walk_on) == ["按件", "按件次", "按合同"]


def test_a_filter_of_a_fragment_runs_the_fragment_alone(ours: Server, cookie: str) -> None:
    async def narrow(tab: Tab) -> tuple[int, int]:
        await tab.open("milestones")
        whole = await tab.again()
        part = await tab.choose("状态", "达标")
        return whole.messages, part.messages

    whole, part = using(ours, cookie, narrow)
    assert part < whole / 2


def test_without_a_session_there_is_no_page(ours: Server, places: Places) -> None:
    async def look(tab: Tab) -> set[str]:
        await tab.open("overview")
        return {getattr(widget, "label", "") for widget, _ in tab.widgets.values()}

    assert "快照" in using(ours, visitors.cookies(places, 1)[0], look)
    assert "快照" not in using(ours, "", look)


def test_a_filter_that_is_not_there_is_told(ours: Server, cookie: str) -> None:
    async def choose(tab: Tab) -> None:
        await tab.open("overview")
        await tab.choose("没有这个", "x")

    with pytest.raises(Broken, match="没有这个"):
        using(ours, cookie, choose)


def test_a_crowd_is_served_and_counted(ours: Server, places: Places) -> None:
    held = load.measure(ours, Crowd(4, 0.3, 4), visitors.cookies(places, 4), [walk("events"), walk("quality")])
    assert held.failures == []
    assert len(held.waited) >= 8
    assert 0 < held.percentile(0.5) <= held.percentile(0.95) <= held.percentile(1.0) == max(held.waited)
    assert held.memory > 50


def test_failures_of_a_crowd_are_counted(ours: Server) -> None:
    """Visitors without a session find no filter to change."""
    held = load.measure(ours, Crowd(2, 0.2, 2), ["session=unknown"], [walk("events")])
    assert len(held.failures) == 2
