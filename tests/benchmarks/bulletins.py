"""How long bulletins take, and what a page notices of it meanwhile.

Run from the root: `python -m tests.benchmarks.bulletins [--data DIR] [--runs N]`. Without a data folder two weeks of
the full-size demonstration are made first. Prints, in seconds, one bulletin from a cold start and all fourteen with
their charts (wall, and CPU of the process), each by the command; then, in milliseconds, what one rerun of a page's work
takes (metrics, charts, their JSON) in a quiet process, while the same process makes bulletins as 通报导出 does,
and while the command makes all fourteen beside it. Allowed on a quiet machine of two cores: 4 s for one, 30 s for
fourteen, and three times a quiet rerun.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from dashboard import metrics, policy
from dashboard.__main__ import main as dashboard
from dashboard.charts.bars import Target
from dashboard.charts.cities import city_bars
from dashboard.charts.institutions import stock_scatter
from dashboard.charts.milestones import milestone_matrix
from dashboard.exports.bulletin import files, make, source
from dashboard.places import Places
from dashboard.policy import Policy
from dashboard.scope import PROVINCE
from dashboard.snapshots import Store
from dashboard.snapshots.reader import Reader, open_reader

ONE, ALL, SLOWER = 4.0, 30.0, 3.0
LEAST = 40
"""Reruns that a figure comes from."""


def cold(data: Path, *arguments: str) -> tuple[float, float]:
    """Wall and CPU seconds of the command `bulletin`, from the start of the interpreter to its end."""
    before, start = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "dashboard", "--data", str(data), "bulletin", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, cpu


def rerun(reader: Reader, plan: Policy) -> None:
    """What a page does when somebody changes a filter: asks, draws, and writes it down for the browser."""
    cities = metrics.ask(reader, "inventory_city").frame
    groups = metrics.ask(reader, "milestone_group").frame
    institutions = metrics.ask(reader, "inventory_institution").frame
    labels = {group.code: group.label for group in plan.groups}
    charts = (
        city_bars(cities, title="各市盘点率", value="inventory_rate", unit="rate", target=Target("应达", 0.6)),
        milestone_matrix(groups, labels=labels, as_of=reader.entry.date),
        stock_scatter(institutions),
    )
    for chart in charts:
        json.dumps(chart.option, default=str)


def latencies(work: Callable[[], None], enough: Callable[[int], bool]) -> list[float]:
    """Milliseconds of each run of `work`, with a moment's rest after each, as between clicks."""
    found: list[float] = []
    rest = threading.Event()
    while not enough(len(found)):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
        rest.wait(0.02)
    return found


def said(name: str, found: list[float], idle: float) -> float:
    """Prints median and 95th percentile; returns how many times the idle median the median is."""
    ordered = sorted(found)
    middle, high = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(f"rerun, {name}: median {middle:.0f} ms, 95 % {high:.0f} ms, ratio {middle / idle:.2f}, {len(found)} reruns")
    return middle / idle


def beside(data: Path) -> float:
    """Latencies in a quiet process, then beside bulletins; the worst ratio."""
    places = Places.at(data)
    plan, store = policy.load(places.policy), Store(places)
    entry = store.newest()
    with open_reader(store, entry, PROVINCE) as reader:

        def work() -> None:
            rerun(reader, plan)

        work()
        quiet = latencies(work, lambda count: count >= LEAST)
        idle = statistics.median(quiet)
        said("quiet", quiet, idle)

        def make_all() -> None:
            with source.opened(store, entry, PROVINCE, plan) as opened:
                for code in (None, *(city.code for city in plan.cities)):
                    files.write(make.compose(opened, places, code), places, "docx")

        maker = threading.Thread(target=make_all)
        maker.start()
        within = latencies(work, lambda count: count >= LEAST and not maker.is_alive())
        maker.join()
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "dashboard", "--data", str(data), "bulletin", "--all-cities", folder]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            apart = latencies(work, lambda count: count >= LEAST and process.poll() is not None)
        return max(said("same process makes fourteen", within, idle), said("command makes fourteen", apart, idle))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = given.data or Path(scratch) / "data"
        if given.data is None:
            dashboard(["--data", str(data), "demo", "--weeks", "2"])
        target = Path(scratch) / "out"
        ones = [cold(data, "--out", str(target / f"{run}.docx")) for run in range(given.runs)]
        every = [cold(data, "--all-cities", str(target / f"all{run}")) for run in range(given.runs)]
        for name, found, allowed in (("one, cold", ones, ONE), ("all fourteen", every, ALL)):
            wall, cpu = (statistics.median(column) for column in zip(*found, strict=True))
            print(f"{name}: wall {wall:.1f} s (allowed {allowed:.0f}), CPU {cpu:.1f} s, {len(found)} runs")
        print(f"worst ratio of a rerun {beside(data):.2f} (allowed {SLOWER:.0f})")


if __name__ == "__main__":
    main()
