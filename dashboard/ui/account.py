"""Who visits: the account of the session that the door named for this websocket, looked up with every run."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.access import accounts, audit, reception, sessions
from dashboard.access.accounts import Account
from dashboard.access.door import SESSION_HEADER
from dashboard.access.reception import Reception
from dashboard.access.sessions import Visit
from dashboard.errors import NotSignedIn
from dashboard.places import Places
from dashboard.scope import Scope


@dataclass(frozen=True)
class Visitor:
    """Who visits, and where the browser is: what the audit trail says of an export."""

    account: Account
    address: str

    @property
    def scope(self) -> Scope:
        return accounts.scope_of(self.account)


def desk() -> Reception:
    """The reception of this server's data folder."""
    return reception.at(Places.at())


def visit() -> Visit | None:
    """The visit that this run belongs to; None before sign-in and after the session's end."""
    return sessions.visit(desk().store, identifier())


def current() -> Account:
    """The account that visits.

    Raises:
        NotSignedIn: there is none.
    """
    found = visit()
    if found is None:
        raise NotSignedIn("登录已结束，请刷新页面重新登录。")
    return found.account


def visitor() -> Visitor:
    """Who visits.

    Raises:
        NotSignedIn: nobody does.
    """
    return Visitor(current(), address())


def identifier() -> str | None:
    """The session's identifier as the door handed it on: never what a browser says of itself."""
    return st.context.headers.get(SESSION_HEADER)


def address() -> str:
    """Where the browser is; the address is not told for this machine itself."""
    return st.context.ip_address or "127.0.0.1"


def refused(what: str) -> None:
    """Note that the account asked for what is not its own."""
    found = visit()
    if found:
        audit.record(desk().store, "refused", found.account.name, what, address=address())
