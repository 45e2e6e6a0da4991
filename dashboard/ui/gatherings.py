"""对接活动: counts against the plan's number, kinds and levels, what was signed, training and cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts.events import kind_bars
from dashboard.metrics import Column
from dashboard.ui import address, blocks, presence, states, totals
from dashboard.ui.data import View
from dashboard.ui.figures import first
from dashboard.ui.headline import Figure, change_of
from dashboard.ui.markup import Look

PAGE = 20
DEALS = ("city_name", "counted", "all_events", "patents", "deals", "amount", "training", "publicity")
CASES = ("submitted", "published")
LISTED = ("held_on", "city_name", "event_name", "kind", "level", "is_counted", "organiser", "field", "patents",
          "intents", "deals", "amount")  # fmt: skip


def figures(view: View, year: int) -> list[Figure]:
    """Cities that held theirs, counted events, cities behind the pace, what was signed, training."""
    row = first(view.ask("events_province", year=year))
    signed = signed_in(view, year)
    met = totals.count(view, "events_province", "cities_met", "events_city", year=year,
                       note=f"每市全年应办 {row['target']} 场")  # fmt: skip
    held = totals.count(view, "events_province", "counted", "events_city", year=year,
                        note=f"全部活动 {wording.value(signed['events'], 'events', with_unit=True)}")  # fmt: skip
    return [
        replace(met, unit=f"/ {row['cities']} 市"),
        held,
        _pace(view) if year == view.as_of.year else _short(view, year),
        _plain("签约", signed["deals"], "contracts", f"意向 {wording.value(signed['intents'], 'count')} 个"),
        _plain("签约金额", signed["amount"], "amount", f"发布专利 {wording.value(signed['patents'], 'patents')} 件"),
    ]


def signed_in(view: View, year: int, city: str | None = None) -> dict[str, Any]:
    """Events, patents shown, intents, deals and amount of the year, over all kinds and levels."""
    kinds = view.ask("events_kind", year=year, city=city).frame
    return {c: kinds[c].sum() for c in ("events", "patents", "intents", "deals", "amount")}


def _pace(view: View) -> Figure:
    """Cities that have held fewer than an even pace asks for by now."""
    courses = [v.ask("events_pace").frame for v in view.earlier()]
    course = [float((frame["behind"] > 0).sum()) if len(frame) else None for frame in courses]
    now = expected(view)
    change = totals.compared(change_of(course, "count"))
    return Figure("进度落后的市", wording.value(course[-1], "count"), "市", change, f"按均匀进度现应 {now} 场",
                  course, ("events_pace",))  # fmt: skip


def _short(view: View, year: int) -> Figure:
    missed = int((view.ask("events_city", year=year).frame["status"] == "missed").sum())
    return Figure("未达标的市", f"{missed}", "市", "", f"{year} 年已结束", (), ("events_city",))


def _plain(label: str, value: Any, unit: str, note: str) -> Figure:
    return Figure(label, wording.value(value, unit), wording.UNITS[unit], "", note, (), ("events_kind",))


def expected(view: View) -> int:
    """Counted events that each city should have held by now at an even pace."""
    return int(view.ask("events_pace").frame["expected"].iloc[0])


def kinds(view: View, year: int, city: str | None) -> None:
    """Events by kind and by level, side by side."""
    result = view.ask("events_kind", year=year, city=city)
    if result.frame.empty:
        states.empty(f"所选范围内 {year} 年还没有活动。", "请改选年份或设区市。")
        return
    left, right = st.columns(2, gap="small")
    for place, column, title in ((left, "kind", "活动类型"), (right, "level", "组织层级")):
        with place:
            counted = result.frame.groupby(column, sort=False)["events"].sum().reset_index()
            drawn = kind_bars(counted, title=title, name=column)
            blocks.chart(view, drawn, "events_kind", key=column, columns=result.definition.columns)


def deals(view: View, year: int, city: str | None) -> None:
    """A row per city: events, patents shown, deals, training, publicity, cases."""
    events, cases = view.ask("events_city", year=year), view.ask("cases_city")
    frame = events.frame.merge(cases.frame.drop(columns="city_name"), on="city_code")
    columns = [
        *(events.definition.column(c) for c in DEALS),
        *(_case(cases.definition.column(c)) for c in CASES),
    ]
    blocks.table(
        view, frame.sort_values(["deals", "amount"], ascending=False, kind="stable"), columns, "events_city",
        "cases_city", key="deals", title="各市签约、培训宣传与典型案例",
        look=Look(stress=lambda row: row["city_code"] == city),
        says=f"活动为 {year} 年截至数据日期；典型案例为历年累计。"
        + ("" if presence.has(view, "cases") else "本快照没有“典型案例”表，两列无从计算。"),
    )  # fmt: skip


def _case(column: Column) -> Column:
    return column.model_copy(update={"label": f"案例{column.label}"})


def cases(view: View) -> None:
    """Cases by city, where that is all there is."""
    if presence.lacks(view, "cases"):
        return
    found = view.ask("cases_city")
    blocks.table(view, found.frame, [found.definition.column(c) for c in ("city_name", *CASES)], "cases_city",
                 key="cases", title="各市典型案例")  # fmt: skip


def listed(view: View, year: int, city: str | None) -> None:
    """Each event, newest first."""
    result = view.ask("events_list", year=year, city=city)
    if result.frame.empty:
        states.empty(f"所选范围内 {year} 年还没有活动。", "请改选年份或设区市。")
        return
    pages = -(-len(result.frame) // PAGE)
    at = address.page_number("page", pages)
    shown: pd.DataFrame = result.frame.iloc[(at - 1) * PAGE : at * PAGE]
    blocks.table(
        view, shown, [result.definition.column(c) for c in LISTED], "events_list", key="list",
        title=f"活动明细（{len(result.frame)} 场，最近的在前）", whole=result.frame,
    )  # fmt: skip
    address.page_switch("page", pages)
