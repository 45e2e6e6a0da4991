"""Write the baseline's Parquet files from published snapshots: one folder per week, one file per table of the contract.

python -m tests.benchmarks.plain.tables DATA_FOLDER OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from dashboard.places import Places
from dashboard.snapshots import Store

TABLES = (
    "institutions", "patents", "enterprises", "evaluations", "experts", "events", "filings", "products", "assessments",
    "portfolios", "pilots", "cases", "files", "rejects", "warnings", "notes",
)  # fmt: skip


def write(places: Places, out: Path) -> Path:
    """The clean tables of every visible snapshot of `places` as `out/<date>/<table>.parquet`; returns `out`."""
    store = Store(places)
    for entry in store.entries():
        folder = out / entry.date.isoformat()
        if folder.exists():
            continue
        aside = folder.with_suffix(".new")
        aside.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(store.path(entry)), read_only=True) as snapshot:
            for name in TABLES:
                snapshot.table(name).write_parquet(str(aside / f"{name}.parquet"))
        aside.rename(folder)
    return out


if __name__ == "__main__":
    write(Places.at(sys.argv[1]), Path(sys.argv[2]))
