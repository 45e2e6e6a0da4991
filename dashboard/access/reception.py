"""Who receives visitors in this process: the store of accounts, and the demonstration accounts of this start."""

from __future__ import annotations

from functools import cache

from dashboard import metrics
from dashboard.access.demo_accounts import Demo, Offer
from dashboard.access.store import AccessStore
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots.catalogue import Store
from dashboard.snapshots.reader import open_reader


class Reception:
    """The accounts of one installation as this process admits them.

    Until `open` has been called, as by a server that is not started by `serve`, no demonstration account is admitted.
    """

    def __init__(self, places: Places) -> None:
        self._snapshots = Store(places)
        self._demo: Demo | None = None
        self.store = AccessStore(places, self._admits_demo)

    def check(self, address: str) -> None:
        """Before anything is made: raise unless a server on `address` would have an account to sign in with.

        Raises:
            UsageError: there is none, and none for demonstration may be made.
        """
        self._demo = Demo(self._snapshots, address)
        self._demo.check(self.store)

    def open(self, address: str) -> tuple[Offer, ...]:
        """Receive visitors on `address`; there are snapshots. Returns the demonstration accounts made, if any.

        Raises:
            UsageError: as `check`.
        """
        self._demo = Demo(self._snapshots, address)
        if self._demo.check(self.store):
            self._demo.prepare(self.store, *self._largest())
        return self._demo.shown()

    def offers(self) -> tuple[Offer, ...]:
        """Demonstration accounts that the sign-in page may show now."""
        return self._demo.shown() if self._demo else ()

    def _admits_demo(self) -> bool:
        return self._demo is not None and self._demo.admits()

    def _largest(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """City and institution, key and name of each, with the largest stock: one with something to see."""
        entry = next(reversed(self._snapshots.usable()), None) or self._snapshots.newest()
        with open_reader(self._snapshots, entry, PROVINCE) as reader:
            institutions = metrics.ask(reader, "inventory_institution").frame
        found = institutions.nlargest(1, "stock").iloc[0]
        return (found["city_code"], found["city_name"]), (found["institution_id"], found["institution_name"])


@cache
def at(places: Places) -> Reception:
    """The reception of an installation, one a process."""
    return Reception(places)
