"""高校院所: which institutions move the figure; one institution's profile."""

import html

import streamlit as st

from dashboard.ui import address, blocks, league, whose
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.profile import profile

view, bar = open_page("institutions")
with bar:
    chosen = address.choice("institution", "单位", league.names(view), "全部单位", width=230)
    city = city_filter(view)

if chosen:
    profile(view, chosen)
    st.stop()

labels = {group.code: group.label for group in view.policy.groups}
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    slot = st.container(width="stretch")
    group = address.choice("group", "组别", labels, "全部组别", width=210)
    sort = address.select("sort", "排序", list(league.SORTS), "gap", text=league.SORTS.__getitem__, width=130)
    words = address.words("search", "单位名称", width=170)
asked = (group, city, words)
found = len(league.rows(view, *asked))
if not found:
    whose.none(view, city, "没有符合条件的单位。", "请放宽组别、设区市或名称的条件。")
    st.stop()
slot.html(f'<div class="zl-says">{html.escape(league.told(view, *asked))}</div>')

left, right = st.columns([7, 5], gap="medium")
with left:
    pages = address.pages(found, league.PAGE)
    made = league.league(view, *asked, sort, address.page_number("page", pages))
    blocks.table(view, made, "inventory_institution", key="league")
    address.page_switch("page", pages)
with right:
    blocks.chart(view, league.scatter(view, *asked), "inventory_institution", key="scatter", height=500, explore=True)
