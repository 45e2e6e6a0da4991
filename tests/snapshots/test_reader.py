"""An open snapshot: whole, unchanged, out of reach of everything else, and shared by threads."""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dashboard import metrics
from dashboard.errors import DamagedSnapshot
from dashboard.scope import PROVINCE
from dashboard.snapshots import Store, open_reader
from dashboard.snapshots.gates import Accept
from tests.snapshots.conftest import Publisher


def test_scope_is_required() -> None:
    assert inspect.signature(open_reader).parameters["scope"].default is inspect.Parameter.empty


def test_a_metric_is_asked_of_an_open_snapshot(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    with open_reader(store, entry, PROVINCE) as reader:
        assert (reader.entry, reader.previous, reader.as_of, reader.scope) == (entry, None, entry.date, PROVINCE)
        frame = metrics.ask(reader, "inventory_province").frame
    assert (frame["stock"].item(), frame["approved"].item(), frame["inventory_rate"].item()) == (10, 4, 0.4)
    assert frame["change_pp"].isna().item()


def test_the_previous_snapshot_is_looked_up_when_asked(store: Store, put: Publisher) -> None:
    first, last = put("2024-04-12"), put("2024-04-26")
    with open_reader(store, last, PROVINCE) as reader:
        assert reader.previous == first
    between = put("2024-04-19")
    with open_reader(store, last, PROVINCE) as reader:
        assert reader.previous == between
        assert metrics.ask(reader, "inventory_province").frame["change_pp"].item() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "insert into snapshot.notes values ('file', 'x', null, '')",
        "create table snapshot.main.mine as select 1",
        "attach '{folder}/other.duckdb' as other",
        "copy (select 1) to '{folder}/out.csv'",
        "select * from read_text('{folder}/catalogue.json')",
        "set memory_limit = '10GB'",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_nothing_else_can_be_read_or_written(store: Store, put: Publisher, statement: str) -> None:
    with open_reader(store, put("2024-04-26"), PROVINCE) as reader, pytest.raises(duckdb.Error):
        reader.cursor().execute(statement.format(folder=store.folder))


def test_threads_share_a_reader(store: Store, put: Publisher) -> None:
    with open_reader(store, put("2024-04-26"), PROVINCE) as reader, ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda _: metrics.ask(reader, "inventory_province").frame["stock"].item(), range(40))
        assert set(asked) == {10}


def test_an_open_snapshot_stays_when_it_is_replaced(store: Store, put: Publisher) -> None:
    old = put("2024-04-26")
    with open_reader(store, old, PROVINCE) as reader:
        put("2024-04-26", accept=Accept(replace=True))
        assert metrics.ask(reader, "inventory_province").frame["stock"].item() == 10


def test_an_absent_pair_is_made_again_by_whoever_comes_first(store: Store, put: Publisher) -> None:
    put("2024-04-19")
    entry = put("2024-04-26")
    for path in (store.folder / "pairs").iterdir():
        path.unlink()

    def change(_: int) -> float:
        with open_reader(store, entry, PROVINCE) as reader:
            return float(metrics.ask(reader, "inventory_province").frame["change_pp"].item())

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(change, range(4))) == {0.0}
    assert [p.name.startswith(entry.id) for p in (store.folder / "pairs").iterdir()] == [True]


def test_a_pair_that_cannot_be_opened_is_made_again(store: Store, put: Publisher) -> None:
    entry = put("2024-04-26")
    (pair,) = (store.folder / "pairs").iterdir()
    pair.write_bytes(b"half a file")
    with open_reader(store, entry, PROVINCE) as reader:
        assert metrics.ask(reader, "inventory_province").frame["stock"].item() == 10


def test_a_damaged_previous_snapshot_does_not_stop_the_newest(store: Store, put: Publisher) -> None:
    first, last = put("2024-04-19"), put("2024-04-26")
    _damage(store.path(first), "changed")
    with open_reader(store, last, PROVINCE) as reader:
        assert reader.previous == first


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_a_damaged_file_is_not_read(store: Store, put: Publisher, damage: str) -> None:
    entry = put("2024-04-26")
    _damage(store.path(entry), damage)
    with pytest.raises(DamagedSnapshot, match=entry.file):
        open_reader(store, entry, PROVINCE)


def _damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    match how:
        case "changed":
            path.write_bytes(content)
        case "cut":
            path.write_bytes(content[:-1])
        case _:
            path.unlink()
