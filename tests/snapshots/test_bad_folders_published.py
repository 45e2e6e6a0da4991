"""Whatever is wrong with a folder: exit code, Chinese sentences, and published snapshots left as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.__main__ import main
from tests.intake.bad_folders import BAD_FOLDERS, EXIT_CODE, SECRET, BadFolder
from tests.support import exports


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published snapshot."""
    place = tmp_path_factory.mktemp("published")
    folder = exports.write(place / "good", approved=4)
    assert main(["--data", str(place / "data"), "import", str(folder), "--date", "2024-04-19"]) == 0
    return place / "data"


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("bad", BAD_FOLDERS, ids=lambda bad: bad.name)
def test_a_bad_folder_publishes_nothing(
    bad: BadFolder, data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = content(data / "snapshots")
    place = tmp_path / "导出"
    place.mkdir()
    code = main(["--data", str(data), "import", str(bad.make(place)), "--date", "2024-04-26"])
    said = capfd.readouterr()
    assert code == EXIT_CODE
    assert [fragment for fragment in bad.says if fragment not in said.err] == []
    assert "Traceback" not in said.err
    assert SECRET not in said.err + said.out
    assert content(data / "snapshots") == before
