"""总览: are we on time, who is behind, what changed this week."""

import html

import streamlit as st

from dashboard import highlights, wording
from dashboard.charts.bars import Target
from dashboard.charts.cities import city_bars
from dashboard.ui import address, blocks, change, province, timeline
from dashboard.ui.attention import attention_list
from dashboard.ui.figures import first, province_figures
from dashboard.ui.header import open_page, scope_filter
from dashboard.ui.headline import headline
from dashboard.ui.markup import address as link_to

MEASURES = {"inventory_rate": "盘点率", "listing_rate": "入库率", "change_pp": "较上期"}

view, bar = open_page("overview")
with bar:
    scope = scope_filter(view)
    measure = address.select("measure", "指标", list(MEASURES), "inventory_rate", text=MEASURES.__getitem__, width=110)
    province.switch(view)

headline(province_figures(view, scope))

line = timeline.stops(view.ask("milestone_group").frame, view.ask("evaluation_milestones").frame)
labels = {group.code: group.label for group in view.policy.groups}
st.html(timeline.draw(line, view.as_of, link_to("milestones", snapshot=view.as_of.isoformat()), labels))

whole = first(view.ask("inventory_province", scope=scope))
cities = view.ask("inventory_city", scope=scope)
column = cities.definition.column(measure)
target = Target("应达", whole["required_rate"]) if measure == "inventory_rate" else None
left, middle, right = st.columns([5, 4, 4], gap="medium")
with left:
    drawn = city_bars(cities.frame, title=f"各市{column.label}", value=measure, unit=column.unit, target=target)
    blocks.chart(
        view, drawn, "inventory_city", key="cities", columns=cities.definition.columns, height=316,
        within=wording.SCOPES[scope],
    )  # fmt: skip
with middle:
    asked = (cities.frame, f"{column.label}分布", measure, column.unit)
    blocks.chart(
        view, province.province_chart(view, *asked), "inventory_city", key="map", columns=cities.definition.columns,
        height=300, stand_in=province.published(view, *asked), within=wording.SCOPES[scope],
    )  # fmt: skip
with right:
    attention_list(view, rows=12)

week = highlights.Week(
    as_of=view.as_of,
    before=view.previous.date if view.previous else None,
    province=first(view.ask("inventory_province")),
    province_before=first(view.earlier(2)[0].ask("inventory_province")) if view.previous else None,
    cities=view.ask("inventory_city").frame,
    attention=view.ask("attention").frame,
)
told = "".join(html.escape(sentence) for sentence in highlights.sentences(week))
st.html(f'<p class="zl-brief"><b>本周要点</b>{timeline.sentence(line, view.as_of)}。{told}</p>')

change.parts(view)
