"""The snapshot that Spark makes equals DuckDB's, row by row: all tables, marts, rejects, warnings, files, notes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pyspark.sql import SparkSession

from tests.oracle import export_files, odd_exports
from tests.spark.both import differences
from tests.support import samples

SEED = 18
ROWS = 45


def test_the_samples(session: SparkSession, tmp_path: Path) -> None:
    found, counts = differences(samples.SAMPLES / "exports", dt.date(2025, 2, 28), session, tmp_path)
    assert found == []
    assert len(counts) > 50
    assert counts["patents"] == 59


def test_an_odd_folder_with_every_kind_of_cell(session: SparkSession, tmp_path: Path) -> None:
    """Text in any encoding, workbooks, aliases, totals, wrong and odd cells: thousands of rejects and warnings."""
    folder = tmp_path / "odd"
    export_files.write(folder, odd_exports.folder(SEED, ROWS), SEED)
    found, counts = differences(folder, odd_exports.AS_OF, session, tmp_path)
    assert found == []
    assert counts["rejects"] > 100
    assert counts["warnings"] > 50
