"""地市排名: where each city stands, and why."""

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts.cities import composite, scorecard
from dashboard.charts.trends import bump
from dashboard.ui import blocks, change
from dashboard.ui import scorecard as cards
from dashboard.ui.header import city_filter, open_page, scope_filter, year_filter
from dashboard.ui.links import to_city, to_institution
from dashboard.ui.markup import Look
from dashboard.ui.weights import adjust, weights

SHOWN = ("rank", "rank_change", "city_name", "inventory_rate", "change_pp", "lead_pp", "status", "institutions_missed",
         "stock")  # fmt: skip
LAGGING = 8

view, bar = open_page("cities")
with bar:
    scope = scope_filter(view)
    city = city_filter(view)
    year = year_filter(view, [view.as_of.year, view.as_of.year - 1])

cities = view.ask("inventory_city", scope=scope)
ranked = cities.frame.sort_values(["rank", "city_code"], na_position="last")
chosen = city or str(ranked["city_code"].iloc[-1])
name = {c.code: c.name for c in view.policy.cities}[chosen]

left, right = st.columns([7, 5], gap="medium")
with left:
    look = Look(
        bars=frozenset({"inventory_rate"}), stress=lambda row: row["city_code"] == chosen,
        links={"city_name": to_city(view, scope)},
    )  # fmt: skip
    blocks.table(
        view, ranked, [cities.definition.column(c) for c in SHOWN], "inventory_city", key="ranking", look=look,
        title=f"各市盘点率排名（{wording.SCOPES[scope]}）", within=wording.SCOPES[scope],
        says="点市名看它与全省的对照；名次变化为较上期。",
    )  # fmt: skip
with right:
    rows = cards.scorecard_rows(view, chosen, scope, year)
    drawn = scorecard(rows, city=name, province=view.policy.province.short_name)
    columns = [view.ask("inventory_city").definition.column("city_name")]
    blocks.chart(view, drawn, *cards.METRICS, key="scorecard", columns=columns,
                 title=drawn.title if city else f"{drawn.title}（未选城市，取名次最后者）")  # fmt: skip
    institutions = view.ask("inventory_institution")
    behind = institutions.frame[(institutions.frame["city_code"] == chosen) & (institutions.frame["gap"] > 0)]
    behind = behind.sort_values("gap", ascending=False)
    blocks.table(
        view, behind.head(LAGGING),
        [institutions.definition.column(c) for c in ("institution_name", "stock", "inventory_rate", "gap", "status")],
        "inventory_institution", key="behind", whole=behind,
        title=f"{name}拖后的单位（{len(behind)} 家，差得多的在前）",
        look=Look(
            bars=frozenset({"inventory_rate"}), height=190,
            links={"institution_name": to_institution(view)},
        ),
    )  # fmt: skip

left, right = st.columns(2, gap="medium")
with left:
    weeks = [v.ask("inventory_city", scope=scope).frame.assign(as_of=pd.Timestamp(v.as_of)) for v in view.earlier()]
    drawn = bump(pd.concat(weeks), title="盘点率名次变化", highlight=name)
    blocks.chart(
        view, drawn, "inventory_city", key="bump", columns=cities.definition.columns, within=wording.SCOPES[scope]
    )
with right:
    given = weights(view)
    ranking = view.ask("ranking_city", scope=scope, year=year, **{f"weight_{part}": w for part, w in given.items()})
    drawn = composite(ranking.frame, weights=given, highlight=name)
    blocks.chart(view, drawn, "ranking_city", key="composite", columns=ranking.definition.columns,
                 control=lambda: adjust(view))  # fmt: skip

change.parts(view)
change.patents(view, chosen)
