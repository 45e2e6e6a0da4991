"""Pages on damaged snapshots: they go on with the newest that is whole, and say so."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from dashboard.places import Places
from dashboard.snapshots import Store
from dashboard.ui import tables
from tests.support import samples
from tests.support.app import open_page, text

NAMES = ("overview", "cities", "quality")


@pytest.fixture
def copied(samples_folder: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A copy of the samples' data folder to do damage to."""
    data = tmp_path / "data"
    shutil.copytree(samples_folder.snapshots, data / "snapshots")
    monkeypatch.setenv("DASHBOARD_DATA", str(data))
    return Store(Places(data))


def flip(path: Path, place: float = 0.5) -> None:
    """Turn one byte of a file, without a change of its size."""
    with path.open("r+b") as file:
        at = int((path.stat().st_size - 1) * place)
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 0x10]))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_goes_on_with_the_newest_that_is_whole(name: str, copied: Store) -> None:
    flip(copied.path(copied.newest()))
    app = open_page(name)
    assert not app.exception
    assert f"数据截至 {samples.FIRST}" in text(app)
    assert f"快照 {samples.SECOND} 的文件已损坏，页面没有使用" in text(app)


@pytest.mark.parametrize("name", NAMES)
def test_a_link_to_a_damaged_snapshot_leads_to_the_newest_whole_one(name: str, copied: Store) -> None:
    flip(copied.path(copied.on(dt.date.fromisoformat(samples.FIRST))))
    app = open_page(name, snapshot=samples.FIRST)
    assert not app.exception
    assert f"数据截至 {samples.SECOND}" in text(app)
    assert f"快照 {samples.FIRST} 的文件已损坏" in text(app)


def test_with_every_snapshot_damaged_no_figure_is_shown(copied: Store) -> None:
    for entry in copied.entries():
        flip(copied.path(entry))
    app = open_page("overview")
    assert not app.exception
    assert "都已损坏，没有可以显示的数据" in text(app)
    assert "盘点率" not in text(app)


def test_a_damaged_catalogue_is_read_from_its_copy_and_said(copied: Store) -> None:
    flip(copied.folder / "catalogue.json")
    app = open_page("overview")
    assert f"数据截至 {samples.SECOND}" in text(app)
    assert "catalogue.json 已损坏" in text(app)


def test_a_damaged_pair_is_made_again_unnoticed(copied: Store) -> None:
    for path in (copied.folder / "pairs").iterdir():
        flip(path)
    app = open_page("overview")
    assert f"与 {samples.FIRST} 比较" in text(app)
    assert "已损坏" not in text(app)


def test_the_list_of_snapshots_names_it(copied: Store) -> None:
    flip(copied.path(copied.newest()))
    copied.usable()
    assert list(tables.snapshot_rows(copied)["state"]) == ["文件已损坏，未使用", "正式"]
