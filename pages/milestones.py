"""里程碑: who met which deadline, and when."""

import streamlit as st

from dashboard import wording
from dashboard.charts.curves import group_curves
from dashboard.charts.milestones import milestone_matrix
from dashboard.ui import address, blocks, states, timeline
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.links import to_institution
from dashboard.ui.markup import Look
from dashboard.ui.milestone_rows import grid, narrowed

PAGE = 40
STATUSES = {"all": "全部状态", **{s: wording.STATUSES[s].text for s in ("missed", "open", "late", "met")}}

view, bar = open_page("milestones")
labels = {group.code: group.label for group in view.policy.groups}
with bar:
    city = city_filter(view)

groups = view.ask("milestone_group")
line = timeline.stops(groups.frame, view.ask("evaluation_milestones").frame)
st.html(f'<div class="zl-says">{timeline.sentence(line, view.as_of)}。</div>')

left, right = st.columns([5, 7], gap="medium")
with left:
    drawn = milestone_matrix(groups.frame, labels=labels, as_of=view.as_of)
    blocks.chart(view, drawn, "milestone_group", key="matrix", columns=groups.definition.columns, height=290)
with right:
    daily = view.ask("inventory_daily", level="group")
    drawn = group_curves(daily.frame, groups.frame, labels=labels, as_of=view.as_of)
    blocks.chart(view, drawn, "inventory_daily", key="curves", columns=daily.definition.columns, height=290)

institutions, forecast = view.ask("inventory_institution"), view.ask("forecast_institution")
duties = view.ask("milestone_institution")
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    group = address.select(
        "group", "组别", ["all", *labels], "all", text=lambda g: labels.get(g, "全部组别"), width=220
    )
    status = address.select("status", "状态", list(STATUSES), "all", text=STATUSES.__getitem__, width=130)
    words = address.words("search", "单位名称")
made = grid(institutions.frame, duties.frame, forecast.frame)
rows = narrowed(made.frame, None if group == "all" else group, city, None if status == "all" else status, words)
columns = [
    *(institutions.definition.column(c) for c in ("institution_name", "city_name", "group", "stock", "inventory_rate")),
    *made.dates,
    *(institutions.definition.column(c) for c in ("gap",)),
    *(forecast.definition.column(c) for c in ("pace_per_week", "needed_per_week", "projected_on", "outlook")),
]
if rows.empty:
    states.empty("没有符合条件的单位。", "请放宽组别、状态、设区市或名称的条件。")
    st.stop()
pages = -(-len(rows) // PAGE)
page = address.page_number("page", pages)
look = Look(
    words={"group": {g: g for g in labels}}, bars=frozenset({"inventory_rate"}), tints=made.tints, height=620,
    links={"institution_name": to_institution(view)},
)  # fmt: skip
blocks.table(
    view, rows.iloc[(page - 1) * PAGE : page * PAGE], columns, "milestone_institution", "forecast_institution",
    key="grid", title=f"各单位里程碑与预测（{len(rows)} 家，属地）", look=look, whole=rows,
    says="未达标的在前，差得多的在前；周均进度按最近三周计，预测以此推算。",
)  # fmt: skip
address.page_switch("page", pages)
