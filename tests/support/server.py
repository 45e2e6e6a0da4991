"""A real server in a process of its own, as `python -m dashboard serve` starts it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.access.accounts import Account
from dashboard.places import REPOSITORY, Places
from tests.support import entry

ADDRESS = re.compile(r"http://[\d.]+:\d+")


class Served(str):
    """The address of a server, where its data lie, and what it said before it told the address."""

    places: Places
    said: str


@contextmanager
def serving(places: Places, *more: str, visitor: Account | None = entry.PROVINCE) -> Iterator[Served]:
    """The address of a server on `places`, which has the account `visitor` if given; it is stopped afterwards.

    Args:
        more: further arguments of the command.
    """
    if visitor:
        entry.known(places, visitor)
    command = [sys.executable, "-m", "dashboard", "--data", str(places.data), "serve", "--port", "0", *more]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            yield _address(server, places)
        finally:
            server.terminate()


def _address(server: subprocess.Popen[str], places: Places) -> Served:
    """What the server tells on its standard error; what it said instead if it ended."""
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if found := ADDRESS.search(line):
            address = Served(found[0])
            address.places, address.said = places, "".join(said)
            return address
    raise AssertionError("".join(said))
