"""Which tables of the contract the snapshot's folder held: an absent table is said so, never shown as zeros."""

from __future__ import annotations

import streamlit as st

from dashboard import contract
from dashboard.places import Places
from dashboard.ui import states
from dashboard.ui.data import View, kept


@kept
def has(view: View, table: str) -> bool:
    """Whether the import read a file of `table` (English name), be it without rows."""
    return table in set(view.ask("quality").frame["table"])


def lacks(view: View, *tables: str) -> bool:
    """Whether one of `tables` is absent; then the page says for each which one, and what to do."""
    absent = [table for table in tables if not has(view, table)]
    for table in absent:
        states.missing(_titles(view.policy.id, view)[table])
    return bool(absent)


@st.cache_resource(max_entries=2, show_spinner=False)
def _titles(plan: str, _view: View) -> dict[str, str]:
    return {table.name: table.title for table in contract.load(Places.at().contract, _view.policy).tables}
