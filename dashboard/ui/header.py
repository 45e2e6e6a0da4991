"""The top of every page: title, what it answers, which data it shows; and the filters beside it."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import wording
from dashboard.errors import OutOfScope
from dashboard.ui import account, address, data, progress, soundness, states
from dashboard.ui.data import View
from dashboard.ui.sitemap import site

STYLE = Path(__file__).with_name("page.css")


def open_page(name: str) -> tuple[View, DeltaGenerator]:
    """Draw the top of page `name`; stops the page when there is no snapshot.

    The snapshot is chosen here, bound to the address. An address that names an unknown snapshot gets the newest.

    Returns what the page looks at, and the row beside the title that takes its other filters.
    """
    st.html(STYLE)
    visitor = account.visitor()
    store = data.store()
    entries = soundness.usable(store)
    if not entries:
        st.html(head(name))
        progress.watch()
        states.no_snapshot()
        st.stop()
    days = [e.date.isoformat() for e in reversed(entries)]
    bar = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with bar:
        slot = st.container(width="stretch")
        day = address.select("snapshot", "快照", days, days[0], text=lambda d: f"快照 {d}", width=165)
    entry = soundness.opened(store, store.on(dt.date.fromisoformat(day)))
    view = View(store, entry, store.previous(entry), visitor, data.plan())
    with slot:
        st.html(head(name, view))
    soundness.tell(store)
    progress.watch()
    return view, bar


def open_bare_page(name: str) -> DeltaGenerator:
    """Draw the top of a page that looks at no snapshot; returns the row beside the title that takes its filters.

    Raises:
        OutOfScope: the page is not for the account that visits.
        NotSignedIn: nobody does.
    """
    st.html(STYLE)
    if not site(name).is_for(account.current().role):
        raise OutOfScope("这一页只供数据管理员使用。")
    bar = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with bar.container(width="stretch"):
        st.html(head(name))
    return bar


def scope_filter(view: View) -> str:
    """属地 / 市属 / 部省属, for pages whose metrics take a scope."""
    return address.segments("scope", "统计范围", list(wording.SCOPES), "territory", text=lambda s: wording.SCOPES[s])


def city_filter(view: View, everything: str = "全省各市", width: int = 130) -> str | None:
    """The city's code, or None for all of them."""
    names = {c.code: c.name for c in view.policy.cities}
    options = [address.ALL, *names]
    chosen = address.select(
        "city", "设区市", options, address.ALL, text=lambda c: names.get(c, everything), width=width
    )
    return None if chosen == address.ALL else chosen


def year_filter(view: View, years: Sequence[int]) -> int:
    """The calendar year that events and filings are counted in; the snapshot's own by default."""
    options = [str(y) for y in years]
    return int(address.select("year", "年份", options, str(view.as_of.year), text=lambda y: f"{y} 年", width=110))


def head(name: str, view: View | None = None) -> str:
    """Title of page `name`, what it answers, and which data it shows."""
    page = site(name)
    dates = demo = ""
    if view:
        compared = f"与 {view.previous.date} 比较" if view.previous else "没有更早的快照可比较"
        dates = f'<div class="zl-dates">数据截至 {view.entry.date} · {compared}</div>'
        demo = f'<span class="zl-demo">{wording.DEMONSTRATION}</span>' if view.entry.is_demo else ""
    return (
        f'<div class="zl-head"><h1>{html.escape(page.title)}</h1>'
        f'<span class="zl-answers">{html.escape(page.answers)}</span>{demo}</div>{dates}'
    )
