"""The store between processes: what one changes the others see, however often the file was opened before."""

from __future__ import annotations

import subprocess
import sys

from dashboard.access import sessions
from dashboard.access.store import AccessStore
from dashboard.places import REPOSITORY, Places
from tests.access.conftest import CITY

ELSEWHERE = """
import sys
from pathlib import Path
from dashboard.access import sessions
from dashboard.access.store import AccessStore
from dashboard.places import Places

folder, now, what, who = sys.argv[1:]
store = AccessStore(Places(Path(folder)), clock=lambda: float(now))
if what == "end":
    sessions.sign_out(store, who, "127.0.0.1")
else:
    with store.writing() as desk:
        ticket = sessions.issue_ticket(desk, who)
    print(sessions.open_with(store, ticket, "127.0.0.1", "another process")[0])
"""


def _elsewhere(store: AccessStore, *what: str) -> str:
    """Open or end a session in a process that then ends, and with it its last handle on the file."""
    command = [sys.executable, "-c", ELSEWHERE, str(store.folder.parent), str(store.clock()), *what]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.strip()


def test_a_session_opened_and_ended_by_other_processes_is_known_here(peopled: AccessStore) -> None:
    assert sessions.visit(peopled, "unknown") is None
    for _ in range(2):
        identifier = _elsewhere(peopled, "open", CITY.name)
        found = sessions.visit(peopled, identifier)
        assert found
        assert found.account == CITY
        _elsewhere(peopled, "end", identifier)
        assert sessions.visit(peopled, identifier) is None


def test_a_second_store_in_a_process_does_not_cut_off_the_first_from_other_processes(peopled: AccessStore) -> None:
    identifier = _elsewhere(peopled, "open", CITY.name)
    assert sessions.visit(peopled, identifier)
    assert AccessStore(Places(peopled.folder.parent)).known("accounts_count")
    _elsewhere(peopled, "end", identifier)
    assert sessions.visit(peopled, identifier) is None
    assert list(peopled.folder.glob("*-wal"))
