"""Cleaning what was cleaned changes nothing: accepted rows, written in the contract's form, come back as they are."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from tests.intake.test_against_oracle import imported
from tests.oracle import export_files, odd_exports
from tests.support import tidy
from tests.support.raw import CONTRACT

FOLDERS = range(int(os.environ.get("ORACLE_FOLDERS", 4)))

LASTING = {"W-STAGE-ORDER", "W-UNKNOWN-PATENT"}
"""Remarks on facts, which stay true of the cleaned row."""


def _rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """The accepted rows of each table without their places, in any order."""
    found = {}
    for table in CONTRACT.tables:
        columns = ", ".join(c.name for c in table.columns)
        found[table.name] = sorted(connection.execute(f'select {columns} from "{table.name}"').fetchall(), key=repr)
    return found


def _findings(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[4] for name in ("rejects", "warnings") for row in connection.table(name).fetchall()}


@pytest.mark.parametrize("seed", FOLDERS)
def test_what_was_accepted_is_accepted_again_without_a_finding(tmp_path: Path, seed: int) -> None:
    export_files.write(tmp_path / "once", odd_exports.folder(seed, rows=30), seed)
    once = imported(tmp_path / "once")
    twice = imported(tidy.write(once, CONTRACT, tmp_path / "twice"))
    assert sum(map(len, _rows(once).values())) > 10
    assert _rows(twice) == _rows(once)
    assert _findings(twice) <= LASTING


@pytest.mark.parametrize("seed", FOLDERS)
def test_the_order_of_files_and_rows_changes_no_fact(tmp_path: Path, seed: int) -> None:
    """Keys stand once in cleaned rows, so no later duplicate can win."""
    export_files.write(tmp_path / "once", odd_exports.folder(seed, rows=30), seed)
    once = imported(tmp_path / "once")
    straight = tidy.write(once, CONTRACT, tmp_path / "straight")
    chance = Random(seed)
    for path in straight.iterdir():
        header, *lines = _records(path)
        chance.shuffle(lines)
        parts = (lines[: len(lines) // 2], lines[len(lines) // 2 :])
        for name, part in zip(chance.sample("一二三四", 2), parts, strict=True):
            target = tmp_path / "mixed" / name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"".join([header, *part]))
    assert _rows(imported(tmp_path / "mixed")) == _rows(once)


def _records(path: Path) -> list[bytes]:
    """The records of a CSV of ours, none of which holds a line end."""
    return path.read_bytes().splitlines(keepends=True)
