"""Everything that is fast is measured here, beside what an office would use instead, in one run.

    python -m tests.benchmarks [--quick] [--parts rerun load browser import search] [--sizes N …] [--place DIR]

Prints what it ran on, a table for each part, and at the end what was to be reached and what was. Absolute times are
those of the machine at the time; the ratios are what counts. Large snapshots take long to make: `--place` keeps them.
With `--quick`, under two minutes: a small snapshot, a few pages, and numbers that only show that all parts run.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.places import Places
from tests.benchmarks import browsing, goals, importing, load, machine, rerun, scale, search, servers, tables, visitors
from tests.benchmarks.goals import Found
from tests.benchmarks.load import Crowd
from tests.benchmarks.plain import tables as plain
from tests.benchmarks.servers import Server
from tests.benchmarks.walks import WALKS, Walk

PARTS = ("rerun", "load", "browser", "import", "search")
SIZES = (161_000, 1_350_000, 13_500_000)
MIDDLE = 1_350_000
"""The size at which all parts are compared."""

PLAIN_UP_TO = 1_350_000
"""Beyond, the baseline's frames want more memory than a server of an office has (three times 10 GB)."""

CROWDS = (Crowd(20, 1, 40), Crowd(50, 2, 40), Crowd(200, 10, 60))
QUICK_SIZE, QUICK_PAGES, QUICK_CROWD = 16_100, ("overview", "events"), Crowd(5, 0.5, 5)


@dataclass(frozen=True)
class Plan:
    """What to measure: `walks` at the server, `seen` in the browser."""

    parts: Sequence[str]
    sizes: Sequence[int]
    walks: Sequence[Walk]
    seen: Sequence[Walk]
    crowds: Sequence[Crowd]
    weeks: int
    rounds: int
    place: Path

    @property
    def middle(self) -> int:
        """The size for load and browser: 1.35 million where it is among those asked for, else the largest."""
        return MIDDLE if MIDDLE in self.sizes else max(self.sizes)


@contextmanager
def both(plan: Plan, size: int) -> Iterator[tuple[Server, Server | None, Sequence[str]]]:
    """Our server, the baseline's if it fits, and cookies of visitors, on snapshots with about `size` patents."""
    places = scale.snapshot(size, plan.place, plan.weeks)
    cookies = visitors.cookies(places, max((crowd.sessions for crowd in plan.crowds), default=1))
    with ExitStack() as stack:
        ours = stack.enter_context(servers.ours(places))
        theirs = None
        if size <= PLAIN_UP_TO:
            theirs = stack.enter_context(servers.baseline(_parquet(plan, size, places), places))
        yield ours, theirs, cookies


def _parquet(plan: Plan, size: int, places: Places) -> Path:
    return plain.write(places, plan.place / f"plain-{size}")


def reruns(plan: Plan, found: Found) -> None:
    """Page by page in turn on both, so that what else the machine does falls on both."""
    for size in plan.sizes:
        with both(plan, size) as (ours, theirs, cookies):
            for walk in plan.walks:
                found.reruns[size, walk.page] = (
                    rerun.measure(ours, walk, cookies[0]),
                    rerun.measure(theirs, walk) if theirs else None,
                )
        tables.show(tables.reruns(size, found, plan.walks))
    if len(plan.sizes) > 1:
        tables.show(tables.flat(found, plan.walks, min(plan.sizes), max(plan.sizes)))


def loads(plan: Plan, found: Found) -> None:
    for crowd in plan.crowds:
        with both(plan, plan.middle) as (ours, theirs, cookies):
            ours_held = load.measure(ours, crowd, cookies, plan.walks)
            theirs_held = load.measure(theirs, crowd, (), plan.walks) if theirs else None
            found.loads.append((ours_held, theirs_held))
    tables.show(tables.loads(plan.middle, found))


def browsers(plan: Plan, found: Found) -> None:
    with both(plan, plan.middle) as (ours, theirs, cookies):
        for walk in plan.seen:
            mine = browsing.measure(ours, walk, cookies[0], plan.rounds)
            found.browsers[walk.page] = mine, browsing.measure(theirs, walk, "", plan.rounds) if theirs else None
    tables.show(tables.browsers(plan.middle, found, plan.seen))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="all parts in under two minutes, on a small snapshot")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--sizes", nargs="+", type=int, help=f"patents of the snapshots ({SIZES})")
    parser.add_argument("--pages", nargs="+", choices=[walk.page for walk in WALKS])
    parser.add_argument("--weeks", type=int, default=2, help="snapshots of each installation")
    parser.add_argument("--rounds", type=int, default=3, help="visits of each page in the browser")
    parser.add_argument("--place", type=Path, help="where snapshots are kept for another time")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        run(_plan(given, Path(scratch)), given.quick)


def _plan(given: argparse.Namespace, scratch: Path) -> Plan:
    pages = given.pages or (QUICK_PAGES if given.quick else [walk.page for walk in WALKS])
    walks = [walk for walk in WALKS if walk.page in pages]
    return Plan(
        parts=given.parts,
        sizes=given.sizes or ((QUICK_SIZE,) if given.quick else SIZES),
        walks=walks,
        seen=walks[:1] if given.quick else walks,
        crowds=(QUICK_CROWD,) if given.quick else CROWDS,
        weeks=given.weeks,
        rounds=1 if given.quick else given.rounds,
        place=given.place or scratch,
    )


def run(plan: Plan, is_quick: bool) -> None:
    print(machine.describe("streamlit", "duckdb", "pandas", "plotly", "pyarrow", "uvicorn"))
    found = Found()
    if "rerun" in plan.parts:
        reruns(plan, found)
    if "load" in plan.parts:
        loads(plan, found)
    if "browser" in plan.parts:
        browsers(plan, found)
    if "import" in plan.parts:
        print("\n## Import beside a bare read and write\n")
        sizes = [str(size) for size in plan.sizes]
        importing.main(["--quick"] if is_quick else ["--place", str(plan.place), "--patents", *sizes])
    if "search" in plan.parts:
        print("\n## Search beside a bare scan\n")
        search.main(100_000 if is_quick else search.ROWS)
    if not is_quick:
        tables.show(tables.goals(goals.judged(found)))


if __name__ == "__main__":
    main()
