"""Accounts for a first look: one a role, passwords made up at each start, on demonstration data and this machine only.

They are refused as soon as a real snapshot is published or the server listens elsewhere, and gone at the next start.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access import accounts, passwords
from dashboard.access.accounts import Account
from dashboard.access.store import AccessStore
from dashboard.errors import UsageError
from dashboard.scope import Role
from dashboard.snapshots.catalogue import Store

LOOPBACK = ("127.0.0.1", "localhost", "::1")

_NAMES: dict[Role, str] = {"province": "demo-province", "steward": "demo-steward", "city": "demo-city",
                           "institution": "demo-institution"}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A demonstration account with its place in words and its password, to be shown where it can be used."""

    account: Account
    place: str
    password: str


class Demo:
    """Whether demonstration accounts may be used, and those made at this start."""

    def __init__(self, snapshots: Store, address: str) -> None:
        self._snapshots = snapshots
        self._is_local = address in LOOPBACK
        self.offers: tuple[Offer, ...] = ()

    def admits(self) -> bool:
        """Whether they may be used now."""
        return bool(self.offers) and self._may_be()

    def shown(self) -> tuple[Offer, ...]:
        """What the sign-in page and the terminal may show now."""
        return self.offers if self.admits() else ()

    def check(self, store: AccessStore) -> bool:
        """At a start: drop those of the last one. Returns whether new ones are to be made, there being no account.

        Raises:
            UsageError: there is no account, and none for demonstration may be made.
        """
        drop(store)
        if accounts.all_of(store):
            return False
        if not self._may_be():
            raise UsageError(
                "还没有账号，而这里不是本机演示（已有正式快照，或监听的不是本机地址）。"
                "请先用 python -m dashboard user add 名称 --role steward 新增账号，再启动。"
            )
        return True

    def prepare(self, store: AccessStore, city: tuple[str, str], institution: tuple[str, str]) -> None:
        """At a start: make them if they are needed (see `check`), for this city and this institution (key and name).

        Raises:
            UsageError: there is no account, and none for demonstration may be made.
        """
        if not self.check(store):
            return
        places: dict[Role, tuple[str, str]] = {"city": city, "institution": institution}
        made = []
        for role, name in _NAMES.items():
            key, place = places.get(role, (None, "全省"))
            offer = Offer(Account(name, role, key), place, passwords.made_up())
            accounts.add(store, offer.account, offer.password, "start", is_demo=True)
            made.append(offer)
        self.offers = tuple(made)

    def _may_be(self) -> bool:
        return self._is_local and all(entry.is_demo for entry in self._snapshots.catalogue().snapshots)


def drop(store: AccessStore) -> None:
    """Remove every demonstration account with its sessions."""
    with store.writing() as desk:
        desk.do("sessions_end_demo")
        desk.do("tickets_drop_demo")
        desk.do("accounts_drop_demo")
