"""专利增量: are new grants inventoried, and filtered before filing."""

import streamlit as st

from dashboard.ui import blocks, newcomers, totals
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.headline import headline

view, bar = open_page("increment")
with bar:
    city = city_filter(view)
whose = {c.code: c.name for c in view.policy.cities}[city] if city else "全省"

headline(totals.of_province(newcomers.figures(view), city))

left, right = st.columns([5, 6], gap="medium")
with left:
    blocks.chart(view, newcomers.cities(view, city), "increment_city", key="cities")
with right:
    newcomers.months(view, city, whose)

newcomers.assessments(view, city, whose)
