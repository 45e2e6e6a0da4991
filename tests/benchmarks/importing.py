"""Import of one demonstration week beside a bare read and write of the same files by DuckDB.

    python -m tests.benchmarks.importing [--scale F] [--runs N]

Prints seconds (medians), their ratio, rows a second and the import's peak memory. Both run in processes of their own,
in turn, so that what else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from dashboard import demo, metrics, policy
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots import Store, open_reader

WEEK = dt.date(2024, 4, 26)


def bare(folder: Path, target: Path) -> None:
    """Read every text file as text and write it as Parquet: the least that any importer must do."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".csv", ".tsv")):
        try:
            rows = duckdb.read_csv(path, all_varchar=True, null_padding=True, strict_mode=False)
        except duckdb.Error:
            rows = duckdb.read_csv(_transcoded(path, target), all_varchar=True, null_padding=True, strict_mode=False)
        rows.write_parquet(str(target / f"{path.stem}.parquet"))


def _transcoded(path: Path, target: Path) -> Path:
    copy = target / path.name
    copy.write_text(path.read_text(encoding="gb18030"), encoding="utf-8")
    return copy


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bare", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bare:
        bare(*given.bare)
        return
    with tempfile.TemporaryDirectory() as place:
        _compare(Path(place), given.scale, given.runs)


def _compare(place: Path, scale: float, runs: int) -> None:
    places = Places.at()
    (folder,) = demo.write(place / "week", [WEEK], scale, policy.load(places.policy), places)
    ours, theirs = [], []
    for run in range(runs):
        data, target = place / f"data{run}", place / f"bare{run}"
        target.mkdir()
        theirs.append(_timed(["-m", "tests.benchmarks.importing", "--bare", str(folder), str(target)]))
        ours.append(_timed(["-m", "dashboard", "--data", str(data), "import", str(folder), "--date", str(WEEK)]))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    store = Store(Places(data))
    entry = store.newest()
    assert entry is not None
    stock = metrics.ask(open_reader(store, entry, PROVINCE), "inventory_province").frame["stock"].iloc[0]
    seconds, floor = statistics.median(ours), statistics.median(theirs)
    print(f"stock {stock:,}, rows {entry.rows:,}, runs {runs}")
    print(f"import {seconds:.1f} s ({entry.rows / seconds:,.0f} rows a second), bare read and write {floor:.1f} s")
    print(f"ratio {seconds / floor:.1f}, peak memory {memory:,.0f} MB")


if __name__ == "__main__":
    main()
