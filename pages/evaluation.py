"""企业评价: do enterprises evaluate what was matched, and what do they ask for."""

import streamlit as st

from dashboard.charts.evaluation import demand_fields, group_targets
from dashboard.ui import blocks, demand, presence, totals
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.headline import headline

DUTIES = ("label", "due_on", "required", "status")

view, bar = open_page("evaluation")
with bar:
    city = city_filter(view)
if presence.lacks(view, "evaluations"):
    demand.experts(view)
    st.stop()

headline(totals.of_province(demand.figures(view), city))

groups, duties = view.ask("evaluation_group"), view.ask("evaluation_milestones")
labels = {group.code: group.label for group in view.policy.enterprise_groups}
left, *places = st.columns([5] + [7 / len(labels)] * len(labels), gap="medium")
with left:
    drawn = group_targets(groups.frame, labels=labels)
    blocks.chart(view, drawn, "evaluation_group", key="groups", columns=groups.definition.columns)
    blocks.table(
        view, duties.frame, [duties.definition.column(c) for c in DUTIES], "evaluation_milestones", key="duties",
        title="各组企业的里程碑",
    )  # fmt: skip
for place, (group, label) in zip(places, labels.items(), strict=True):
    with place:
        demand.cities(view, group, label, city)

left, right = st.columns(2, gap="medium")
with left:
    fields = view.ask("evaluation_fields")
    blocks.chart(
        view, demand_fields(fields.frame), "evaluation_fields", key="fields", columns=fields.definition.columns
    )
with right:
    demand.experts(view)

demand.needs(view, city)
