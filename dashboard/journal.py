"""The log: one line of JSON per request, run of a page, and import, in `logs/dashboard.jsonl` of the data folder.

Several processes write it at once and turn it over together. What may stand in it: what was done, when, how long it
took, how it ended, and identifiers. Never a name, an address, a search word, a cell or a file's name: who did what is
the audit trail's business.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.errors import DashboardError
from dashboard.places import Places

FILE = "dashboard.jsonl"
SIZE, KEPT = 5_000_000, 10
"""Bytes of a file before it is turned over, and how many of those turned over are kept."""

Note = Callable[..., None]
"""Writes a line: the event, and what is said of it."""


def note(places: Places, event: str, /, **said: Any) -> None:
    """Write a line. A log that cannot be written stops nothing: the disk may be full, and that is another's to say."""
    _logger(places.data / "logs").info(event, extra={"event": event, "id": identifier(), "pid": os.getpid(), **said})


@contextmanager
def timed(places: Places, event: str, /, **said: Any) -> Iterator[dict[str, Any]]:
    """One line when the work is done or has failed: how it ended (`ok`, or the kind of error) and seconds.

    Yields what else is to be said of it.
    """
    more: dict[str, Any] = {}
    began, end = time.perf_counter(), "ok"
    try:
        yield more
    except DashboardError as error:
        end = type(error).__name__
        raise
    except BaseException as error:
        end = f"failed: {type(error).__name__}"
        raise
    finally:
        note(places, event, **said, **more, end=end, seconds=round(time.perf_counter() - began, 3))


def identifier() -> str:
    """What a line is called by when people talk about it."""
    return secrets.token_hex(4)


@cache
def _logger(folder: Path) -> logging.Logger:
    # Imported with the first line: a command that ends before it need not wait for them.
    from concurrent_log_handler import ConcurrentRotatingFileHandler
    from pythonjsonlogger.json import JsonFormatter

    found = logging.getLogger(f"dashboard.journal.{folder}")
    found.propagate = False
    found.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = ConcurrentRotatingFileHandler(
            folder / FILE, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", chmod=0o600
        )
    except OSError:
        handler = logging.NullHandler()
    handler.handleError = _say_nothing  # type: ignore[method-assign]
    handler.setFormatter(JsonFormatter("%(event)s", timestamp="at", json_ensure_ascii=False))
    found.addHandler(handler)
    return found


def _say_nothing(record: logging.LogRecord) -> None:
    """When the disk is full: the terminal belongs to the command, which says so itself."""
