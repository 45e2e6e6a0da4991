"""A store with a clock that a test moves, cheap hashes, and four accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access import accounts, passwords
from dashboard.access.accounts import Account
from dashboard.access.store import AccessStore
from dashboard.places import Places

PASSWORD = "长安一片月 万户捣衣声，秋风吹不尽"

STEWARD = Account("管理", "steward")
CITY = Account("nanjing", "city", "320100")


class Clock:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four rounds instead of twelve; `test_passwords` looks at the real ones."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(passwords, "NOBODY", "$2b$04$KJ1JIyS7D2FE3GJaVJ5Wg.DhYRYfxzh2iKzVhlvGqjb4ORnUjQnuS")


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> AccessStore:
    return AccessStore(Places(tmp_path / "data"), clock=clock)


@pytest.fixture
def peopled(store: AccessStore) -> AccessStore:
    """The store with a steward and a city account, both with `PASSWORD`."""
    for account in (STEWARD, CITY):
        accounts.add(store, account, PASSWORD, "test")
    return store
