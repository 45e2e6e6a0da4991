"""Guessing is slowed down by account and by address, and nobody learns which names exist."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.access import audit, signin
from dashboard.access.store import AccessStore
from dashboard.access.throttle import ACCOUNT, ADDRESS, FORGOTTEN, PAIR
from dashboard.errors import SignInRefused
from dashboard.places import Places
from tests.access.conftest import CITY, PASSWORD, STEWARD, Clock

HERE, THERE = "10.0.0.1", "10.0.0.2"


def answer(store: AccessStore, name: str, address: str = HERE, password: str = "not the phrase") -> str:
    try:
        signin.sign_in(store, name, password, address)
    except SignInRefused as error:
        return str(error)
    return "in"


def test_waits_grow_and_are_bounded() -> None:
    assert [PAIR.wait(n) for n in (1, 5, 6, 7, 8, 14, 15, 500)] == [0, 0, 2, 4, 8, 512, 900, 900]
    assert ACCOUNT.wait(100_000) == 60


@pytest.mark.parametrize("name", [CITY.name, "nobody"])
def test_an_account_is_slowed_down_after_five_whether_it_exists_or_not(
    peopled: AccessStore, clock: Clock, name: str
) -> None:
    answers = [answer(peopled, name) for _ in range(8)]
    assert answers == [signin.WRONG] * 6 + ["尝试过于频繁，请等 2 秒后再试。"] * 2
    clock.pass_by(2)
    assert [answer(peopled, name) for _ in range(2)] == [signin.WRONG, "尝试过于频繁，请等 4 秒后再试。"]


def test_the_right_password_must_wait_too_and_is_let_in_after(peopled: AccessStore, clock: Clock) -> None:
    for _ in range(6):
        answer(peopled, CITY.name)
    assert answer(peopled, CITY.name, password=PASSWORD).startswith("尝试过于频繁")
    clock.pass_by(2)
    assert answer(peopled, CITY.name, password=PASSWORD) == "in"
    assert [answer(peopled, CITY.name) for _ in range(5)] == [signin.WRONG] * 5


def test_strangers_elsewhere_cost_the_owner_a_minute_at_most(peopled: AccessStore, clock: Clock) -> None:
    for guess in range(60):
        answer(peopled, CITY.name, f"10.9.0.{guess}")
        clock.pass_by(61)
    answer(peopled, CITY.name, "10.9.1.1")
    clock.pass_by(60)
    assert answer(peopled, CITY.name, password=PASSWORD) == "in"


def test_an_address_is_slowed_down_whatever_the_names(peopled: AccessStore) -> None:
    answers = [answer(peopled, f"name{n}") for n in range(ADDRESS.free + 3)]
    assert answers[: ADDRESS.free + 1] == [signin.WRONG] * (ADDRESS.free + 1)
    assert {a[:6] for a in answers[ADDRESS.free + 1 :]} == {"尝试过于频繁"}
    assert answer(peopled, STEWARD.name, password=PASSWORD).startswith("尝试过于频繁")
    assert answer(peopled, STEWARD.name, THERE, PASSWORD) == "in"


def test_an_own_account_buys_no_free_guesses_at_others(peopled: AccessStore, clock: Clock) -> None:
    for n in range(ADDRESS.free + 1):
        answer(peopled, f"name{n}")
    clock.pass_by(2)
    assert answer(peopled, STEWARD.name, password=PASSWORD) == "in"
    assert answer(peopled, "name99").startswith("尝试过于频繁")


def test_it_is_forgotten_in_time(peopled: AccessStore, clock: Clock) -> None:
    for _ in range(6):
        answer(peopled, CITY.name)
    clock.pass_by(FORGOTTEN)
    assert [answer(peopled, CITY.name) for _ in range(5)] == [signin.WRONG] * 5


def test_many_at_once_gain_nothing(peopled: AccessStore) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: answer(peopled, CITY.name), range(24)))
    assert answers.count(signin.WRONG) == 6


def test_another_process_counts_on(peopled: AccessStore, clock: Clock) -> None:
    other = AccessStore(Places(peopled.folder.parent), clock=clock)
    for store in (peopled, other) * 3:
        answer(store, CITY.name)
    assert answer(other, CITY.name).startswith("尝试过于频繁")


def test_what_was_typed_as_a_name_is_kept_nowhere(peopled: AccessStore) -> None:
    typed = "my-real-password-typed-as-name"
    answer(peopled, typed)
    assert typed.encode() not in b"".join(p.read_bytes() for p in peopled.folder.iterdir())
    assert audit.newest(peopled, 1)[0].actor == audit.NOBODY


@pytest.mark.parametrize("name", ["", " ", "' or 1=1 --", "<script>", "../../x", "名" * 3000, "\x00"])
def test_odd_names_are_just_wrong(peopled: AccessStore, name: str) -> None:
    assert answer(peopled, name) == signin.WRONG


@pytest.mark.parametrize("password", ["", "x" * 100_000, "\x00", "\ud800"])
def test_odd_passwords_are_just_wrong(peopled: AccessStore, password: str) -> None:
    assert answer(peopled, CITY.name, password=password) == signin.WRONG
