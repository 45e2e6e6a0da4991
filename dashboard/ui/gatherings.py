"""对接活动: counts against the plan's number, kinds and levels, what was signed, training and cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.charts.events import calendar, event_bars, kind_bars
from dashboard.metrics import Column
from dashboard.ui import address, blocks, presence, states, totals
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.figures import first
from dashboard.ui.headline import Figure, change_of
from dashboard.ui.markup import Look

PAGE = 20
DEALS = ("city_name", "counted", "all_events", "patents", "deals", "amount", "training", "publicity")
CASES = ("submitted", "published")
LISTED = ("held_on", "city_name", "event_name", "kind", "level", "is_counted", "organiser", "field", "patents",
          "intents", "deals", "amount")  # fmt: skip


@kept
def figures(view: View, year: int) -> tuple[Figure, ...]:
    """Cities that held theirs, counted events, cities behind the pace, what was signed, training."""
    row = first(view.ask("events_province", year=year))
    signed = signed_in(view, year)
    met = totals.count(view, "events_province", "cities_met", "events_city", year=year,
                       note=f"每市全年应办 {row['target']} 场")  # fmt: skip
    held = totals.count(view, "events_province", "counted", "events_city", year=year,
                        note=f"全部活动 {wording.value(signed['events'], 'events', with_unit=True)}")  # fmt: skip
    return (
        replace(met, unit=f"/ {row['cities']} 市"),
        held,
        _pace(view) if year == view.as_of.year else _short(view, year),
        _plain("签约", signed["deals"], "contracts", f"意向 {wording.value(signed['intents'], 'count')} 个"),
        _plain("签约金额", signed["amount"], "amount", f"发布专利 {wording.value(signed['patents'], 'patents')} 件"),
    )


def signed_in(view: View, year: int) -> dict[str, Any]:
    """Events, patents shown, intents, deals and amount of the year, over all cities, kinds and levels."""
    kinds = view.ask("events_kind", year=year).frame
    return {c: kinds[c].sum() for c in ("events", "patents", "intents", "deals", "amount")}


@kept
def held(view: View, name: str, year: int, city: str | None) -> pd.DataFrame:
    """The rows of a metric of the year, or those of one city: all are at hand, so another city asks for nothing."""
    frame = view.ask(name, year=year).frame
    return frame if city is None else frame[frame["city_code"] == city]


def _pace(view: View) -> Figure:
    """Cities that have held fewer than an even pace asks for by now."""
    courses = [v.ask("events_pace").frame for v in view.earlier()]
    course = tuple(float((frame["behind"] > 0).sum()) if len(frame) else None for frame in courses)
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


@kept
def bars(view: View, year: int, city: str | None) -> Chart:
    """The cities against the plan's number, and this year against an even pace."""
    pace = expected(view) if year == view.as_of.year else None
    target = int(first(view.ask("events_province", year=year))["target"])
    frame = view.ask("events_city", year=year).frame
    return event_bars(frame, target=target, pace=pace, highlight=_names(view).get(city or ""))


@kept
def days(view: View, year: int, city: str | None) -> Chart:
    """The year as a calendar."""
    whose = f"{_names(view)[city]}对接活动日历" if city else "全省对接活动日历"
    found = held(view, "events_calendar", year, city)
    return calendar(found.groupby("day", as_index=False)[["events", "counted"]].sum(), year=year, title=whose)


def _names(view: View) -> dict[str, str]:
    return {c.code: c.name for c in view.policy.cities}


def kinds(view: View, year: int, city: str | None) -> None:
    """Events by kind and by level, side by side."""
    if held(view, "events_kind", year, city).empty:
        states.empty(f"所选范围内 {year} 年还没有活动。", "请改选年份或设区市。")
        return
    left, right = st.columns(2, gap="small")
    for place, column, title in ((left, "kind", "活动类型"), (right, "level", "组织层级")):
        with place:
            blocks.chart(view, _kinds(view, year, city, column, title), "events_kind", key=column)


@kept
def _kinds(view: View, year: int, city: str | None, column: str, title: str) -> Chart:
    counted = held(view, "events_kind", year, city).groupby(column, sort=False)["events"].sum().reset_index()
    return kind_bars(counted, title=title, name=column)


def deals(view: View, year: int, city: str | None) -> None:
    """A row per city: events, patents shown, deals, training, publicity, cases."""
    blocks.table(view, _deals(view, year, city), "events_city", "cases_city", key="deals")


@kept
def _deals(view: View, year: int, city: str | None) -> Table:
    events, cases = view.ask("events_city", year=year), view.ask("cases_city")
    frame = events.frame.merge(cases.frame.drop(columns="city_name"), on="city_code")
    columns = [
        *(events.definition.column(c) for c in DEALS),
        *(_case(cases.definition.column(c)) for c in CASES),
    ]
    return blocks.tabulate(
        view, frame.sort_values(["deals", "amount"], ascending=False, kind="stable"), columns,
        title="各市签约、培训宣传与典型案例", look=Look(stress=lambda row: row["city_code"] == city),
        says=f"活动为 {year} 年截至数据日期；典型案例为历年累计。"
        + ("" if presence.has(view, "cases") else "本快照没有“典型案例”表，两列无从计算。"),
    )  # fmt: skip


def _case(column: Column) -> Column:
    return column.model_copy(update={"label": f"案例{column.label}"})


def cases(view: View) -> None:
    """Cases by city, where that is all there is."""
    if not presence.lacks(view, "cases"):
        blocks.table(view, _cases(view), "cases_city", key="cases")


@kept
def _cases(view: View) -> Table:
    found = view.ask("cases_city")
    columns = [found.definition.column(c) for c in ("city_name", *CASES)]
    return blocks.tabulate(view, found.frame, columns, title="各市典型案例")


def listed(view: View, year: int, city: str | None) -> None:
    """Each event, newest first."""
    found = len(held(view, "events_list", year, city))
    if not found:
        states.empty(f"所选范围内 {year} 年还没有活动。", "请改选年份或设区市。")
        return
    pages = address.pages(found, PAGE)
    made = _listed(view, year, city, address.page_number("page", pages))
    blocks.table(view, made, "events_list", key="list")
    address.page_switch("page", pages)


@kept
def _listed(view: View, year: int, city: str | None, number: int) -> Table:
    found, columns = held(view, "events_list", year, city), view.ask("events_list", year=year).definition
    return blocks.tabulate(
        view, address.cut(found, PAGE, number), [columns.column(c) for c in LISTED], whole=found,
        title=f"活动明细（{len(found)} 场，最近的在前）",
    )  # fmt: skip
