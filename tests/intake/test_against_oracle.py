"""Random export folders through the readers and the cleaning, against the oracle's reading of exports.md.

ORACLE_FOLDERS=2000 runs as many.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboard.intake import clean, folder, stage, tables
from tests.oracle import export_files, odd_exports
from tests.oracle.export_tables import TABLES
from tests.oracle.intake import Expected, expect
from tests.oracle.odd_exports import AS_OF
from tests.support.raw import CONTRACT
from tests.support.worlds import JIANGSU

EXAMPLES = int(os.environ.get("ORACLE_FOLDERS", 30))


def test_the_contract_file_says_what_the_oracle_was_told() -> None:
    assert [t.name for t in CONTRACT.tables] == list(TABLES)
    for table in CONTRACT.tables:
        known = TABLES[table.name]
        assert (table.title, table.key) == (known.title, known.key)
        assert [(c.name, c.header, c.aliases, c.required) for c in table.columns] == [
            (c.name, c.header, c.aliases, c.is_required) for c in known.columns
        ]
        assert [tuple(c.values) for c in table.columns] == [c.values for c in known.columns]
        assert [(c.at_least, c.at_most) for c in table.columns] == [(c.least, c.most) for c in known.columns]


@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate)
)
@given(seed=st.integers(0, 2**32))
def test_random_folders_give_what_the_contract_says(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    files = odd_exports.folder(seed)
    path = tmp_path_factory.mktemp("folder")
    export_files.write(path, files, seed)
    assert differences(imported(path), expect(files, AS_OF)) == []


def imported(path: Path) -> duckdb.DuckDBPyConnection:
    """The folder read and cleaned, in memory."""
    connection = duckdb.connect()
    scan = folder.scan(path, CONTRACT)
    tables.create_plan(connection, JIANGSU, CONTRACT, AS_OF)
    staged = stage.stage(connection, scan, CONTRACT)
    clean.clean(connection, CONTRACT, JIANGSU, staged.present)
    return connection


def differences(connection: duckdb.DuckDBPyConnection, expected: Expected) -> list[str]:
    """What the program and the oracle disagree on; empty when they agree."""
    found = {(r[0], r[1]): tuple(r[2:]) for r in connection.table("files").fetchall()}
    lines = [f"files: {k} {found.get(k)} for {expected.files.get(k)}" for k in found.keys() | expected.files.keys()
             if found.get(k) != expected.files.get(k)]  # fmt: skip
    for name, wanted in (("rejects", expected.rejects), ("warnings", expected.warnings)):
        rows = [tuple(r[:6]) for r in connection.table(name).fetchall()]
        lines += [f"{name}: {row} only in the program" for row in _without(rows, wanted)]
        lines += [f"{name}: {row} only in the oracle" for row in _without(wanted, rows)]
    for name, accepted in expected.accepted.items():
        lines += _unequal(name, _accepted(connection, name), accepted)
    return lines


def _accepted(connection: duckdb.DuckDBPyConnection, name: str) -> dict[Any, dict[str, Any]]:
    cursor = connection.table(name)
    names = [c for c in cursor.columns if not c.startswith("source_")]
    rows = [dict(zip(cursor.columns, row, strict=True)) for row in cursor.fetchall()]
    return {
        (r["source_file"], r["source_sheet"], r["source_row"]): {
            n: tuple(r[n]) if isinstance(r[n], list) else r[n] for n in names
        }
        for r in rows
    }


def _unequal(name: str, found: dict[Any, dict[str, Any]], wanted: dict[Any, dict[str, Any]]) -> list[str]:
    lines = []
    for place in found.keys() | wanted.keys():
        got, wish = found.get(place, {}), wanted.get(place, {})
        cells = [
            f"{c}={got.get(c)!r} for {wish.get(c)!r}" for c in got.keys() | wish.keys() if got.get(c) != wish.get(c)
        ]
        lines += [f"{name} {place}: {', '.join(cells)}"] if cells else []
    return lines


def _without(rows: list[Any], others: list[Any]) -> list[Any]:
    left = list(rows)
    for other in others:
        if other in left:
            left.remove(other)
    return left
