"""Signed-in visitors of a data folder, made directly in its store: no form, no throttle."""

from __future__ import annotations

import secrets

from dashboard.access import accounts, reception
from dashboard.access.accounts import Account
from dashboard.access.web import cookie_name
from dashboard.places import Places
from tests.support import entry

EACH = 8
"""Sessions of one account: below the number at which the oldest ends."""


def cookies(places: Places, count: int) -> list[str]:
    """`count` cookie headers of sessions that hold, of as many accounts of the province as that takes.

    The accounts are added where they are not there yet, with passwords that nobody knows.
    """
    store = reception.at(places).store
    known = {record.account for record in accounts.all_of(store)}
    whose = [Account(f"benchmark-{i // EACH}", "province") for i in range(count)]
    for account in dict.fromkeys(whose):
        if account not in known:
            accounts.add(store, account, secrets.token_urlsafe(18), "benchmark")
    return [f"{cookie_name(is_secure=False)}={entry.session(places, account)}" for account in whose]
