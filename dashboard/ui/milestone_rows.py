"""里程碑: the groups' dates and curves; institutions × milestones as one table: owed, how late, what is forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.charts.curves import group_curves
from dashboard.charts.milestones import milestone_matrix
from dashboard.metrics import Column
from dashboard.ui import address, blocks
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.links import to_institution
from dashboard.ui.markup import Look

PAGE = 40
FACTS = ("institution_name", "city_name", "group", "stock", "inventory_rate")
FORECAST = ("pace_per_week", "needed_per_week", "projected_on", "outlook")


@dataclass(frozen=True)
class Grid:
    """Rows to show; a column per date (its text) with the column of its status, by which it is tinted."""

    frame: pd.DataFrame
    dates: tuple[Column, ...]
    tints: Mapping[str, str]


@kept
def matrix(view: View) -> Chart:
    """Groups × dates."""
    labels = {group.code: group.label for group in view.policy.groups}
    return milestone_matrix(view.ask("milestone_group").frame, labels=labels, as_of=view.as_of)


@kept
def curves(view: View) -> Chart:
    """Each group's rate by day against what it owes."""
    labels = {group.code: group.label for group in view.policy.groups}
    daily, groups = view.ask("inventory_daily", level="group"), view.ask("milestone_group")
    return group_curves(daily.frame, groups.frame, labels=labels, as_of=view.as_of)


@kept
def _everyone(view: View) -> Grid:
    asked = ("inventory_institution", "milestone_institution", "forecast_institution")
    institutions, duties, forecast = (view.ask(name).frame for name in asked)
    return grid(institutions, duties, forecast)


def _filtered(view: View, group: str | None, city: str | None, status: str | None, words: str) -> pd.DataFrame:
    return narrowed(_everyone(view).frame, group, city, status, words)


@kept
def count(view: View, group: str | None, city: str | None, status: str | None, words: str) -> int:
    """How many institutions meet every filter given."""
    return len(_filtered(view, group, city, status, words))


@kept
def table(
    view: View, group: str | None, city: str | None, status: str | None, words: str, number: int
) -> Table:  # fmt: skip
    """A page, from 1, of those that meet every filter given."""
    made, rows = _everyone(view), _filtered(view, group, city, status, words)
    institutions, forecast = view.ask("inventory_institution").definition, view.ask("forecast_institution").definition
    columns = [
        *(institutions.column(c) for c in FACTS), *made.dates, institutions.column("gap"),
        *(forecast.column(c) for c in FORECAST),
    ]  # fmt: skip
    look = Look(
        words={"group": {g.code: g.code for g in view.policy.groups}}, bars=frozenset({"inventory_rate"}),
        tints=made.tints, height=620, links={"institution_name": to_institution(view)},
    )  # fmt: skip
    return blocks.tabulate(
        view, address.cut(rows, PAGE, number), columns, title=f"各单位里程碑与预测（{len(rows)} 家，属地）", look=look,
        whole=rows, says="未达标的在前，差得多的在前；周均进度按最近三周计，预测以此推算。",
    )  # fmt: skip


def grid(institutions: pd.DataFrame, duties: pd.DataFrame, forecast: pd.DataFrame) -> Grid:
    """One row per institution with stock, worst and largest first.

    Args:
        institutions: `inventory_institution`; duties: `milestone_institution`; forecast: `forecast_institution`.
    """
    kept = institutions[institutions["stock"] > 0]
    found = kept.merge(forecast, on="institution_id", how="left")
    known = duties[duties["status"] != "none"]
    days = sorted(pd.Timestamp(day).date() for day in known["due_on"].unique())
    columns = tuple(Column(name=f"due_{day}", label=wording.short_day(day), unit="text") for day in days)
    for day, column in zip(days, columns, strict=True):
        due = known[known["due_on"].map(lambda given, day=day: pd.Timestamp(given).date() == day)]
        told = {row["institution_id"]: told_of(row) for row in due.to_dict("records")}
        found[column.name] = found["institution_id"].map(told).fillna("")
        found[f"{column.name}_status"] = found["institution_id"].map(
            dict(zip(due["institution_id"], due["status"], strict=True))
        )
    return Grid(_ordered(found), columns, {c.name: f"{c.name}_status" for c in columns})


def told_of(row: Mapping[Any, Any]) -> str:
    """`◐ 晚 12 天`, `▲ 逾期 33 天`, `○ 应 64 件`: the status of a duty with how late, or how much is due."""
    status = wording.STATUSES[str(row["status"])]
    match row["status"]:
        case "late":
            return f"{status.symbol} 晚 {wording.value(row['days_late'], 'days', with_unit=True)}"
        case "missed":
            return f"{status.symbol} 逾期 {wording.value(row['days_late'], 'days', with_unit=True)}"
        case "open":
            return f"{status.symbol} 应 {wording.value(row['required'], 'patents', with_unit=True)}"
        case _:
            return status.text


def narrowed(frame: pd.DataFrame, group: str | None, city: str | None, status: str | None, words: str) -> pd.DataFrame:
    """The rows that meet every filter given; `words` must stand in the name."""
    kept = frame
    for column, value in (("group", group), ("city_code", city), ("status", status)):
        if value:
            kept = kept[kept[column] == value]
    return kept[kept["institution_name"].str.contains(words, regex=False)] if words else kept


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Missed before open before late before met; within a status, those who are short of most first."""
    order = {status: at for at, status in enumerate(("missed", "open", "late", "met"))}
    return (
        frame.assign(_at=frame["status"].map(order))
        .sort_values(["_at", "gap", "institution_id"], ascending=[True, False, True])
        .drop(columns="_at")
        .reset_index(drop=True)
    )
