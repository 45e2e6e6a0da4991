"""A changed byte in any file of a snapshot: found by `verify` and by the next process that opens it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from dashboard import metrics
from dashboard.errors import DamagedSnapshot
from dashboard.places import Places
from dashboard.scope import PROVINCE, Scope
from dashboard.snapshots import Store, digests, open_reader
from tests.faults import weeks
from tests.faults.test_publishing import run

SCOPE = Scope("institution", "U1")
DAYS = ("2024-04-12", "2024-04-19")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two snapshots, their pairs and a slice."""
    place = tmp_path_factory.mktemp("published")
    for number, day in enumerate(DAYS, 41):
        assert run(place / "data", "import", weeks.write(place / str(number), number), "--date", day).returncode == 0
    store = Store(Places(place / "data"))
    with open_reader(store, store.newest(), SCOPE) as reader:
        reader.cursor().close()
    return place / "data"


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Store:
    """A copy of it, to do damage to."""
    return Store(Places(shutil.copytree(published, tmp_path / "data")))


def flip(path: Path, seed: int) -> None:
    """Change one byte of a file: the first, the last or any."""
    chance = Random(seed)
    content = bytearray(path.read_bytes())
    content[(0, len(content) - 1, chance.randrange(len(content)))[min(seed, 2)]] ^= chance.randrange(1, 256)
    path.write_bytes(content)


def newest_pair(store: Store) -> Path:
    return next((store.folder / "pairs").glob(f"{store.newest().id}__*"))


@pytest.mark.parametrize("seed", range(3))
def test_a_byte_of_the_snapshot(store: Store, seed: int) -> None:
    data, entry = store.folder.parent, store.newest()
    flip(store.path(entry), seed)
    done = run(data, "verify")
    assert (done.returncode, f"{entry.id} 不完好" in done.stderr, "完好" in done.stdout) == (4, True, True)
    done = run(data, "query", "inventory_province", "--format", "csv")
    assert (done.returncode, done.stdout, entry.file in done.stderr) == (4, "", True)
    assert len(done.stderr.splitlines()) == 1
    assert run(data, "query", "inventory_province", "--snapshot", DAYS[0]).returncode == 0


@pytest.mark.parametrize("seed", range(1, 3))
def test_a_byte_of_the_pair(store: Store, seed: int) -> None:
    """It is made again from the two snapshots, so that the figures are right."""
    data, pair = store.folder.parent, newest_pair(store)
    flip(pair, seed)
    done = run(data, "verify")
    assert (done.returncode, pair.name in done.stderr) == (4, True)
    done = run(data, "query", "inventory_province", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert (done.returncode, row["previous_rate"]) == (0, float(weeks.figures(41).rate))
    assert run(data, "verify").returncode == 0


def test_a_byte_of_a_slice(store: Store) -> None:
    (made,) = (store.folder / "slices").iterdir()
    flip(made, 3)
    done = run(store.folder.parent, "verify")
    assert (done.returncode, made.name in done.stderr) == (4, True)
    with open_reader(store, store.newest(), SCOPE) as reader:
        assert reader.cursor().execute("select count(*) from patents").fetchall() == [(weeks.figures(42).stock,)]
    assert run(store.folder.parent, "verify").returncode == 0


@pytest.mark.parametrize("seed", range(1, 3))
def test_a_byte_of_the_catalogue(store: Store, seed: int) -> None:
    data = store.folder.parent
    flip(store.folder / "catalogue.json", seed)
    done = run(data, "verify")
    assert (done.returncode, "catalogue.json 已损坏" in done.stderr) == (4, True)
    assert run(data, "query", "inventory_province").returncode == 0, "the copy is whole"
    folder = weeks.write(data.parent / "week", 43)
    done = run(data, "import", folder, "--date", "2024-04-26")
    assert (done.returncode, "catalogue.json 已损坏" in done.stderr) == (4, True)


@pytest.mark.parametrize("how", ["cut", "another's content", "gone"])
def test_a_snapshot_that_is_cut_or_swapped_is_not_read(store: Store, how: str) -> None:
    entry = store.newest()
    path, other = store.path(entry), store.path(store.entries()[0])
    match how:
        case "cut":
            with path.open("r+b") as file:
                file.truncate(entry.size // 2)
        case "gone":
            path.unlink()
        case _:
            shutil.copyfile(other, path)
    assert run(store.folder.parent, "verify", DAYS[1]).returncode == 4
    assert run(store.folder.parent, "query", "stars").returncode == 4
    with pytest.raises(DamagedSnapshot):
        open_reader(store, entry, PROVINCE)


def test_a_file_written_into_while_it_is_open_gives_no_figure_more(store: Store) -> None:
    """`cp other.duckdb this.duckdb` under a running server: the engine alone would mix both."""
    entry = store.newest()
    with open_reader(store, entry, PROVINCE) as reader:
        metrics.ask(reader, "inventory_province")
        shutil.copyfile(store.path(store.entries()[0]), store.path(entry))
        assert not reader.is_unchanged()
        for name in ("inventory_province", "quality"):
            with pytest.raises(DamagedSnapshot, match=entry.file):
                metrics.ask(reader, name)


def test_a_file_that_is_replaced_while_it_is_open_is_read_as_it_was(store: Store, tmp_path: Path) -> None:
    entry = store.newest()
    with open_reader(store, entry, PROVINCE) as reader:
        shutil.copyfile(store.path(store.entries()[0]), tmp_path / "other")
        (tmp_path / "other").replace(store.path(entry))
        stock = metrics.ask(reader, "inventory_province").frame["stock"].item()
    assert stock == weeks.figures(42).stock


def test_the_checksum_is_read_once_for_each_version_of_a_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, whole = store.newest(), digests.digest
    read: list[Path] = []

    def reading(path: Path) -> str:
        read.append(path)
        return whole(path)

    monkeypatch.setattr(digests, "digest", reading)
    for _ in range(3):
        store.check(entry)
    assert read == [store.path(entry)]
    flip(store.path(entry), 2)
    assert not store.is_sound(entry)
    assert len(read) == 2
