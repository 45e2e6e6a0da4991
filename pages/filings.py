"""转让许可: what was transferred and licensed, and is it on record."""

import streamlit as st

from dashboard.ui import address, blocks, contracts, presence, totals
from dashboard.ui.header import city_filter, open_page, year_filter
from dashboard.ui.headline import headline

view, bar = open_page("filings")
with bar:
    count = address.segments("count", "计数口径", list(contracts.COUNTS), "patents", text=contracts.COUNTS.__getitem__)
    city = city_filter(view)
    year = year_filter(view, [view.as_of.year, view.as_of.year - 1])
if presence.lacks(view, "filings"):
    contracts.conversion(view, city)
    st.stop()

headline(totals.of_province(contracts.figures(view, year, count), city))

left, right = st.columns([8, 4], gap="medium")
with left:
    drawn = contracts.months(view, year, count)
    blocks.chart(view, drawn, "filings_month", key="months", title=f"全省{drawn.title}")
with right:
    blocks.chart(view, contracts.sides(view, year, count), "filings_city", key="cities")

left, right = st.columns([2, 1], gap="medium")
with left:
    blocks.table(view, contracts.cities(view, year, city), "filings_city", key="city-table")
with right:
    contracts.flow(view, year)


@st.fragment
def lists() -> None:
    """A fragment: another list, or page of it, leaves the rest of the page as it is."""
    contracts.lists(view, year, count, city)


lists()
contracts.conversion(view, city)
