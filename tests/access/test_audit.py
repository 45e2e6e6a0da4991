"""The audit trail: append-only, chained, whole under many writers, and every break shows."""

from __future__ import annotations

import hashlib
import multiprocessing
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.access import accounts, audit
from dashboard.access.store import AccessStore
from dashboard.errors import SetupError, UsageError
from dashboard.places import Places
from tests.access.conftest import CITY, PASSWORD


def test_entries_say_who_what_and_when(store: AccessStore) -> None:
    audit.record(store, "publish", "os:root", "2024-04-26-1a2b3c4d", rows=10, is_demo=False)
    audit.export(store, "nanjing", "inventory_city", "2024-04-26-1a2b3c4d", b"content", "盘点.csv", "10.0.0.1")
    export, published = audit.newest(store)
    assert (published.position, published.actor, published.action, published.details) == (
        1,
        "os:root",
        "publish",
        {"rows": 10, "is_demo": False},
    )
    assert published.at == "2027-01-15T08:00:00.000+00:00"
    assert export.details == {
        "snapshot": "2024-04-26-1a2b3c4d",
        "file": "盘点.csv",
        "address": "10.0.0.1",
        "sha256": hashlib.sha256(b"content").hexdigest(),
    }
    assert [line.position for line in audit.lines(store)] == [1, 2]
    assert audit.newest(store, action="publish") == [published]


def test_an_intact_trail_verifies(store: AccessStore) -> None:
    assert audit.verify(store) == audit.Verdict(0, "0" * 64)
    for n in range(5):
        audit.record(store, "refused", "x", str(n))
    verdict = audit.verify(store)
    assert (verdict.count, verdict.fault) == (5, None)
    assert verdict.digest == audit.newest(store, 1)[0].digest


@pytest.mark.parametrize(
    "statement", ["update audit set actor = 'me'", "delete from audit", "delete from audit where position = 2"]
)
def test_entries_cannot_be_changed_or_removed_by_a_statement(store: AccessStore, statement: str) -> None:
    for n in range(3):
        audit.record(store, "refused", "x", str(n))
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("tampering", "count", "fault"),
    [
        ("update audit set actor = 'someone else' where position = 3", 2, "第 3 条审计记录被改动过"),
        ("update audit set details = '{}' where position = 1", 0, "第 1 条审计记录被改动过"),
        ("update audit set digest = previous where position = 5", 4, "第 5 条审计记录被改动过"),
        ("delete from audit where position = 2", 1, "第 2 条审计记录缺失"),
        ("delete from audit where position = 1", 0, "第 1 条审计记录缺失"),
        ("delete from audit where position = 5", 4, "末尾缺少 1 条审计记录"),
        ("delete from audit", 0, "末尾缺少 5 条审计记录"),
        ("update audit set previous = digest where position = 4", 3, "第 4 条审计记录与前一条接不上"),
    ],
)
def test_every_break_shows(store: AccessStore, tampering: str, count: int, fault: str) -> None:
    for n in range(5):
        audit.record(store, "export", "x", str(n), sha256=str(n))
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("drop trigger audit_keeps_rows")
        connection.execute("drop trigger audit_loses_none")
        connection.execute(tampering)
    verdict = audit.verify(store)
    assert verdict.count == count
    assert verdict.fault
    assert fault in verdict.fault


def test_an_entry_falls_with_what_it_tells_of(peopled: AccessStore) -> None:
    before = audit.verify(peopled).count
    with pytest.raises(UsageError):
        accounts.add(peopled, CITY, PASSWORD, "test")
    assert audit.verify(peopled).count == before


def test_threads_chain_one_after_another(store: AccessStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: audit.record(store, "refused", f"thread {n}"), range(80)))
    assert (audit.verify(store).count, audit.verify(store).fault) == (80, None)


def _write(data: Path, count: int) -> None:
    store = AccessStore(Places(data))
    for n in range(count):
        audit.record(store, "refused", "process", str(n))


def test_processes_chain_one_after_another(store: AccessStore) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(store.folder.parent, 25)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert (audit.verify(store).count, audit.verify(store).fault) == (75, None)


@pytest.mark.parametrize(
    "text", ["'; drop table audit; --", "<img src=x onerror=alert(1)>", "../../etc/passwd", "名\x00\ud800"]
)
def test_odd_text_is_just_text(store: AccessStore, text: str) -> None:
    audit.record(store, "refused", text, text, what=text)
    (line,) = audit.newest(store)
    assert line.actor == line.subject == line.details["what"] == text.replace("\ud800", "?")
    assert audit.verify(store).fault is None


def test_long_text_is_cut(store: AccessStore) -> None:
    audit.record(store, "refused", "x", "y" * 5000)
    assert audit.newest(store)[0].subject == "y" * 500


@pytest.mark.parametrize("damage", [lambda p: p.write_bytes(b"not a database" * 100)])
def test_a_damaged_file_says_what_to_do(store: AccessStore, damage: Callable[[Path], object]) -> None:
    audit.record(store, "refused", "x")
    for path in store.folder.iterdir():
        damage(path)
    with pytest.raises(SetupError, match="备份"):
        audit.verify(store)
