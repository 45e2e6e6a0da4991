"""对接活动: has each city held its number of events this year."""

import streamlit as st

from dashboard.charts.events import calendar, event_bars
from dashboard.ui import blocks, gatherings, presence, totals
from dashboard.ui.figures import first
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

names = {c.code: c.name for c in view.policy.cities}
cities = view.ask("events_city", year=year)
target = int(first(view.ask("events_province", year=year))["target"])
left, right = st.columns([5, 7], gap="medium")
with left:
    pace = gatherings.expected(view) if year == view.as_of.year else None
    drawn = event_bars(cities.frame, target=target, pace=pace, highlight=names.get(city or ""))
    blocks.chart(view, drawn, "events_city", "events_pace", key="cities", columns=cities.definition.columns)
with right:
    days = view.ask("events_calendar", year=year, city=city)
    whose = f"{names[city]}对接活动日历" if city else "全省对接活动日历"
    drawn = calendar(days.frame, year=year, title=whose)
    blocks.chart(view, drawn, "events_calendar", key="calendar", columns=days.definition.columns, height=170)
    gatherings.kinds(view, year, city)

gatherings.deals(view, year, city)
gatherings.listed(view, year, city)
