"""Whatever is wrong with a file, the readers say so in a sentence, or read it; they never fail otherwise.

FAULTS_FILES=20000 tries as many.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from dashboard.errors import FileProblems
from dashboard.intake import folder, stage
from tests.faults.damaged_files import SECRET, WHOLE, damaged
from tests.intake.folders import INSTITUTION_CSV
from tests.support.raw import CONTRACT

FILES = int(os.environ.get("FAULTS_FILES", 500))


def read(path: Path, name: str, content: bytes) -> str | dict[str, list[tuple[object, ...]]]:
    """What comes of the file beside a good 单位名录: the sentences of why not, or what was stored of it."""
    for old in path.iterdir():
        old.unlink()
    (path / "单位名录.csv").write_text(INSTITUTION_CSV, encoding="utf-8")
    (path / f"专利盘点_{name}").write_bytes(content)
    with duckdb.connect() as connection:
        try:
            stage.stage(connection, folder.scan(path, CONTRACT), CONTRACT)
        except FileProblems as problems:
            return str(problems)
        return {name: connection.table(name).fetchall() for name in ("raw_sheets", "raw_patents")}


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_files_are_read(tmp_path: Path, name: str) -> None:
    result = read(tmp_path, name, WHOLE[name])
    assert isinstance(result, dict)
    assert len(result["raw_patents"]) == 2
    assert SECRET not in str(result)


@pytest.mark.parametrize("part", range(10))
def test_a_damaged_file_is_read_or_named(tmp_path: Path, part: int) -> None:
    said = set()
    for seed in range(part * FILES // 10, (part + 1) * FILES // 10):
        name, content = damaged(seed)
        result = read(tmp_path, name, content)
        if isinstance(result, str):
            assert result.startswith(f"专利盘点_{name}："), (seed, result)
            assert SECRET not in result, seed
            said.add(result.split("：", 1)[1])
    assert len(said) > 3, "the damages are too alike"
