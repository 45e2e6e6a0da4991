"""One institution: where it stands, how far its patents have come, its days against its duties, what it owns."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts.curves import institution_curve
from dashboard.charts.institutions import field_bars, funnel, star_bars
from dashboard.ui import blocks, markup, states
from dashboard.ui.data import View

FIELDS = 8


def profile(view: View, institution: str) -> None:
    """Draw the profile of an institution with stock; those without say so."""
    everyone = view.ask("inventory_institution").frame
    own = everyone[everyone["institution_id"] == institution].iloc[0]
    row = {str(name): value for name, value in own.items()}
    st.html(_standing(view, row, everyone))
    if not row["stock"]:
        states.empty(f"{row['institution_name']}没有存量专利，不计任务。")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _funnel(view, institution)
    with right:
        _curve(view, row)
    left, middle, right = st.columns(3, gap="medium")
    with left:
        _stars(view, institution)
    with middle:
        _fields(view, institution)
    with right:
        _filings(view, institution)


def place_in_group(row: dict[str, Any], everyone: pd.DataFrame) -> str:
    """`C 组 21 家中居第 5 位`: its place by inventory rate among those of its group with stock."""
    group = everyone[(everyone["group"] == row["group"]) & (everyone["stock"] > 0)]
    ahead = int((group["inventory_rate"].round(9) > round(row["inventory_rate"], 9)).sum())
    return f"{row['group']} 组 {len(group)} 家中居第 {ahead + 1} 位"


def _standing(view: View, row: dict[str, Any], everyone: pd.DataFrame) -> str:
    group = next(g.label for g in view.policy.groups if g.code == row["group"])
    facts = [row["city_name"], row["affiliation"], group]
    if not row["stock"]:
        return _line(row["institution_name"], facts, [])
    figures = [
        f"存量 {_text(row, 'stock', 'patents')}",
        f"已盘点入库 {_text(row, 'approved', 'patents')}",
        f"<b>盘点率 {wording.value(row['inventory_rate'], 'rate')}</b>",
        f"较上期 {wording.value(row['change_pp'], 'pp', with_unit=True)}",
        f"{wording.day(row['milestone_due'])} 应 {_text(row, 'required', 'patents')}",
        f"还差 {_text(row, 'gap', 'patents')}",
        markup.status(str(row["status"])),
        f"全省第 {wording.value(row['rank'], 'rank')} 位，{place_in_group(row, everyone)}",
    ]
    return _line(row["institution_name"], facts, figures)


def _line(name: str, facts: list[str], figures: list[str]) -> str:
    """`figures` are markup already."""
    told = "　".join(html.escape(fact) for fact in facts)
    parts = "".join(f"<span>{figure}</span>" for figure in figures)
    return (
        f'<div class="zl-lines"><div class="zl-title">{html.escape(name)}<span class="zl-unit">{told}</span></div>'
        f'<div class="zl-line">{parts}</div></div>'
    )


def _text(row: dict[str, Any], column: str, unit: str) -> str:
    return wording.value(row[column], unit, with_unit=True)


def _funnel(view: View, institution: str) -> None:
    steps = view.ask("funnel", level="institution", key=institution)
    drawn = funnel(steps.frame, title="专利走到哪一步")
    blocks.chart(view, drawn, "funnel", key="funnel", columns=steps.definition.columns)


def _curve(view: View, row: dict[str, Any]) -> None:
    daily = view.ask("institution_daily", key=row["institution_id"])
    duties = view.ask("milestone_institution").frame
    own = duties[duties["institution_id"] == row["institution_id"]]
    drawn = institution_curve(daily.frame, own, name=str(row["institution_name"]), as_of=view.as_of)
    blocks.chart(
        view, drawn, "institution_daily", "milestone_institution", key="curve", columns=daily.definition.columns,
        title="盘点率与应达进度", height=270,
    )  # fmt: skip


def _stars(view: View, institution: str) -> None:
    stars = view.ask("institution_stars", key=institution)
    blocks.chart(view, star_bars(stars.frame), "institution_stars", key="stars", columns=stars.definition.columns)


def _fields(view: View, institution: str) -> None:
    fields = view.ask("institution_fields", key=institution)
    drawn = field_bars(fields.frame, top=FIELDS)
    blocks.chart(view, drawn, "institution_fields", key="fields", columns=fields.definition.columns)


def _filings(view: View, institution: str) -> None:
    filings = view.ask("institution_filings", key=institution)
    shown = ("kind", "recipient", "patents", "effective_on", "registered_on")
    if filings.frame.empty:
        blocks.heading("转让许可")
        states.empty("没有转让、许可或作价入股的记录。")
        return
    blocks.table(
        view, filings.frame, [filings.definition.column(c) for c in shown], "institution_filings", key="filings",
        title=f"转让许可（{len(filings.frame)} 份）", look=markup.Look(height=230),
    )  # fmt: skip
