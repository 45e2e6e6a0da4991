"""Accounts and open sessions on a data folder, without the form."""

from __future__ import annotations

from dashboard.access import accounts, reception, sessions
from dashboard.access.accounts import Account, key_of
from dashboard.places import Places

PASSWORD = "长安一片月 万户捣衣声，秋风吹不尽"
PROVINCE = Account("专班", "province")
STEWARD = Account("管理", "steward")

HERE = "127.0.0.1"


def city(code: str) -> Account:
    return Account(f"市局{code}", "city", code)


def institution(identifier: str) -> Account:
    return Account(f"单位{identifier}", "institution", identifier)


def known(places: Places, account: Account) -> None:
    """See to it that there is the account, with `PASSWORD`."""
    store = reception.at(places).store
    if all(record.account != account for record in accounts.all_of(store)):
        accounts.add(store, account, PASSWORD, "test")


def session(places: Places, account: Account = PROVINCE) -> str:
    """The identifier of a session opened for `account` now."""
    known(places, account)
    store = reception.at(places).store
    with store.writing() as desk:
        ticket = sessions.issue_ticket(desk, key_of(account.name))
    opened = sessions.open_with(store, ticket, HERE, "test")
    assert opened
    return opened[0]
