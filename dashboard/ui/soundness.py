"""Damaged snapshots: pages go on with the newest that is whole, and say so."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from dashboard.errors import DamagedSnapshot
from dashboard.snapshots.catalogue import Entry, Store


def usable(store: Store) -> Sequence[Entry]:
    """The snapshots to choose from, by date; the newest is whole for certain, none is known to be damaged.

    Raises:
        DamagedSnapshot: there are some, and all are damaged.
    """
    entries = store.usable()
    if not entries and store.entries():
        raise DamagedSnapshot("已发布的快照文件都已损坏，没有可以显示的数据；请数据管理员从备份恢复，或重新导入。")
    return entries


def opened(store: Store, entry: Entry) -> Entry:
    """`entry`, whole; if it turns out to be damaged the page starts anew without it."""
    if not store.is_sound(entry):
        st.rerun()
    return entry


def tell(store: Store) -> None:
    """A line for each thing that is damaged and not used."""
    fault = store.fault()
    damaged = [entry for entry in store.entries() if store.is_known_damaged(entry)]
    lines = [fault] if fault else []
    if damaged:
        days = "、".join(str(entry.date) for entry in damaged)
        lines.append(f"快照 {days} 的文件已损坏，页面没有使用；请数据管理员运行 verify 查明，从备份恢复或重新导入。")
    for line in lines:
        st.html(f'<div class="zl-alarm" role="alert">{html.escape(line)}</div>')
