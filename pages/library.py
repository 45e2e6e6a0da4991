"""资源库: what there is to transfer; one patent's record."""

import streamlit as st

from dashboard.ui import blocks, library
from dashboard.ui.header import open_page
from dashboard.ui.hits import results
from dashboard.ui.patent import record

view, bar = open_page("library")
if patent := st.query_params.get("patent", "").strip():
    record(view, patent)
    st.stop()

with bar:
    chosen = library.search_box(view)
asked = library.told(view, chosen | library.narrowing(view))
found = library.matrix(view, asked)
st.html(library.summary(view, found))

left, right = st.columns([8, 5], gap="medium")
with left:
    results(view, asked, int(found.frame["patents"].sum()), height=440)
with right:
    blocks.chart(
        view, library.matrix_chart(view, asked.key), "library_matrix", key="matrix", height=236,
        title="价值与成熟度（当前条件）", within=asked.words,
    )  # fmt: skip
    city = chosen.get("city")
    name = "routes_city" if city else "routes"
    blocks.chart(view, library.route_chart(view, city), name, key="routes", height=150)

left, right = st.columns([8, 5], gap="medium")
with left:
    library.pools(view)
with right:
    library.pilots(view)
