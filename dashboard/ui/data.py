"""The only door of pages to data: metrics of a snapshot within the account's scope, kept by what identifies them.

A snapshot never changes, so an answer is kept for as long as there is room, by data folder, snapshot and its
predecessor, metric, parameters and scope: never by a frame. Frames that come out are shared: nobody changes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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

COURSE = 8
"""Snapshots that the line beside a headline figure goes back."""


@dataclass(frozen=True)
class View:
    """What a page looks at: a snapshot, the one before it, and who looks at both."""

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

    @property
    def identity(self) -> tuple[str, ...]:
        """What an answer depends on besides the question; part of every cache key."""
        before = self.previous.id if self.previous else ""
        return (str(self.store.folder), self.entry.id, before, self.scope.role, self.scope.key or "")

    def ask(self, name: str, **parameters: Any) -> Result:
        """A metric on this snapshot (None parameters take their default).

        Raises:
            UsageError: unknown metric, parameter or value.
            OutOfScope: a key that is not the account's.
        """
        given = tuple(sorted((k, v) for k, v in parameters.items() if v is not None))
        return _answer(self.identity, name, given, self)

    def earlier(self, count: int = COURSE) -> Sequence[View]:
        """This view on the last `count` snapshots up to this one, oldest first."""
        entries = [e for e in self.store.usable() if e.date <= self.entry.date][-count:]
        entries = [e for e in entries if self.store.is_sound(e)]
        return [View(self.store, e, self.store.previous(e), self.visitor, self.policy) for e in entries]

    def course(self, name: str, column: str, **parameters: Any) -> list[float | None]:
        """One figure of a one-row metric over the last snapshots, oldest first; null where it was not known."""
        frames = [view.ask(name, **parameters).frame for view in self.earlier()]
        values: list[Any] = [frame.iloc[0][column] if len(frame) else None for frame in frames]
        return [None if wording.is_null(value) else float(value) for value in values]


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


@st.cache_resource(max_entries=1000, show_spinner=False)
def _answer(identity: tuple[str, ...], name: str, parameters: Parameters, _view: View) -> Result:
    return metrics.ask(_reader(identity, _view), name, **dict(parameters))
