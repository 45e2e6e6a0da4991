"""专利增量: patents granted after the baseline, and what was filtered before filing."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.months import month_bars
from dashboard.ui import blocks, presence, states, totals
from dashboard.ui.data import View
from dashboard.ui.headline import Figure
from dashboard.ui.markup import Look

REPORTED = ("city_name", "assessed", "advised", "declined", "declined_rate", "ordered_projects", "joint_projects")


def figures(view: View) -> list[Figure]:
    """New grants, how many are inventoried, and where reports are at hand what was assessed and advised against."""
    name = "increment_province"
    granted = [
        totals.count(view, name, "granted", "increment_city", note=f"{view.policy.baseline.day} 之后授权"),
        totals.rate(view, name, "inventory_rate", "approved", "granted", "increment_city"),
    ]
    if not presence.has(view, "assessments"):
        return granted
    year = f"{view.as_of.year} 年"
    return [
        *granted,
        totals.rate(view, name, "declined_rate", "declined", "assessed", "increment_city", "assessments_month"),
        totals.count(view, name, "ordered_projects", "assessments_month", note=year),
        totals.count(view, name, "joint_projects", "assessments_month", note=year),
    ]


def months(view: View, city: str | None, whose: str) -> None:
    """New grants by month, with those that are in the library by now."""
    found = view.ask("increment_month", city=city)
    drawn = month_bars(
        found.frame, title=f"{whose}各月新授权与入库", unit="patents", rate="inventory_rate",
        columns={c: found.definition.column(c).label for c in ("granted", "approved")},
        note="月份为授权月份，百分数为该月授权的专利现已入库的比例（增量盘点率）；最近的月份刚开始盘点。",
    )  # fmt: skip
    blocks.chart(view, drawn, "increment_month", key="months", columns=found.definition.columns)


def assessments(view: View, city: str | None, whose: str) -> None:
    """What was assessed before filing, by month and by city; says so where nobody reports."""
    blocks.heading("申请前评估与研发项目", says="单位按月报送，取数据日期当年各月；最近一个月往往没有报全。")
    if presence.lacks(view, "assessments"):
        return
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _by_month(view, city, whose)
    with right:
        found = view.ask("increment_city")
        ordered = found.frame.sort_values("assessed", ascending=False, kind="stable")
        blocks.table(
            view, ordered, [found.definition.column(c) for c in REPORTED], "increment_city", key="reports",
            title="各市申请前评估与研发项目",
            look=Look(bars=frozenset({"declined_rate"}), stress=lambda row: row["city_code"] == city),
        )  # fmt: skip


def _by_month(view: View, city: str | None, whose: str) -> None:
    found = view.ask("assessments_month", city=city)
    if found.frame.empty:
        states.empty(f"{whose}{view.as_of.year} 年还没有申请前评估的报送。", "请改选设区市，或催报。")
        return
    drawn = month_bars(
        found.frame, title=f"{whose}各月申请前评估", unit="patents", rate="declined_rate",
        columns={c: found.definition.column(c).label for c in ("assessed", "advised", "declined")},
        note="百分数为不予申请占比（不予申请÷评估件数）。",
    )  # fmt: skip
    blocks.chart(view, drawn, "assessments_month", key="assessments", columns=found.definition.columns)
