"""地市排名: where each city stands, and why."""

import streamlit as st

from dashboard import metrics, wording
from dashboard.ui import blocks, change, standing
from dashboard.ui import scorecard as cards
from dashboard.ui.header import city_filter, open_page, scope_filter, year_filter
from dashboard.ui.weights import adjust, weights

view, bar = open_page("cities")
with bar:
    scope = scope_filter(view)
    city = city_filter(view)
    year = year_filter(view, [view.as_of.year, view.as_of.year - 1])
unchosen, why = standing.unchosen(view, scope)
chosen = city or unchosen

left, right = st.columns([7, 5], gap="medium")
with left:
    blocks.table(
        view, standing.ranking(view, scope, chosen), "inventory_city", key="ranking", within=wording.SCOPES[scope]
    )
with right:
    drawn, columns = (
        standing.card(view, chosen, scope, year),
        [metrics.definition("inventory_city").column("city_name")],
    )
    blocks.chart(
        view, drawn, *cards.METRICS, key="scorecard", columns=columns,
        title=drawn.title if city else f"{drawn.title}（{why}）",
    )  # fmt: skip
    standing.behind(view, chosen)

left, right = st.columns(2, gap="medium")
with left:
    blocks.chart(
        view, standing.paths(view, scope, chosen), "inventory_city", key="bump", explore=True,
        within=wording.SCOPES[scope],
    )  # fmt: skip
with right:
    drawn = standing.scores(view, scope, year, chosen, tuple(weights(view).items()))
    blocks.chart(view, drawn, "ranking_city", key="composite", control=lambda: adjust(view))

change.parts(view)
change.patents(view, chosen)
