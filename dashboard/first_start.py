"""The first start without any snapshot: demonstration data are made, the newest weeks before the page opens.

The other weeks follow in the background. What is still to be made stands in a file, so that a start after an
interrupted one goes on with it.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard import demo, policy
from dashboard.errors import DashboardError
from dashboard.places import Places
from dashboard.snapshots import Store, importer
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order

AT_ONCE = 2
"""Weeks that are there when the page opens: one to show, one to compare it with."""

SCALE = 1.0
"""The demonstration's size: 1 is the whole province."""

Tell = Callable[[str, float], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """Weeks done of all that are being added, what is done now, and how far all of it is (0 to 1)."""

    done: int
    total: int
    step: str
    share: float


_lock = threading.Lock()
_progress: Progress | None = None


def progress() -> Progress | None:
    """How far the background is; None when it has nothing to do."""
    with _lock:
        return _progress


def prepare(places: Places, tell: Tell) -> None:
    """On a data folder without snapshots, make and import the newest demonstration weeks; else do nothing.

    Args:
        tell: told what is being done and how far all of it is (0 to 1).
    """
    if Store(places).entries():
        return
    days = demo.weeks(None, places)
    _remember(places, days[:-AT_ONCE])
    _add(places, days[-AT_ONCE:], tell)


def continue_in_background(places: Places) -> threading.Thread | None:
    """Add the demonstration weeks that are still to be made, newest first, while pages are served.

    Returns the thread that does it; None when nothing is left to do.
    """
    days = _remembered(places)
    if not days:
        return None
    _report(Progress(0, len(days), "准备", 0.0))
    thread = threading.Thread(target=_background, args=(places, days), name="demonstration", daemon=True)
    thread.start()
    return thread


def _background(places: Places, days: Sequence[dt.date]) -> None:
    try:
        for done, day in enumerate(days):
            if not Store(places).newest().is_demo:
                break
            _add(places, [day], lambda step, share, at=done: _report(_so_far(at, len(days), step, share)))  # type: ignore[misc]
            _remember(places, days[done + 1 :])
    except DashboardError as error:
        _log.error("补充演示数据没有完成：%s", error)
    finally:
        _report(None)


def _so_far(done: int, total: int, step: str, share: float) -> Progress:
    return Progress(done, total, step, (done + share) / total)


def _report(now: Progress | None) -> None:
    global _progress
    with _lock:
        _progress = now


def _add(places: Places, days: Sequence[dt.date], tell: Tell) -> None:
    """Write the folders of these weeks and import each."""
    tell("生成演示数据", 0.0)
    folders = demo.write(places.data / "demo", days, SCALE, policy.load(places.policy), places)
    for at, (day, folder) in enumerate(zip(days, folders, strict=True)):
        importer.import_folder(
            places,
            Order(folder, day, is_demo=True, accept=Accept(rejects=True, change=True, replace=True)),
            lambda step, share, at=at, day=day: tell(f"{day} {step}", (at + share) / len(days)),  # type: ignore[misc]
        )


def _pending(places: Places) -> Path:
    return places.data / "demo" / "pending.txt"


def _remember(places: Places, days: Sequence[dt.date]) -> None:
    """Keep on disk which weeks are to be made, newest first; no file when there are none."""
    path = _pending(places)
    if not days:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(str(day) for day in sorted(days, reverse=True)), encoding="utf-8")


def _remembered(places: Places) -> list[dt.date]:
    path = _pending(places)
    return [dt.date.fromisoformat(line) for line in path.read_text(encoding="utf-8").split()] if path.is_file() else []
