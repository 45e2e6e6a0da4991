"""Sessions and tickets: how they begin, and everything that ends them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dashboard.access import accounts, sessions, signin
from dashboard.access.accounts import Account
from dashboard.access.store import AccessStore
from dashboard.places import Places
from tests.access.conftest import CITY, PASSWORD, STEWARD, Clock

HERE = "10.0.0.1"


def enter(store: AccessStore, account: Account = CITY, instead_of: str | None = None) -> str:
    ticket = signin.sign_in(store, account.name, PASSWORD, HERE)
    opened = sessions.open_with(store, ticket, HERE, "Browser/1", instead_of)
    assert opened
    assert opened[1] == account
    return opened[0]


def test_a_session_says_whose_it_is(peopled: AccessStore) -> None:
    visit = sessions.visit(peopled, enter(peopled))
    assert visit
    assert (visit.account, visit.address, visit.browser) == (CITY, HERE, "Browser/1")


def test_identifiers_are_256_random_bits_and_never_repeat(peopled: AccessStore) -> None:
    made = {enter(peopled) for _ in range(8)}
    assert len(made) == 8
    assert {len(identifier) for identifier in made} == {43}


def test_unknown_identifiers_open_nothing(peopled: AccessStore) -> None:
    enter(peopled)
    for identifier in (None, "", "x", "' or 1=1 --", "0" * 64):
        assert sessions.visit(peopled, identifier) is None


def test_thirty_idle_minutes_end_it(peopled: AccessStore, clock: Clock) -> None:
    identifier = enter(peopled)
    clock.pass_by(sessions.IDLE - 1)
    assert sessions.visit(peopled, identifier)
    clock.pass_by(1)
    assert sessions.visit(peopled, identifier) is None


def test_looking_does_not_keep_it_alive_and_doing_does(peopled: AccessStore, clock: Clock) -> None:
    looked, used = enter(peopled), enter(peopled)
    for _ in range(4):
        clock.pass_by(sessions.IDLE / 3)
        sessions.visit(peopled, looked)
        sessions.seen(peopled, used)
    assert sessions.visit(peopled, looked) is None
    assert sessions.visit(peopled, used)


def test_twelve_hours_end_it_whatever_is_done(peopled: AccessStore, clock: Clock) -> None:
    identifier = enter(peopled)
    for _ in range(47):
        clock.pass_by(15 * 60)
        sessions.seen(peopled, identifier)
    assert sessions.visit(peopled, identifier)
    clock.pass_by(15 * 60)
    assert sessions.visit(peopled, identifier) is None


def test_what_has_ended_cannot_be_revived(peopled: AccessStore, clock: Clock) -> None:
    identifier = enter(peopled)
    clock.pass_by(sessions.IDLE)
    sessions.sign_out(peopled, identifier, HERE)
    assert sessions.visit(peopled, identifier) is None


def test_sign_out_ends_this_one_only(peopled: AccessStore) -> None:
    first, second = enter(peopled), enter(peopled)
    sessions.sign_out(peopled, first, HERE)
    assert sessions.visit(peopled, first) is None
    assert sessions.visit(peopled, second)


def test_signing_in_again_takes_the_place_of_this_browsers_session(peopled: AccessStore) -> None:
    first = enter(peopled)
    second = enter(peopled, STEWARD, instead_of=first)
    assert sessions.visit(peopled, first) is None
    assert sessions.visit(peopled, second)


def test_a_ticket_is_good_once(peopled: AccessStore) -> None:
    ticket = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    assert sessions.open_with(peopled, ticket, HERE, "")
    assert sessions.open_with(peopled, ticket, HERE, "") is None


def test_a_ticket_is_good_for_a_minute(peopled: AccessStore, clock: Clock) -> None:
    ticket = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    clock.pass_by(sessions.TICKET_LIFE)
    assert sessions.open_with(peopled, ticket, HERE, "") is None


def test_owners_see_and_end_their_own(peopled: AccessStore) -> None:
    mine, theirs = enter(peopled), enter(peopled, STEWARD)
    (shown,) = sessions.own(peopled, CITY)
    (other,) = sessions.own(peopled, STEWARD)
    assert not sessions.end(peopled, CITY, other.handle)
    assert sessions.visit(peopled, theirs)
    assert sessions.end(peopled, CITY, shown.handle)
    assert sessions.visit(peopled, mine) is None


def test_a_steward_ends_all_of_an_account(peopled: AccessStore) -> None:
    opened = [enter(peopled) for _ in range(3)]
    assert sessions.end_all(peopled, CITY, STEWARD.name) == 3
    assert [sessions.visit(peopled, identifier) for identifier in opened] == [None] * 3


def test_one_session_too_many_ends_the_one_idle_longest(peopled: AccessStore, clock: Clock) -> None:
    opened = []
    for _ in range(sessions.MOST + 1):
        opened.append(enter(peopled))
        clock.pass_by(1)
    assert sessions.visit(peopled, opened[0]) is None
    assert all(sessions.visit(peopled, identifier) for identifier in opened[1:])


def test_what_a_browser_says_of_itself_is_cut_to_text(peopled: AccessStore) -> None:
    ticket = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    sessions.open_with(peopled, ticket, HERE, "<script>\x00\n" + "x" * 500)
    (shown,) = sessions.own(peopled, CITY)
    assert shown.browser.startswith("<script>x")
    assert len(shown.browser) == 200


def test_a_session_shows_its_accounts_role_as_it_is_now(peopled: AccessStore) -> None:
    identifier = enter(peopled)
    accounts.set_role(peopled, CITY.name, "city", "320500", "test")
    assert sessions.visit(peopled, identifier) is None


def test_what_another_process_ends_is_over_at_once(peopled: AccessStore) -> None:
    """Rows are kept between questions, but never beyond a change, whoever makes it."""
    identifier = enter(peopled)
    assert sessions.visit(peopled, identifier)
    elsewhere = AccessStore(Places(peopled.folder.parent), clock=peopled.clock)
    accounts.disable(elsewhere, CITY.name, "test")
    assert sessions.visit(peopled, identifier) is None
    accounts.enable(elsewhere, CITY.name, "test")
    assert sessions.visit(peopled, enter(elsewhere))


def test_a_restored_file_takes_the_place_of_the_old_one(peopled: AccessStore, tmp_path: Path) -> None:
    with peopled.reading():
        saved = tmp_path / "saved.sqlite"
        with closing(sqlite3.connect(peopled.path)) as source, closing(sqlite3.connect(saved)) as target:
            source.backup(target)
    identifier = enter(peopled)
    assert sessions.visit(peopled, identifier)
    for leftover in peopled.folder.iterdir():
        leftover.unlink()
    saved.rename(peopled.path)
    assert sessions.visit(peopled, identifier) is None
    assert sessions.visit(peopled, enter(peopled))
