"""Signed-in visitors of a data folder, made directly in its store: no form, no throttle."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat

from dashboard.access import accounts, sessions
from dashboard.access.accounts import Account, key_of
from dashboard.access.store import AccessStore
from dashboard.access.web import cookie_name
from dashboard.places import Places

EACH = 8
"""Sessions of one account: below the number at which the oldest ends."""

NAME = "benchmark-{}"


def cookies(places: Places, count: int) -> list[str]:
    """`count` cookie headers of sessions that hold, of as many accounts of the province as that takes.

    The accounts are added where they are not there yet.
    """
    store = AccessStore(places)
    names = list(chain.from_iterable(repeat(NAME.format(i), EACH) for i in range(-(-count // EACH))))[:count]
    known = {record.account.name for record in accounts.all_of(store)}
    for name in dict.fromkeys(names):
        if name not in known:
            accounts.add(store, Account(name, "province"), secrets.token_urlsafe(18), "benchmark")
    return [_cookie(store, name) for name in names]


def _cookie(store: AccessStore, name: str) -> str:
    with store.writing() as desk:
        ticket = sessions.issue_ticket(desk, key_of(name))
    opened = sessions.open_with(store, ticket, "127.0.0.1", "benchmark")
    assert opened is not None
    return f"{cookie_name(is_secure=False)}={opened[0]}"


@contextmanager
def signed_in(places: Places, count: int) -> Iterator[list[str]]:
    """`cookies`, whose accounts are barred from signing in afterwards."""
    try:
        yield cookies(places, count)
    finally:
        store = AccessStore(places)
        for record in accounts.all_of(store):
            if record.account.name.startswith(NAME.format("")) and not record.is_disabled:
                accounts.disable(store, record.account.name, "benchmark")
