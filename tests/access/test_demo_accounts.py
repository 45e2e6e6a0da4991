"""Accounts for a first look: on demonstration data and this machine only, new at each start."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard.access import accounts, sessions, signin
from dashboard.access.demo_accounts import Demo
from dashboard.access.store import AccessStore
from dashboard.errors import SignInRefused, UsageError
from dashboard.places import Places
from dashboard.snapshots.catalogue import Catalogue, Entry, Store
from tests.access.conftest import PASSWORD, STEWARD, Clock

HERE = "127.0.0.1"


@pytest.fixture
def snapshots(tmp_path: Path) -> Store:
    return Store(Places(tmp_path / "data"))


def publish(snapshots: Store, is_demo: bool) -> None:
    entry = Entry(
        id="2024-04-26-1a2b3c4d",
        date=dt.date(2024, 4, 26),
        file="x",
        sha256="",
        size=0,
        rows=0,
        stock=0,
        publisher="root",
        published_at=dt.datetime.now(dt.UTC),
        is_demo=is_demo,
    )
    with snapshots.lock():
        snapshots.write(Catalogue(snapshots=(*snapshots.catalogue().snapshots, entry)))


def started(snapshots: Store, clock: Clock, address: str = HERE) -> tuple[AccessStore, Demo]:
    demo = Demo(snapshots, address)
    store = AccessStore(Places(snapshots.folder.parent), demo.admits, clock)
    demo.prepare(store, ("320100", "南京市"), ("U1", "甲大学"))
    return store, demo


def enter(store: AccessStore, demo: Demo, at: int = 0) -> str:
    offer = demo.offers[at]
    opened = sessions.open_with(store, signin.sign_in(store, offer.account.name, offer.password, HERE), HERE, "")
    assert opened
    return opened[0]


def test_one_a_role_with_a_random_password_that_works(snapshots: Store, clock: Clock) -> None:
    publish(snapshots, is_demo=True)
    store, demo = started(snapshots, clock)
    assert [(o.account.role, o.account.key) for o in demo.shown()] == [
        ("province", None),
        ("steward", None),
        ("city", "320100"),
        ("institution", "U1"),
    ]
    assert len({o.password for o in demo.offers}) == 4
    for at, offer in enumerate(demo.offers):
        visit = sessions.visit(store, enter(store, demo, at))
        assert visit
        assert visit.account == offer.account


def test_a_real_snapshot_ends_them_at_once(snapshots: Store, clock: Clock) -> None:
    publish(snapshots, is_demo=True)
    store, demo = started(snapshots, clock)
    identifier, waiting = enter(store, demo), signin.sign_in(store, "demo-city", demo.offers[2].password, HERE)
    publish(snapshots, is_demo=False)
    assert demo.shown() == ()
    assert sessions.visit(store, identifier) is None
    assert sessions.open_with(store, waiting, HERE, "") is None
    with pytest.raises(SignInRefused, match=signin.WRONG):
        signin.sign_in(store, demo.offers[0].account.name, demo.offers[0].password, HERE)


@pytest.mark.parametrize("address", ["0.0.0.0", "10.1.2.3", "::"])
def test_elsewhere_the_start_asks_for_an_account(snapshots: Store, clock: Clock, address: str) -> None:
    publish(snapshots, is_demo=True)
    with pytest.raises(UsageError, match="user add"):
        started(snapshots, clock, address)


def test_with_a_real_snapshot_the_start_asks_for_an_account(snapshots: Store, clock: Clock) -> None:
    publish(snapshots, is_demo=False)
    with pytest.raises(UsageError, match="user add"):
        started(snapshots, clock)


def test_with_an_account_there_are_none(snapshots: Store, clock: Clock) -> None:
    accounts.add(AccessStore(Places(snapshots.folder.parent)), STEWARD, PASSWORD, "test")
    store, demo = started(snapshots, clock, "0.0.0.0")
    assert demo.shown() == ()
    assert [record.account for record in accounts.all_of(store)] == [STEWARD]


def test_another_start_makes_others(snapshots: Store, clock: Clock) -> None:
    publish(snapshots, is_demo=True)
    store, first = started(snapshots, clock)
    identifier = enter(store, first)
    store, second = started(snapshots, clock)
    assert {o.password for o in first.offers}.isdisjoint(o.password for o in second.offers)
    assert sessions.visit(store, identifier) is None


def test_other_programs_do_not_admit_them(snapshots: Store, clock: Clock) -> None:
    publish(snapshots, is_demo=True)
    store, demo = started(snapshots, clock)
    identifier = enter(store, demo)
    assert sessions.visit(AccessStore(Places(snapshots.folder.parent), clock=clock), identifier) is None
