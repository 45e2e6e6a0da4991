"""专利增量: patents granted after the baseline, and what was filtered before filing."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.bars import Target
from dashboard.charts.chart import Chart
from dashboard.charts.increment import rate_bars
from dashboard.charts.months import month_bars
from dashboard.ui import blocks, presence, states, totals
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.figures import first
from dashboard.ui.headline import Figure
from dashboard.ui.markup import Look

REPORTED = ("city_name", "assessed", "advised", "declined", "declined_rate", "ordered_projects", "joint_projects")


@kept
def figures(view: View) -> tuple[Figure, ...]:
    """New grants, how many are inventoried, and where reports are at hand what was assessed and advised against."""
    name = "increment_province"
    granted = (
        totals.count(view, name, "granted", "increment_city", note=f"{view.policy.baseline.day} 之后授权"),
        totals.rate(view, name, "inventory_rate", "approved", "granted", "increment_city"),
    )
    if not presence.has(view, "assessments"):
        return granted
    year = f"{view.as_of.year} 年"
    return (
        *granted,
        totals.rate(view, name, "declined_rate", "declined", "assessed", "increment_city", "assessments_month"),
        totals.count(view, name, "ordered_projects", "assessments_month", note=year),
        totals.count(view, name, "joint_projects", "assessments_month", note=year),
    )


@kept
def cities(view: View, city: str | None) -> Chart:
    """The cities' rates beside the province's."""
    names = {c.code: c.name for c in view.policy.cities}
    target = Target("全省", first(view.ask("increment_province"))["inventory_rate"])
    return rate_bars(view.ask("increment_city").frame, target=target, highlight=names.get(city or ""))


def months(view: View, city: str | None, whose: str) -> None:
    """New grants by month, with those that are in the library by now; says so where there are none."""
    if not first(view.ask("increment_province"))["granted"]:
        states.empty(f"本快照没有 {view.policy.baseline.day} 之后授权的专利。")
        return
    blocks.chart(view, _months(view, city, whose), "increment_month", key="months")


@kept
def _months(view: View, city: str | None, whose: str) -> Chart:
    found = view.ask("increment_month", city=city)
    return month_bars(
        found.frame, title=f"{whose}各月新授权与入库", unit="patents", rate="inventory_rate",
        columns={c: found.definition.column(c).label for c in ("granted", "approved")},
        note="月份为授权月份，百分数为该月授权的专利现已入库的比例（增量盘点率）；最近的月份刚开始盘点。",
    )  # fmt: skip


def assessments(view: View, city: str | None, whose: str) -> None:
    """What was assessed before filing, by month and by city; says so where nobody reports."""
    blocks.heading("申请前评估与研发项目", says="单位按月报送，取数据日期当年各月；最近一个月往往没有报全。")
    if presence.lacks(view, "assessments"):
        return
    left, right = st.columns([5, 6], gap="medium")
    with left:
        drawn = _by_month(view, city, whose)
        if drawn is None:
            states.empty(f"{whose}{view.as_of.year} 年还没有申请前评估的报送。", "请改选设区市，或催报。")
        else:
            blocks.chart(view, drawn, "assessments_month", key="assessments")
    with right:
        blocks.table(view, _reports(view, city), "increment_city", key="reports")


@kept
def _by_month(view: View, city: str | None, whose: str) -> Chart | None:
    found = view.ask("assessments_month", city=city)
    if found.frame.empty:
        return None
    return month_bars(
        found.frame, title=f"{whose}各月申请前评估", unit="patents", rate="declined_rate",
        columns={c: found.definition.column(c).label for c in ("assessed", "advised", "declined")},
        note="百分数为不予申请占比（不予申请÷评估件数）。",
    )  # fmt: skip


@kept
def _reports(view: View, city: str | None) -> Table:
    found = view.ask("increment_city")
    ordered = found.frame.sort_values("assessed", ascending=False, kind="stable")
    return blocks.tabulate(
        view, ordered, [found.definition.column(c) for c in REPORTED], title="各市申请前评估与研发项目",
        look=Look(bars=frozenset({"declined_rate"}), stress=lambda row: row["city_code"] == city),
    )  # fmt: skip
