"""A folder that cannot be read is refused in Chinese sentences, never with a traceback or a cell of an extra column."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.errors import DashboardError
from dashboard.intake import folder, stage
from tests.intake.bad_folders import BAD_FOLDERS, EXIT_CODE, SECRET, BadFolder
from tests.support.raw import CONTRACT


@pytest.mark.parametrize("bad", BAD_FOLDERS, ids=lambda bad: bad.name)
def test_a_bad_folder_is_refused(bad: BadFolder, tmp_path: Path) -> None:
    place = tmp_path / "导出"
    place.mkdir()
    target = bad.make(place)
    with pytest.raises(DashboardError) as caught:
        stage.stage(duckdb.connect(), folder.scan(target, CONTRACT), CONTRACT)
    assert caught.value.exit_code == EXIT_CODE
    assert [fragment for fragment in bad.says if fragment not in str(caught.value)] == [], str(caught.value)
    assert SECRET not in str(caught.value)
    assert all(line.endswith("。") for line in str(caught.value).splitlines())


def test_at_least_forty_ways_to_be_bad() -> None:
    assert len({bad.name for bad in BAD_FOLDERS}) == len(BAD_FOLDERS) >= 40
