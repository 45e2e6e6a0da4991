"""Import of a week of all tables beside a bare read and write of the same files by DuckDB.

    python -m tests.benchmarks.importing [--patents N …] [--runs N] [--place DIR] [--quick]

For each size a line of medians: the whole processes' seconds, their ratio, the ratio of their CPU seconds, rows a
second of the import, and the most memory it held. Both run in turn, so that what else the machine does falls on both.
Folders come from `tests.benchmarks.scale` and are kept in DIR if one is given.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard import demo
from dashboard.places import Places
from dashboard.snapshots import Store
from tests.benchmarks import machine, scale
from tests.benchmarks.machine import Cost

SIZE = 161_000
QUICK = 16_100
ALLOWED = 8.0
"""The most that an import may take, in times of the bare read and write (1.35 million patents)."""


@dataclass(frozen=True)
class Result:
    """Of one size: what came in, the bytes of the snapshot, and what each run cost."""

    patents: int
    rows: int
    size: int
    bare: tuple[Cost, ...]
    ours: tuple[Cost, ...]

    def line(self) -> str:
        bare, ours = (statistics.median(cost.seconds for cost in costs) for costs in (self.bare, self.ours))
        cpu = statistics.median(cost.cpu for cost in self.ours) / statistics.median(cost.cpu for cost in self.bare)
        memory = max(cost.memory for cost in self.ours)
        return (
            f"{self.patents:>11,} {self.rows:>12,} {bare:>8.1f} {ours:>8.1f} {ours / bare:>6.1f} {cpu:>6.1f}"
            f" {self.rows / ours:>10,.0f} {memory / 1e6:>10,.0f} {self.size / 1e6:>11,.0f}"
        )


HEAD = (
    f"{'patents':>11} {'rows':>12} {'bare s':>8} {'import s':>8} {'ratio':>6} {'CPU':>6}"
    f" {'rows/s':>10} {'memory MB':>10} {'snapshot MB':>11}"
)


def compare(patents: int, place: Path, runs: int) -> Result:
    """Import a folder of about `patents` patents and read it bare, in turn, `runs` times each."""
    folder = scale.folder(patents, place)
    (day,) = demo.weeks(1)
    bare, ours = [], []
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        for _ in range(runs):
            data, target = Path(scratch) / "data", Path(scratch) / "bare"
            for used in (data, target):
                shutil.rmtree(used, ignore_errors=True)
            target.mkdir()
            bare.append(machine.run(["-m", "tests.benchmarks.bare", str(folder), str(target)]))
            shutil.rmtree(target)
            ours.append(
                machine.run(["-m", "dashboard", "--data", str(data), "import", str(folder), "--date", str(day)])
            )
        entry = Store(Places(data)).newest()
    return Result(entry.stock, entry.rows, entry.size, tuple(bare), tuple(ours))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patents", type=int, nargs="+", default=[SIZE])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--place", type=Path, help="where folders are kept")
    parser.add_argument("--quick", action="store_true", help="one small folder, once")
    given = parser.parse_args(arguments)
    sizes, runs = ([QUICK], 1) if given.quick else (given.patents, given.runs)
    print(machine.describe("duckdb", "pyarrow"), flush=True)
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for patents in sizes:
            print(compare(patents, given.place or Path(scratch), runs).line(), flush=True)
    print(f"allowed at 1,350,000 patents: ratio {ALLOWED:.0f}")


if __name__ == "__main__":
    main()
