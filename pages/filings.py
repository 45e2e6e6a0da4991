"""转让许可: what was transferred and licensed, and is it on record."""

import streamlit as st

from dashboard.charts.filings import month_columns, side_bars
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
    months, before = view.ask("filings_month", year=year), view.ask("filings_month", year=year - 1)
    drawn = month_columns(
        months.frame, before.frame, value=count, as_of=view.as_of, year=year, lag=view.policy.licence_lag_months
    )
    blocks.chart(
        view, drawn, "filings_month", key="months", columns=months.definition.columns, title=f"全省{drawn.title}"
    )
with right:
    cities = view.ask("filings_city", year=year)
    blocks.chart(
        view, side_bars(cities.frame, value=count), "filings_city", key="cities", columns=cities.definition.columns
    )

left, right = st.columns([2, 1], gap="medium")
with left:
    contracts.cities(view, year, city)
with right:
    contracts.flow(view, year)

match address.segments("list", "名单", list(contracts.LISTS), "institutions", text=contracts.LISTS.__getitem__):
    case "unregistered":
        contracts.unregistered(view, city)
    case "unreported":
        contracts.unreported(view, year, city)
    case "flow":
        contracts.flows(view, year, city)
    case _:
        contracts.institutions(view, year, count, city)
contracts.conversion(view, city)
