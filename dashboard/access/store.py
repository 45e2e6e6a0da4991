"""Accounts, sessions, throttling and audit in one SQLite file, for several threads and processes at once.

`data/accounts/access.sqlite`, write-ahead log, 0600 in a folder of 0700. Each call opens the file for itself; whatever
changes something does so in one transaction that holds the write lock from its start, so that what it has read stands.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from dashboard import queries
from dashboard.errors import SetupError
from dashboard.places import Places

FILE = "access.sqlite"
PATIENCE = 15.0
"""Seconds to wait for another writer."""

MOST_KNOWN = 10_000
"""Answers kept at once: strangers may ask for any number of sessions that do not exist."""

_TABLES = (
    "create_accounts", "create_sessions", "create_tickets", "create_failures",
    "create_audit", "create_audit_keeps_rows", "create_audit_loses_none",
)  # fmt: skip

Row = dict[str, Any]


class Desk:
    """An open store for the length of one call."""

    def __init__(self, connection: sqlite3.Connection, now: float) -> None:
        self._connection = connection
        self.now = now
        """Seconds since 1970, the same for everything done in one transaction."""

    def rows(self, name: str, /, **values: Any) -> list[Row]:
        """The rows of the statement `queries/access/NAME.sql`."""
        cursor = self._connection.execute(_statement(name), values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, name: str, /, **values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.rows(name, **values)), None)

    def do(self, name: str, /, **values: Any) -> int:
        """Run a statement that changes rows; returns how many."""
        return self._connection.execute(_statement(name), values).rowcount


class AccessStore:
    """The store of an installation.

    Args:
        admits_demo: whether the accounts made for a demonstration may be used now; asked each time.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        places: Places,
        admits_demo: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = places.accounts
        self.path = places.accounts / FILE
        self.admits_demo = admits_demo
        self.clock = clock
        self._ready = False
        self._making = threading.Lock()
        self._watching = threading.Lock()
        self._watch: tuple[int, sqlite3.Connection] | None = None
        self._known: tuple[object, dict[object, Row | None]] = (None, {})

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Read what is there now."""
        with self._open() as connection:
            yield Desk(connection, self.clock())

    def known(self, name: str, /, **values: Any) -> Row | None:
        """The first row of a statement, kept for as long as no process has changed anything.

        Every message of every open page asks whose it is: opening the file for each would cost more than the answer.
        """
        version = self._version()
        if self._known[0] != version or len(self._known[1]) > MOST_KNOWN:
            self._known = version, {}
        answers, question = self._known[1], (name, *sorted(values.items()))
        if question not in answers:
            with self.reading() as desk:
                answers[question] = desk.row(name, **values)
        return answers[question]

    def _version(self) -> tuple[int, int]:
        """What changes whenever a row does, by whatever process, or another file takes the place of this one."""
        try:
            self._make()
            file = self.path.stat().st_ino
            with self._watching:
                if self._watch is None or self._watch[0] != file:
                    connection = sqlite3.connect(
                        self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
                    )
                    self._watch = file, connection
                (changes,) = self._watch[1].execute("pragma data_version").fetchone()
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._broken(error) from error
        return file, changes

    def _broken(self, error: Exception) -> SetupError:
        return SetupError(f"账号库 {FILE} 打不开或已损坏（{error}），请检查 {self.folder} 或从备份恢复。")

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """Read and change, alone, all or nothing."""
        with self._open() as connection:
            connection.execute("begin immediate")
            try:
                yield Desk(connection, self.clock())
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._make()
            with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as connection:
                connection.execute("pragma foreign_keys = on")
                connection.execute("pragma synchronous = full")
                connection.execute("pragma trusted_schema = off")
                yield connection
        except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise self._broken(error) from error

    def _make(self) -> None:
        """The file with its tables, readable by this user alone.

        SQLite alone may open the file: closing any other handle on it would drop the locks of this process, and another
        process would then take away the log under its open connections.
        """
        if self._ready and self.path.exists():
            return
        with self._making:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as connection:
                self.path.chmod(0o600)
                connection.execute("pragma journal_mode = wal")
                connection.execute("begin immediate")
                for name in _TABLES:
                    connection.execute(_statement(name))
                connection.execute("commit")
            self._ready = True


@cache
def _statement(name: str) -> str:
    return queries.text("access", name)
