"""Publishing under fire, in short (see the README of this folder for the long run), and on disks that fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.places import REPOSITORY, Places
from dashboard.snapshots import Store
from tests.faults import publishing, weeks
from tests.faults.mounts import remount, small_disk

KILLS = int(os.environ.get("FAULTS_KILLS", 16))

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    command = [sys.executable, "-m", "dashboard", "--data", str(data), *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def names(data: Path) -> list[str]:
    """Every file below the snapshots, but for locks."""
    return sorted(p.name for p in (data / "snapshots").rglob("*") if p.is_file() and p.name != ".lock")


def test_every_reading_is_one_whole_published_snapshot(tmp_path: Path) -> None:
    tally = publishing.under_fire(tmp_path, KILLS)
    print(tally)
    assert tally.failures == []
    assert tally.kills.total() == KILLS
    assert min(tally.readings.values()) > 0


@pytest.mark.parametrize("day", [["2024-04-12", "2024-04-19"], ["2024-04-12", "2024-04-12"]])
def test_two_imports_at_once(tmp_path: Path, day: list[str]) -> None:
    """Of two dates both are published; of one date the second is held back."""
    running = [
        publishing.start(weeks.write(tmp_path / str(n), n), tmp_path / "data", date) for n, date in enumerate(day, 1)
    ]
    said = [process.communicate()[0] for process in running]
    codes = sorted(process.returncode for process in running)
    assert codes == ([0, 0] if day[0] != day[1] else [0, 3]), said
    assert len(Store(Places(tmp_path / "data")).entries()) == len(set(day))
    assert run(tmp_path / "data", "verify").returncode == 0


def test_a_full_disk_publishes_nothing_and_the_next_import_works(tmp_path: Path) -> None:
    """Full at once, while building, and while making the pair."""
    folder = weeks.write(tmp_path / "week", 1)
    with small_disk(tmp_path / "disk", "60M") as data:
        assert run(data, "import", folder, "--date", "2024-04-12").returncode == 0
        published = names(data)
        (snapshot,) = [p.stat().st_blocks >> 1 for p in (data / "snapshots").glob("*.duckdb")]
        used = shutil.disk_usage(data).used >> 10
        for room in (16, snapshot // 2, snapshot + 100):
            remount(data, f"size={used + room}k")
            done = run(data, "import", folder, "--date", "2024-04-19")
            assert (done.returncode, names(data)) == (1, published), (room, done.stderr)
            assert "写不进去，多半是磁盘已满" in done.stderr
            assert len(done.stderr.strip().splitlines()) == 1
        remount(data, "size=60M")
        assert run(data, "verify").returncode == 0
        assert run(data, "import", folder, "--date", "2024-04-26").returncode == 0
        assert run(data, "verify").returncode == 0


def test_a_folder_that_is_read_only_is_read_and_not_written(tmp_path: Path) -> None:
    folder = weeks.write(tmp_path / "week", 1)
    with small_disk(tmp_path / "disk", "60M") as data:
        assert run(data, "import", folder, "--date", "2024-04-12").returncode == 0
        published = names(data)
        remount(data, "ro")
        done = run(data, "import", folder, "--date", "2024-04-19")
        assert (done.returncode, "写不进去，没有写权限或是只读的" in done.stderr) == (1, True)
        assert names(data) == published
        assert run(data, "query", "inventory_province").returncode == 0
        assert run(data, "verify").returncode == 0
        remount(data, "rw")
        assert run(data, "import", folder, "--date", "2024-04-19").returncode == 0
