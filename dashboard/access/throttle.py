"""Slow down guessing: by account and by address, counted in the store for all processes, released by itself.

An attempt is counted before its password is looked at, so that many at once gain nothing; a right password takes its
count back. The first failures are free, then each one doubles the wait before the next attempt is looked at.

Three counts hold at once: of a name from one address, of a name from anywhere, of an address whatever the names.
Strangers who guess at an account from elsewhere cost its owner a minute at most: no account is locked. Nothing here
knows whether a name has an account, so the wait tells nothing about it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dashboard.access.store import Desk


@dataclass(frozen=True)
class Limit:
    """`free` failures cost nothing, the next one `first` seconds, each further one twice that, `longest` at most."""

    free: int
    first: float
    longest: float

    def wait(self, failures: int) -> float:
        over = failures - self.free
        return 0.0 if over <= 0 else min(self.longest, self.first * 2.0 ** min(over - 1, 30))


PAIR = Limit(free=5, first=2.0, longest=900.0)
ACCOUNT = Limit(free=10, first=2.0, longest=60.0)
ADDRESS = Limit(free=20, first=2.0, longest=900.0)

FORGOTTEN = 3600.0
"""Seconds without a failure after which a subject starts afresh."""


def enter(desk: Desk, key: str, address: str) -> float:
    """Count an attempt before it is looked at; call within a transaction that is writing.

    Returns the seconds to wait: 0 when the attempt may be looked at. One that must wait is not counted.
    """
    desk.do("failures_sweep", forgotten_since=desk.now - FORGOTTEN)
    limits = _limits(key, address)
    waits = [_left(desk, subject) for subject in limits]
    if max(waits) > 0:
        return max(waits)
    for subject, limit in limits.items():
        _count(desk, subject, limit)
    return 0.0


def passed(desk: Desk, key: str, address: str) -> None:
    """The password was right: the account starts afresh, the address takes this attempt back."""
    pair, account, place = _limits(key, address)
    desk.do("failure_drop", subject=pair)
    desk.do("failure_drop", subject=account)
    found = desk.row("failure", subject=place)
    if found:
        failures = max(found["failures"] - 1, 0)
        free_at = desk.now + ADDRESS.wait(failures)
        desk.do("failure_set", subject=place, failures=failures, now=desk.now, free_at=free_at)


def _limits(key: str, address: str) -> dict[str, Limit]:
    return {
        _subject("pair", key, address): PAIR,
        _subject("account", key): ACCOUNT,
        _subject("address", address): ADDRESS,
    }


def _subject(kind: str, *parts: str) -> str:
    text = "\n".join((kind, *parts)).encode("utf-8", "surrogatepass")
    return f"{kind}:{hashlib.sha256(text).hexdigest()[:32]}"


def _left(desk: Desk, subject: str) -> float:
    found = desk.row("failure", subject=subject)
    return max(0.0, found["free_at"] - desk.now) if found else 0.0


def _count(desk: Desk, subject: str, limit: Limit) -> None:
    found = desk.row("failure", subject=subject)
    failures = (found["failures"] if found else 0) + 1
    desk.do("failure_set", subject=subject, failures=failures, now=desk.now, free_at=desk.now + limit.wait(failures))
