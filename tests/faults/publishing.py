"""Imports killed at random instants while others read: every reading is one whole published snapshot.

    python -m tests.faults.publishing --kills 300 [--seed N]

Prints kills, readings and failures; exit code 1 if there was one. See the README of this folder.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from dashboard.places import REPOSITORY, Places
from dashboard.snapshots import Store
from dashboard.snapshots.catalogue import CATALOGUE
from tests.faults import weeks
from tests.faults.weeks import Figures

DAYS = tuple(dt.date(2024, 3, 15) + dt.timedelta(days=7 * week) for week in range(6))
ACCEPT = ("--accept-change", "--replace")


@dataclass
class Tally:
    """What was done and seen; `failures` has a sentence each."""

    kills: collections.Counter[str] = field(default_factory=collections.Counter)
    finished: int = 0
    versions: int = 0
    readings: collections.Counter[str] = field(default_factory=collections.Counter)
    read_versions: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        where = ", ".join(f"{count} {place}" for place, count in sorted(self.kills.items()))
        who = ", ".join(f"{count} {reader}" for reader, count in sorted(self.readings.items()))
        return (
            f"kills: {self.kills.total()} ({where})\nimports that finished: {self.finished}\n"
            f"versions published: {self.versions}, of them read: {self.read_versions}\n"
            f"readings: {self.readings.total()} ({who})\nfailures: {len(self.failures)}"
        )


def under_fire(place: Path, kills: int, seed: int = 1) -> Tally:
    """Kill `kills` imports into a data folder below `place`, with two readers at work, and judge what was read."""
    chance, tally, data = Random(seed), Tally(), place / "data"
    _finish(place, data, 0, DAYS[0])
    with _readers(place, data):
        number = 0
        while tally.kills.total() < kills:
            number += 1
            if number % 10 == 0:
                _finish(place, data, number, chance.choice(DAYS), is_clock_back=number % 20 == 0)
                tally.finished += 1
            elif number % 7 == 0 and kills - tally.kills.total() > 1:  # two at once, each killed when its time comes
                rivals = [_import(place, data, n, chance.choice(DAYS)) for n in (number, number + 1)]
                number += 1
                for rival in rivals:
                    _kill(rival, data, chance, tally)
            else:
                _kill(_import(place, data, number, chance.choice(DAYS)), data, chance, tally)
            tally.failures += _broken_links(data)
        _finish(place, data, number + 1, DAYS[-1])
    tally.finished += 2
    _judge(place, data, tally)
    return tally


# Imports


def _import(place: Path, data: Path, number: int, day: dt.date, module: str = "dashboard") -> subprocess.Popen[str]:
    return start(weeks.write(place / "weeks" / str(number), number), data, str(day), *ACCEPT, module=module)


def start(folder: Path, data: Path, day: str, *more: str, module: str = "dashboard") -> subprocess.Popen[str]:
    """An import in a process group of its own; what it says comes out of its standard output."""
    command = [sys.executable, "-m", module, "--data", str(data), "import", str(folder), "--date", day, *more]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def _finish(place: Path, data: Path, number: int, day: dt.date, is_clock_back: bool = False) -> None:
    """An import that nobody kills: whatever was left behind, it works."""
    process = _import(place, data, number, day, "tests.faults.earlier" if is_clock_back else "dashboard")
    said, _ = process.communicate()
    if process.returncode != 0:
        raise AssertionError(f"import {number} after kills ended with {process.returncode}: {said}")


def _kill(process: subprocess.Popen[str], data: Path, chance: Random, tally: Tally) -> None:
    """Kill the import and all it started: at a random instant, or soon after a sign that it reached a certain point."""
    sign = chance.choice(_SIGNS)
    files = _files(data)
    try:
        if sign:
            while process.poll() is None and not sign(data, files):
                _wait(process, 0.002)
            _wait(process, chance.random() * 0.03)
        else:
            _wait(process, chance.random() * 3)
    finally:
        was_running = process.poll() is None
        os.killpg(process.pid, signal.SIGKILL) if was_running else None
        said, _ = process.communicate()
    if was_running and process.returncode == -signal.SIGKILL:
        tally.kills[_reached(data, files)] += 1
    else:
        tally.finished += 1
        if process.returncode != 0:
            tally.failures.append(f"an import nobody killed ended with {process.returncode}: {said}")


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _files(data: Path) -> frozenset[str]:
    return frozenset(path.name for path in data.glob("snapshots/*.duckdb"))


def _has_draft(data: Path, files: frozenset[str]) -> bool:
    return any(data.glob("snapshots/.building-*/snapshot.duckdb"))


def _has_name(data: Path, files: frozenset[str]) -> bool:
    return _files(data) > files


def _has_catalogue(data: Path, files: frozenset[str]) -> bool:
    return (data / "snapshots" / f".{CATALOGUE}.new").exists()


_SIGNS: Sequence[Callable[[Path, frozenset[str]], bool] | None] = (
    None,
    None,
    _has_draft,
    _has_name,
    _has_name,
    _has_catalogue,
)


def _reached(data: Path, files: frozenset[str]) -> str:
    """How far a killed import came."""
    listed = {entry.file for entry in _listed(data)}
    new = _files(data) - files
    if new - listed:
        return "between name and catalogue"
    if new:
        return "after publishing"
    return "while building" if any(data.glob("snapshots/.building-*")) else "before building"


# Readers


@contextmanager
def _readers(place: Path, data: Path) -> Iterator[None]:
    """One process that keeps opening snapshots as the web app does, and one that keeps calling the command line."""
    stop = place / "stop"
    modules = {"by the reader": "tests.faults.reading", "by the command line": "tests.faults.asking"}
    running = [
        subprocess.Popen([sys.executable, "-m", module, str(data), str(place / name), str(stop)], cwd=REPOSITORY)
        for name, module in modules.items()
    ]
    try:
        yield
    finally:
        stop.touch()
        codes = [process.wait() for process in running]
    assert codes == [0, 0], codes


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


# Judgement


def _listed(data: Path) -> list[Any]:
    catalogue = Store(Places(data)).catalogue()
    return [*catalogue.snapshots, *(replaced.entry for replaced in catalogue.replaced)]


def _broken_links(data: Path) -> list[str]:
    """The catalogue is whole after each kill, and every file that it names is there in its full size."""
    paths = [(data / "snapshots" / entry.file, entry.size) for entry in _listed(data)]
    return [f"{path.name} is not whole" for path, size in paths if not path.is_file() or path.stat().st_size != size]


def _judge(place: Path, data: Path, tally: Tally) -> None:
    """Compare every reading with what was published, and verify that."""
    entries = {entry.id: entry for entry in _listed(data)}
    numbers = {name: _number(data / "snapshots" / entry.file) for name, entry in entries.items()}
    published = {weeks.figures(number) for number in numbers.values()}
    tally.versions = len(entries)
    read: set[Figures] = set()
    for name in ("by the reader", "by the command line"):
        for line in _lines(place / name):
            tally.readings[name] += 1
            if fault := _fault(line, numbers, published):
                tally.failures.append(f"{name}: {fault}: {line}")
            else:
                read.add(Figures(line["stock"], line["approved"]))
    tally.read_versions = len(read)
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "--data", str(data), "verify"],
        cwd=REPOSITORY,
        text=True,
        capture_output=True,
    )
    if done.returncode != 0:
        tally.failures.append(f"verify ended with {done.returncode}: {done.stderr}")
    left = [p.name for p in (data / "snapshots").glob(".building-*")]
    left += sorted(_files(data) - {entry.file for entry in entries.values()})
    if left:
        tally.failures.append(f"left behind: {left}")


def _number(path: Path) -> int:
    with duckdb.connect(path, read_only=True) as connection:
        return int(connection.execute("select source_folder from manifest").fetchall()[0][0])


def _fault(line: dict[str, Any], numbers: dict[str, int], published: set[Figures]) -> str | None:
    """Why a reading is not of one whole published snapshot, or None if it is."""
    if "failure" in line:
        return "it failed"
    found = Figures(line["stock"], line["approved"])
    if found not in published or line.get("of_cities", [*found]) != [*found]:
        return "no published version has these figures"
    rate = line["previous_rate"]
    if "id" not in line:
        known = rate is None or any(abs(figures.rate - rate) < 1e-9 for figures in map(weeks.figures, numbers.values()))
        return None if known else "no published version has this previous rate"
    if (
        line["number"] != numbers[line["id"]]
        or weeks.figures(line["number"]) != found
        or line["of_files"] != found.stock
    ):
        return "the figures are another version's"
    previous = line["previous"]
    wanted = None if previous is None else float(weeks.figures(numbers[previous]).rate)
    return (
        None if rate == wanted or abs((rate or 0) - (wanted or 0)) < 1e-9 else "the previous rate is another version's"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tally = under_fire(Path(place), asked.kills, asked.seed)
    print(tally, *tally.failures[:20], sep="\n")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
