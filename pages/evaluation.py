"""企业评价: do enterprises evaluate what was matched, and what do they ask for."""

import streamlit as st

from dashboard.ui import blocks, demand, presence, totals
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.headline import headline

view, bar = open_page("evaluation")
with bar:
    city = city_filter(view)
if presence.lacks(view, "evaluations"):
    demand.experts(view)
    st.stop()

headline(totals.of_province(demand.figures(view), city))

groups = [group.code for group in view.policy.enterprise_groups]
left, *places = st.columns([5] + [7 / len(groups)] * len(groups), gap="medium")
with left:
    blocks.chart(view, demand.targets(view), "evaluation_group", key="groups")
    blocks.table(view, demand.duties(view), "evaluation_milestones", key="duties")
for place, group in zip(places, groups, strict=True):
    with place:
        blocks.table(view, demand.cities(view, group, city), "evaluation_city", key=f"cities-{group}")

left, right = st.columns(2, gap="medium")
with left:
    blocks.chart(view, demand.fields(view), "evaluation_fields", key="fields")
with right:
    demand.experts(view)

demand.needs(view, city)
