"""Accounts: who may be added, what changes end, and what each role may see."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable

import pytest

from dashboard.access import accounts, audit, sessions, signin
from dashboard.access.accounts import Account
from dashboard.access.store import AccessStore
from dashboard.errors import SignInRefused, UsageError
from dashboard.scope import Scope
from tests.access.conftest import CITY, PASSWORD, STEWARD
from tests.support.worlds import JIANGSU

HERE = "10.0.0.1"


def enter(store: AccessStore, account: Account, password: str = PASSWORD) -> str:
    opened = sessions.open_with(store, signin.sign_in(store, account.name, password, HERE), HERE, "test")
    assert opened
    return opened[0]


@pytest.mark.parametrize(
    ("role", "city", "institution", "expected"),
    [
        ("province", None, None, ("province", None)),
        ("steward", None, None, ("steward", None)),
        ("city", "320500", None, ("city", "320500")),
        ("city", "苏州市", None, ("city", "320500")),
        ("city", "苏州", None, ("city", "320500")),
        ("institution", None, " 4132010284 ", ("institution", "4132010284")),
    ],
)
def test_a_role_takes_its_place(role: str, city: str | None, institution: str | None, expected: object) -> None:
    assert accounts.placed(role, city, institution, JIANGSU) == expected


@pytest.mark.parametrize(
    ("role", "city", "institution"),
    [
        ("boss", None, None),
        ("city", None, None),
        ("city", "上海", None),
        ("city", "", None),
        ("institution", None, None),
        ("institution", None, "  "),
        ("province", "苏州", None),
        ("steward", None, "1"),
        ("city", "苏州", "1"),
    ],
)
def test_a_place_that_is_missing_or_not_the_roles_is_refused(
    role: str, city: str | None, institution: str | None
) -> None:
    with pytest.raises(UsageError):
        accounts.placed(role, city, institution, JIANGSU)


@pytest.mark.parametrize(
    "name", ["", "a", "a b", "<b>x</b>", "../../etc", "x'; drop table accounts; --", "n" * 41, "a\nb"]
)
def test_names_are_plain(store: AccessStore, name: str) -> None:
    with pytest.raises(UsageError, match="账号名"):
        accounts.add(store, Account(name, "province"), PASSWORD, "test")


def test_names_are_taken_whatever_their_letter_case_or_width(peopled: AccessStore) -> None:
    with pytest.raises(UsageError, match="已经有了"):
        accounts.add(peopled, Account("ＮanJing", "province"), PASSWORD, "test")
    assert accounts.find(peopled, "NANJING").account == CITY


def test_the_list_says_who_there_is(peopled: AccessStore) -> None:
    enter(peopled, CITY)
    city, steward = accounts.all_of(peopled)
    assert (city.account, city.is_disabled, city.is_demo, city.signed_in_at) == (CITY, False, False, peopled.clock())
    assert (steward.account, steward.signed_in_at) == (STEWARD, None)


def test_a_scope_follows_the_role() -> None:
    assert accounts.scope_of(STEWARD) == Scope("steward")
    assert accounts.scope_of(STEWARD).sees_all
    assert accounts.scope_of(CITY) == Scope("city", "320100")
    assert not accounts.scope_of(CITY).sees_all


@pytest.mark.parametrize("change", ["role", "disable", "enable", "reset", "own"])
def test_a_change_ends_what_is_open(peopled: AccessStore, change: str) -> None:
    first, second, other = enter(peopled, CITY), enter(peopled, CITY), enter(peopled, STEWARD)
    waiting = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    match change:
        case "role":
            accounts.set_role(peopled, CITY.name, "city", "320500", "test")
        case "disable":
            accounts.disable(peopled, CITY.name, "test")
        case "enable":
            accounts.enable(peopled, CITY.name, "test")
        case "reset":
            accounts.reset(peopled, CITY.name, "another phrase of theirs", "test")
        case _:
            accounts.change_password(peopled, CITY.name, "another phrase of mine")
    assert [sessions.visit(peopled, i) for i in (first, second)] == [None, None]
    assert sessions.open_with(peopled, waiting, HERE, "test") is None
    assert sessions.visit(peopled, other)


def test_a_disabled_account_does_not_come_in_and_is_not_told_apart(peopled: AccessStore) -> None:
    accounts.disable(peopled, CITY.name, "test")
    with pytest.raises(SignInRefused, match=signin.WRONG):
        signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    accounts.enable(peopled, CITY.name, "test")
    assert enter(peopled, CITY)


def test_another_password_takes_the_place_of_the_old_one(peopled: AccessStore) -> None:
    accounts.change_password(peopled, CITY.name, "another phrase of mine")
    with pytest.raises(SignInRefused):
        signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    assert enter(peopled, CITY, "another phrase of mine")


def test_the_owner_proves_the_old_password_before_a_change(peopled: AccessStore) -> None:
    signin.confirm(peopled, CITY, PASSWORD, HERE)
    with pytest.raises(SignInRefused):
        signin.confirm(peopled, CITY, "not my phrase at all", HERE)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: accounts.find(store, "谁"),
        lambda store: accounts.disable(store, "谁", "test"),
        lambda store: accounts.enable(store, "谁", "test"),
        lambda store: accounts.reset(store, "谁", PASSWORD, "test"),
        lambda store: accounts.set_role(store, "谁", "province", None, "test"),
    ],
    ids=["find", "disable", "enable", "reset", "role"],
)
def test_an_unknown_account_is_named(peopled: AccessStore, change: Callable[[AccessStore], object]) -> None:
    with pytest.raises(UsageError, match="没有账号"):
        change(peopled)


def test_a_common_password_is_refused_wherever_one_is_set(peopled: AccessStore) -> None:
    with pytest.raises(UsageError):
        accounts.add(peopled, Account("新人", "province"), "password1234", "test")
    with pytest.raises(UsageError):
        accounts.reset(peopled, CITY.name, "password1234", "test")
    with pytest.raises(UsageError):
        accounts.change_password(peopled, CITY.name, "my-nanjing-secret")
    assert enter(peopled, CITY)


def test_the_file_is_this_users_alone(peopled: AccessStore) -> None:
    with peopled.reading():
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in peopled.folder.iterdir()}
    assert stat.S_IMODE(peopled.folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}


def test_no_password_and_no_identifier_stands_anywhere_in_the_folder(peopled: AccessStore) -> None:
    identifier = enter(peopled, CITY)
    with sqlite3.connect(peopled.path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    content = b"".join(p.read_bytes() for p in peopled.folder.iterdir())
    assert PASSWORD.encode() not in content
    assert identifier.encode() not in content
    assert [line.action for line in audit.newest(peopled)] == ["sign_in", "account_added", "account_added"]
