"""A real server in a process of its own, as `python -m dashboard serve` starts it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.places import REPOSITORY, Places
from tests.support import entry

ADDRESS = re.compile(r"http://[\d.]+:\d+")


class Served(str):
    """The address of a server, and where its data lie."""

    places: Places


@contextmanager
def serving(places: Places, *more: str) -> Iterator[Served]:
    """The address of a server on `places`, which has an account; it is stopped afterwards.

    Args:
        more: further arguments of the command.
    """
    entry.known(places, entry.PROVINCE)
    command = [sys.executable, "-m", "dashboard", "--data", str(places.data), "serve", "--port", "0", *more]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            address = Served(_address(server))
            address.places = places
            yield address
        finally:
            server.terminate()


def _address(server: subprocess.Popen[str]) -> str:
    """The address that the server tells on its standard error; what it said instead if it ended."""
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if found := ADDRESS.search(line):
            return found[0]
    raise AssertionError("".join(said))
