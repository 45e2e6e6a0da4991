"""总览: are we on time, who is behind, what changed this week."""

import streamlit as st

from dashboard import wording
from dashboard.ui import address, blocks, change, province, standing, week
from dashboard.ui.attention import attention_list
from dashboard.ui.figures import province_figures
from dashboard.ui.header import open_page, scope_filter
from dashboard.ui.headline import headline

MEASURES = {"inventory_rate": "盘点率", "listing_rate": "入库率", "change_pp": "较上期"}

view, bar = open_page("overview")
with bar:
    scope = scope_filter(view)
    measure = address.select("measure", "指标", list(MEASURES), "inventory_rate", text=MEASURES.__getitem__, width=110)
    kind = province.switch(view)

headline(province_figures(view, scope))
st.html(week.line(view))

left, middle, right = st.columns([5, 4, 4], gap="medium")
with left:
    blocks.chart(
        view, standing.bars(view, scope, measure), "inventory_city", key="cities", height=316,
        within=wording.SCOPES[scope],
    )  # fmt: skip
with middle:
    blocks.chart(
        view, province.province_chart(view, scope, measure, kind), "inventory_city", key="map", height=300,
        stand_in=province.published(view, scope, measure), within=wording.SCOPES[scope],
    )  # fmt: skip
with right:
    attention_list(view, rows=12)

st.html(week.brief(view))
change.parts(view)
