"""Where a bulletin's figures come from: the metrics of one snapshot and of the one before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import metrics
from dashboard.charts.chart import records
from dashboard.metrics import Column, Result
from dashboard.policy import Policy
from dashboard.scope import Scope
from dashboard.snapshots.catalogue import Entry, Store
from dashboard.snapshots.reader import Reader, open_reader

Ask = Callable[..., Result]


@dataclass(frozen=True, eq=False)
class Source:
    """Answers of a snapshot: `ask(metric, **parameters)`, and of the one before it (`ask_before`), if there is one."""

    entry: Entry
    previous: Entry | None
    policy: Policy
    ask: Ask
    ask_before: Ask | None

    @property
    def as_of(self) -> dt.date:
        return self.entry.date

    @property
    def before(self) -> dt.date | None:
        return self.previous.date if self.previous else None

    def frame(self, name: str, **parameters: Any) -> pd.DataFrame:
        return self.ask(name, **parameters).frame

    def row(self, name: str, **parameters: Any) -> Mapping[str, Any]:
        """The only row of a metric that has one."""
        return records(self.frame(name, **parameters))[0]

    def row_before(self, name: str, **parameters: Any) -> Mapping[str, Any] | None:
        return records(self.ask_before(name, **parameters).frame)[0] if self.ask_before else None

    def columns(self, name: str, *wanted: str) -> list[Column]:
        """The named columns of a metric, in that order."""
        definition = metrics.definition(name)
        return [definition.column(column) for column in wanted]


@contextmanager
def opened(store: Store, entry: Entry, scope: Scope, policy: Policy) -> Iterator[Source]:
    """A source on a published snapshot; each answer is worked out once."""
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(store, entry, scope))
        before = stack.enter_context(open_reader(store, reader.previous, scope)) if reader.previous else None
        yield Source(entry, reader.previous, policy, _asker(reader), _asker(before) if before else None)


def _asker(reader: Reader) -> Ask:
    known: dict[tuple[str, tuple[tuple[str, Any], ...]], Result] = {}

    def ask(name: str, **parameters: Any) -> Result:
        key = (name, tuple(sorted(parameters.items())))
        if key not in known:
            known[key] = metrics.ask(reader, name, **parameters)
        return known[key]

    return ask
