"""The only door of pages to data: metrics of a snapshot within the account's scope, kept by what identifies them.

A snapshot never changes, so an answer is kept for as long as there is room, by data folder, snapshot and its
predecessor, metric, parameters and scope: never by a frame. What pages draw of answers is kept the same way (`kept`),
so that a run of a page mostly hands out what is there. Frames that come out are shared: nobody changes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st

from dashboard import contract, metrics, policy, wording
from dashboard.contract import Contract
from dashboard.metrics import Result
from dashboard.places import Places
from dashboard.policy import Policy
from dashboard.scope import Scope
from dashboard.snapshots.catalogue import Entry, Store
from dashboard.snapshots.reader import Reader, open_reader
from dashboard.ui.account import Visitor

Parameters = tuple[tuple[str, Any], ...]
Given = ParamSpec("Given")
Made = TypeVar("Made")

COURSE = 8
"""Snapshots that the line beside a headline figure goes back."""

KEPT = 128
"""Answers that each piece of a page keeps: a dozen cities in their scopes for a few snapshots; some 10 kB each."""


@dataclass(frozen=True, eq=False)
class View:
    """What a page looks at: a snapshot, the one before it, and who looks at both.

    Two views are equal where everything that can be drawn of them is, whoever looks.
    """

    store: Store
    entry: Entry
    previous: Entry | None
    visitor: Visitor
    policy: Policy

    @property
    def scope(self) -> Scope:
        """What the account may see."""
        return self.visitor.scope

    @property
    def as_of(self) -> dt.date:
        return self.entry.date

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """What an answer depends on besides the question; part of every cache key."""
        before = self.previous.id if self.previous else ""
        return (str(self.store.folder), self.entry.id, before, self.scope.role, self.scope.key or "")

    @cached_property
    def _drawn_of(self) -> tuple[str, ...]:
        """What may be drawn of it: `identity`, and all snapshots up to this one, through which lines are drawn."""
        return (*self.identity, *(e.id for e in self.store.entries() if e.date <= self.entry.date))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self._drawn_of == other._drawn_of

    def __hash__(self) -> int:
        return hash(self._drawn_of)

    def ask(self, name: str, **parameters: Any) -> Result:
        """A metric on this snapshot (None parameters take their default).

        Raises:
            UsageError: unknown metric, parameter or value.
            OutOfScope: a key that is not the account's.
        """
        given = tuple(sorted((k, v) for k, v in parameters.items() if v is not None))
        return _known(self, name, given)

    def page(self, name: str, size: int, number: int, **parameters: Any) -> tuple[Result, int]:
        """One page of a metric whose rows grow with the patents, from 1, and how many rows it has in all."""
        given = tuple(sorted((k, v) for k, v in parameters.items() if v is not None))
        return _page(self.identity, name, given, size, number, self)

    def whole(self, name: str, **parameters: Any) -> Callable[[], pd.DataFrame]:
        """All rows of such a metric for an export: read when called, and not kept."""
        given = {k: v for k, v in parameters.items() if v is not None}
        return lambda: metrics.ask(_reader(self.identity, self), name, **given).frame

    def earlier(self, count: int = COURSE) -> Sequence[View]:
        """This view on the last `count` snapshots up to this one, oldest first."""
        entries = [e for e in self.store.usable() if e.date <= self.entry.date][-count:]
        entries = [e for e in entries if self.store.is_sound(e)]
        return [View(self.store, e, self.store.previous(e), self.visitor, self.policy) for e in entries]

    def course(self, name: str, column: str, **parameters: Any) -> tuple[float | None, ...]:
        """One figure of a one-row metric over the last snapshots, oldest first; null where it was not known."""
        frames = [view.ask(name, **parameters).frame for view in self.earlier()]
        values: list[Any] = [frame[column].iloc[0] if len(frame) else None for frame in frames]
        return tuple(None if wording.is_null(value) else float(value) for value in values)


def kept(
    make: Callable[Concatenate[View, Given], Made],
) -> Callable[Concatenate[View, Given], Made]:
    """`make`, a function of a view and plain values that draws nothing, with its last `KEPT` answers kept.

    Building a chart's option or a table's markup costs far more than sending it, and fifty readers of a week look at
    the same few: so it is built once per view and values. What comes out is shared: nobody changes it.
    """
    return cast("Callable[Concatenate[View, Given], Made]", lru_cache(maxsize=KEPT)(make))


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The snapshots of this server's data folder."""
    return Store(Places.at())


@st.cache_resource(max_entries=1, show_spinner=False)
def plan() -> Policy:
    """The plan in force."""
    return policy.load(Places.at().policy)


@st.cache_resource(max_entries=1, show_spinner=False)
def input_contract() -> Contract:
    """The input contract, with the policy's value lists."""
    return contract.load(Places.at().contract, plan())


def table_titles() -> dict[str, str]:
    """The Chinese name of each table of the input contract."""
    return {table.name: table.title for table in input_contract().tables}


def column_headers() -> dict[str, str]:
    """The Chinese header of each column of the input contract, by its name."""
    return {column.name: column.header for table in input_contract().tables for column in table.columns}


@st.cache_resource(max_entries=16, show_spinner=False, validate=Reader.is_unchanged)
def _reader(identity: tuple[str, ...], _view: View) -> Reader:
    return open_reader(_view.store, _view.entry, _view.scope)


@lru_cache(maxsize=1000)
def _known(view: View, name: str, parameters: Parameters) -> Result:
    """An answer that was given before, in a hundredth of the time that Streamlit's cache takes to work out its key.

    That one stands behind it: what several ask at once is worked out once.
    """
    return _answer(view.identity, name, parameters, view)


@st.cache_resource(max_entries=1000, show_spinner=False)
def _answer(identity: tuple[str, ...], name: str, parameters: Parameters, _view: View) -> Result:
    return metrics.ask(_reader(identity, _view), name, **dict(parameters))


@st.cache_resource(max_entries=500, show_spinner=False)
def _page(
    identity: tuple[str, ...], name: str, parameters: Parameters, size: int, number: int, _view: View
) -> tuple[Result, int]:
    return metrics.page(_reader(identity, _view), name, size, number, **dict(parameters))
