"""One institution: where it stands, how far its patents have come, its days against its duties, what it owns."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.charts.curves import institution_curve
from dashboard.charts.institutions import field_bars, funnel, star_bars
from dashboard.ui import address, blocks, markup, states
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept

FIELDS = 8
PAGE = 50
CONTRACTS = ("kind", "recipient", "patents", "effective_on", "registered_on")


def profile(view: View, institution: str) -> None:
    """Draw the profile of an institution with stock; those without say so."""
    st.html(_standing(view, institution))
    row = _row(view, institution)
    if not row["stock"]:
        states.empty(f"{row['institution_name']}没有存量专利，不计任务。")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        blocks.chart(view, _funnel(view, institution), "funnel", key="funnel")
    with right:
        blocks.chart(
            view, _curve(view, institution), "institution_daily", "milestone_institution", key="curve",
            title="盘点率与应达进度", height=270,
        )  # fmt: skip
    left, middle, right = st.columns(3, gap="medium")
    with left:
        blocks.chart(view, _stars(view, institution), "institution_stars", key="stars")
    with middle:
        blocks.chart(view, _fields(view, institution), "institution_fields", key="fields")
    with right:
        _filings(view, institution)


def _row(view: View, institution: str) -> dict[str, Any]:
    everyone = view.ask("inventory_institution").frame
    own = everyone[everyone["institution_id"] == institution].iloc[0]
    return {str(name): value for name, value in own.items()}


def place_in_group(row: dict[str, Any], everyone: pd.DataFrame) -> str:
    """`C 组 21 家中居第 5 位`: its place by inventory rate among those of its group with stock."""
    group = everyone[(everyone["group"] == row["group"]) & (everyone["stock"] > 0)]
    ahead = int((group["inventory_rate"].round(9) > round(row["inventory_rate"], 9)).sum())
    return f"{row['group']} 组 {len(group)} 家中居第 {ahead + 1} 位"


@kept
def _standing(view: View, institution: str) -> str:
    """Who it is and where it stands, as markup."""
    row, everyone = _row(view, institution), view.ask("inventory_institution").frame
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


@kept
def _funnel(view: View, institution: str) -> Chart:
    return funnel(view.ask("funnel", level="institution", key=institution).frame, title="专利走到哪一步")


@kept
def _curve(view: View, institution: str) -> Chart:
    duties = view.ask("milestone_institution").frame
    own = duties[duties["institution_id"] == institution]
    name = str(_row(view, institution)["institution_name"])
    daily = view.ask("institution_daily", key=institution)
    return institution_curve(daily.frame, own, name=name, as_of=view.as_of)


@kept
def _stars(view: View, institution: str) -> Chart:
    return star_bars(view.ask("institution_stars", key=institution).frame)


@kept
def _fields(view: View, institution: str) -> Chart:
    return field_bars(view.ask("institution_fields", key=institution).frame, top=FIELDS)


def _filings(view: View, institution: str) -> None:
    """Its contracts, a page at a time."""
    _, hits = view.page("institution_filings", PAGE, 1, key=institution)
    if not hits:
        blocks.heading("转让许可")
        states.empty("没有转让、许可或作价入股的记录。")
        return
    pages = address.pages(hits, PAGE)
    made = _contracts(view, institution, address.page_number("page_filings", pages))
    blocks.table(view, made, "institution_filings", key="filings")
    address.page_switch("page_filings", pages)


@kept
def _contracts(view: View, institution: str, number: int) -> Table:
    found, hits = view.page("institution_filings", PAGE, number, key=institution)
    return blocks.tabulate(
        view, found.frame, [found.definition.column(c) for c in CONTRACTS], title=f"转让许可（{hits:,} 份）",
        look=markup.Look(height=230), whole=view.whole("institution_filings", key=institution),
        whole_columns=found.definition.columns,
    )  # fmt: skip
