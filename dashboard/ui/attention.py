"""需关注: what to follow up, worst first, each leading to the page where it can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import metrics, wording
from dashboard.followups import FollowUp, counts, digest, follow_ups
from dashboard.ui import blocks, states
from dashboard.ui.data import View, kept
from dashboard.ui.definition import definition
from dashboard.ui.export import export
from dashboard.ui.sitemap import site

COLOURS = {3: "red", 2: "orange", 1: "gray"}


@dataclass(frozen=True)
class Digest:
    """The worst findings, and how many there are of each kind in words; empty words where there is none."""

    items: tuple[FollowUp, ...]
    told: str


def findings(view: View) -> list[FollowUp]:
    """All that the account may see, worst first."""
    institutions = view.ask("inventory_institution").frame
    names = dict(zip(institutions["institution_id"], institutions["institution_name"], strict=True))
    cities = {c.code: c.name for c in view.policy.cities}
    return follow_ups(view.ask("attention").frame, names, cities)


@kept
def _digest(view: View, rows: int) -> Digest:
    items = findings(view)
    told = "，".join(f"{wording.ATTENTION[kind]} {count}" for kind, count in counts(items).items())
    return Digest(tuple(digest(items, rows)), f"共 {len(items)} 项：{told}" if items else "")


def attention_list(view: View, rows: int) -> None:
    """The worst `rows` of them as links, with how many there are of each kind."""
    found = _digest(view, rows)
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            blocks.heading("需关注", unit="")
            definition("attention")
            whole = view.whole("attention")
            export(view, "需关注", whole, metrics.definition("attention").columns, "attention", key="attention")
        if not found.told:
            states.empty("没有需要跟进的单位或城市。")
            return
        for item in found.items:
            _link(view, item)
        st.html(f'<div class="zl-says">{found.told}</div>')


def _link(view: View, item: FollowUp) -> None:
    """To the institution's profile, or for a city's finding to the cities."""
    parameters = {"snapshot": view.as_of.isoformat()}
    if item.institution_id:
        page, parameters = "institutions", parameters | {"institution": item.institution_id}
    else:
        page, parameters = "cities", parameters | {"city": item.city_code}
    label = f":{COLOURS[item.severity]}[{item.sign}] {wording.ATTENTION[item.kind]}　{item.who}　{item.short}"
    st.page_link(site(page).file, label=label, query_params=parameters, help=item.message, width="stretch")
