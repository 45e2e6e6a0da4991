"""The least that any importer must do: every text file of a folder read as text and written as Parquet, by DuckDB.

    python -m tests.benchmarks.bare FOLDER TARGET

Nothing is found, checked or cleaned; what is not UTF-8 is transcoded first, workbooks are left out. Imports no more
than it needs, so that the process is compared with the importer's as a whole.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import duckdb


def bare(folder: Path, target: Path) -> None:
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".csv", ".tsv")):
        try:
            _copy(path, target)
        except duckdb.Error:
            _copy(_transcoded(path, target), target)


def _copy(path: Path, target: Path) -> None:
    rows = duckdb.read_csv(path, all_varchar=True, null_padding=True, strict_mode=False)
    rows.write_parquet(str(target / f"{path.stem}.parquet"))


def _transcoded(path: Path, target: Path) -> Path:
    copy = target / path.name
    with path.open(encoding="gb18030") as source, copy.open("w", encoding="utf-8") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    return copy


if __name__ == "__main__":
    bare(Path(sys.argv[1]), Path(sys.argv[2]))
