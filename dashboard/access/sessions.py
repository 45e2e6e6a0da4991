"""Sessions on the server: the browser holds a random identifier, the store its sha256 and nothing to rebuild it from.

A session ends by sign-out, after 30 minutes without its owner doing anything, after 12 hours, and whenever the
account's password, role or state changes. It is looked up each time, so that it ends in every tab and process at once.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from dashboard.access import audit
from dashboard.access.accounts import Account, account_of, key_of
from dashboard.access.store import AccessStore, Desk

IDLE = 30 * 60.0
ABSOLUTE = 12 * 3600.0
"""Seconds."""

SEEN_EVERY = 30.0
"""Seconds between two notes of the same session's last sign of life: reading is far more frequent than writing."""

MOST = 10
"""Sessions of one account at once; one more ends the one that was idle longest."""

TICKET_LIFE = 60.0
"""Seconds from the right password to the cookie."""


@dataclass(frozen=True)
class Visit:
    """A session that holds, and whose it is. `handle` names it without opening it. Moments are seconds since 1970."""

    account: Account
    handle: str
    created_at: float
    seen_at: float
    address: str
    browser: str


@dataclass(frozen=True)
class Open:
    """One of an account's sessions, as its owner sees them."""

    handle: str
    created_at: float
    seen_at: float
    address: str
    browser: str


def issue_ticket(desk: Desk, key: str) -> str:
    """What a right password gives: good once, for a minute, to open a session with. Call within `writing`."""
    ticket = secrets.token_urlsafe(32)
    desk.do("tickets_sweep", now=desk.now)
    desk.do("ticket_add", id=_digest(ticket), account=key, expires_at=desk.now + TICKET_LIFE)
    return ticket


def open_with(
    store: AccessStore, ticket: str, address: str, browser: str, instead_of: str | None = None
) -> tuple[str, Account] | None:
    """Open a session with a ticket; `instead_of`, the browser's identifier so far, ends.

    Returns the identifier for the cookie and the account, or None for a ticket that is unknown, used or too old.
    """
    with store.writing() as desk:
        taken = desk.row("ticket_take", id=_digest(ticket))
        row = desk.row("account", key=taken["account"]) if taken and taken["expires_at"] > desk.now else None
        if row is None or row["is_disabled"] or (row["is_demo"] and not store.admits_demo()):
            return None
        if instead_of:
            desk.do("session_end", id=_digest(instead_of))
        identifier = secrets.token_urlsafe(32)
        desk.do(
            "session_add", id=_digest(identifier), handle=secrets.token_hex(16), account=row["key"], now=desk.now,
            address=address[:64], browser=_plain(browser),
        )  # fmt: skip
        desk.do("sessions_end_oldest", account=row["key"], most=MOST)
        desk.do("sessions_sweep", **_limits(desk))
        desk.do("account_signed_in", key=row["key"], now=desk.now)
        audit.add(desk, "sign_in", row["name"], address=address)
    return identifier, account_of(row)


def visit(store: AccessStore, identifier: str | None) -> Visit | None:
    """The session of a browser's identifier while it holds. Looking does not keep it alive: see `seen`."""
    if not identifier:
        return None
    row, now = store.known("session", id=_digest(identifier)), store.clock()
    if row is None or (row["is_demo"] and not store.admits_demo()):
        return None
    if row["seen_at"] <= now - IDLE or row["created_at"] <= now - ABSOLUTE:
        return None
    kept = ("handle", "created_at", "seen_at", "address", "browser")
    return Visit(account=account_of(row), **{name: row[name] for name in kept})


def seen(store: AccessStore, identifier: str) -> None:
    """The owner did something: the idle time starts anew."""
    with store.writing() as desk:
        desk.do("session_seen", id=_digest(identifier), now=desk.now, before=desk.now - SEEN_EVERY)


def is_due(store: AccessStore, found: Visit) -> bool:
    """Whether `seen` would note anything: spares the write lock."""
    return store.clock() - found.seen_at > SEEN_EVERY


def sign_out(store: AccessStore, identifier: str | None, address: str) -> None:
    """End the session of a browser's identifier, if it holds one."""
    found = visit(store, identifier)
    if identifier and found:
        with store.writing() as desk:
            desk.do("session_end", id=_digest(identifier))
            audit.add(desk, "sign_out", found.account.name, address=address)


def own(store: AccessStore, account: Account) -> list[Open]:
    """The sessions of an account that hold, the last used first."""
    with store.reading() as desk:
        return [Open(**row) for row in desk.rows("sessions_of", account=key_of(account.name), **_limits(desk))]


def end(store: AccessStore, account: Account, handle: str) -> bool:
    """End one of the account's own sessions. Returns whether it had one of that handle."""
    with store.writing() as desk:
        ended = desk.row("session_end_own", handle=handle, account=key_of(account.name)) is not None
        if ended:
            audit.add(desk, "sessions_ended", account.name, account.name, count=1)
    return ended


def end_all(store: AccessStore, account: Account, actor: str) -> int:
    """End every session of an account, as its owner or as a steward. Returns how many there were."""
    with store.writing() as desk:
        count = desk.do("sessions_end_of", account=key_of(account.name))
        desk.do("tickets_drop_of", account=key_of(account.name))
        audit.add(desk, "sessions_ended", actor, account.name, count=count)
    return count


def _limits(desk: Desk) -> dict[str, float]:
    return {"idle_since": desk.now - IDLE, "open_since": desk.now - ABSOLUTE}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _plain(browser: str) -> str:
    """What a browser says of itself, as text that can be shown."""
    return "".join(c for c in browser if c.isprintable())[:200]
