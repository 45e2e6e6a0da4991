"""里程碑: who met which deadline, and when."""

import html

import streamlit as st

from dashboard import wording
from dashboard.ui import address, blocks, milestone_rows, week, whose
from dashboard.ui.header import city_filter, open_page

STATUSES = {"all": "全部状态", **{s: wording.STATUSES[s].text for s in ("missed", "open", "late", "met")}}

view, bar = open_page("milestones")
with bar:
    city = city_filter(view)

st.html(f'<div class="zl-says">{html.escape(week.sentence(view))}。</div>')

left, right = st.columns([5, 7], gap="medium")
with left:
    blocks.chart(view, milestone_rows.matrix(view), "milestone_group", key="matrix", height=290)
with right:
    blocks.chart(view, milestone_rows.curves(view), "inventory_daily", key="curves", height=290, explore=True)


@st.fragment
def institutions() -> None:
    """A fragment: its filters draw the table anew and leave the rest of the page as it is."""
    labels = {group.code: group.label for group in view.policy.groups}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        group = address.choice("group", "组别", labels, "全部组别", width=220)
        status = address.select("status", "状态", list(STATUSES), "all", text=STATUSES.__getitem__, width=130)
        words = address.words("search", "单位名称")
    asked = (group, city, None if status == "all" else status, words)
    found = milestone_rows.count(view, *asked)
    if not found:
        whose.none(view, city, "没有符合条件的单位。", "请放宽组别、状态、设区市或名称的条件。")
        return
    pages = address.pages(found, milestone_rows.PAGE)
    made = milestone_rows.table(view, *asked, address.page_number("page", pages))
    blocks.table(view, made, "milestone_institution", "forecast_institution", key="grid")
    address.page_switch("page", pages)


institutions()
