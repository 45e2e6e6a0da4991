"""专利增量: are new grants inventoried, and filtered before filing."""

import streamlit as st

from dashboard.charts.bars import Target
from dashboard.charts.increment import rate_bars
from dashboard.ui import blocks, newcomers, states, totals
from dashboard.ui.figures import first
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.headline import headline

view, bar = open_page("increment")
with bar:
    city = city_filter(view)
names = {c.code: c.name for c in view.policy.cities}
whose = names[city] if city else "全省"

headline(totals.of_province(newcomers.figures(view), city))

whole = first(view.ask("increment_province"))
left, right = st.columns([5, 6], gap="medium")
with left:
    cities = view.ask("increment_city")
    drawn = rate_bars(cities.frame, target=Target("全省", whole["inventory_rate"]), highlight=names.get(city or ""))
    blocks.chart(view, drawn, "increment_city", key="cities", columns=cities.definition.columns)
with right:
    if whole["granted"]:
        newcomers.months(view, city, whose)
    else:
        states.empty(f"本快照没有 {view.policy.baseline.day} 之后授权的专利。")

newcomers.assessments(view, city, whose)
