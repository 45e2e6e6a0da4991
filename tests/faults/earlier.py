"""The program with its clock a year back: `python -m tests.faults.earlier import …`."""

from __future__ import annotations

import datetime as dt
import sys
from types import SimpleNamespace

from dashboard.__main__ import main
from dashboard.snapshots import importer, publish


class _Earlier(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return dt.datetime.now(tz) - dt.timedelta(days=365)


if __name__ == "__main__":
    clock = SimpleNamespace(datetime=_Earlier, UTC=dt.UTC, date=dt.date)
    for module in (importer, publish):
        module.dt = clock  # type: ignore[attr-defined]
    sys.exit(main())
