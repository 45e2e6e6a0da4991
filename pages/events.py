"""对接活动: has each city held its number of events this year."""

import streamlit as st

from dashboard.ui import blocks, gatherings, presence, totals
from dashboard.ui.header import city_filter, open_page, year_filter
from dashboard.ui.headline import headline

view, bar = open_page("events")
with bar:
    city = city_filter(view)
    year = year_filter(view, [view.as_of.year, view.as_of.year - 1])
if presence.lacks(view, "events"):
    gatherings.cases(view)
    st.stop()

headline(totals.of_province(gatherings.figures(view, year), city))

left, right = st.columns([5, 7], gap="medium")
with left:
    blocks.chart(view, gatherings.bars(view, year, city), "events_city", "events_pace", key="cities")
with right:
    blocks.chart(view, gatherings.days(view, year, city), "events_calendar", key="calendar", height=170)
    gatherings.kinds(view, year, city)

gatherings.deals(view, year, city)
gatherings.listed(view, year, city)
