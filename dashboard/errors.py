"""Every error that a user can meet, in one tree.

DashboardError            exit code 2 unless its class says otherwise; str() is one Chinese sentence
├── UsageError            an unknown name, parameter, value, date or folder
├── SetupError            policy, contract, reference or template is missing or wrong
├── FileProblems          an export folder that cannot be read: one line per problem
├── GateClosed            exit 3: readable, but held back until the matching flag is given
├── EngineFailed          the engine that was asked for does not start, or did not finish
├── CheckFailed           exit 1: what was built contradicts itself, a fault of the program
├── StorageFailed         exit 1: the data folder cannot be written: no room, no right
├── DamagedSnapshot       exit 4: a snapshot is not what was published
├── BrokenTrail           exit 4: the audit trail is not what was written
├── OutOfScope            what was asked for is not this account's to read
├── NotSignedIn           nobody is signed in (any more)
└── SignInRefused         name, password or account does not hold, or too many attempts
"""

from __future__ import annotations

from collections.abc import Sequence


class DashboardError(Exception):
    """Base of all: `str(error)` says in Chinese what happened and what to do."""

    exit_code = 2


class UsageError(DashboardError):
    """The call names something that does not exist; the sentence lists what does."""


class SetupError(DashboardError):
    """A file the program itself is configured by is missing or invalid."""


class FileProblems(DashboardError):
    """The folder holds files that cannot be read; `problems` has one sentence each (file, sheet, reason)."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class GateClosed(DashboardError):
    """Publishing is held back; `reasons` has one sentence per gate, each naming its flag."""

    exit_code = 3

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


class EngineFailed(DashboardError):
    """Spark is not there, or gave up; nothing is published."""


class CheckFailed(DashboardError):
    """What was built from readable files does not hold together; nothing is published."""

    exit_code = 1


class StorageFailed(DashboardError):
    """What is built aside cannot be written; what is published is as it was."""

    exit_code = 1


class DamagedSnapshot(DashboardError):
    """A snapshot's bytes, rows or catalogue differ from what was published."""

    exit_code = 4


class OutOfScope(DashboardError):
    """The account may not read what was asked for."""


class NotSignedIn(DashboardError):
    """There is no session, or it has ended."""


class BrokenTrail(DashboardError):
    """An entry of the audit trail was changed or is missing."""

    exit_code = 4


class SignInRefused(DashboardError):
    """No session for this name and password now; the sentence is the same for every reason but too many attempts."""
