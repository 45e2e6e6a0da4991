"""Institutions × milestones as the rows of one table: what each owed by each date, how late, and what is forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.metrics import Column


@dataclass(frozen=True)
class Grid:
    """Rows to show; a column per date (its text) with the column of its status, by which it is tinted."""

    frame: pd.DataFrame
    dates: tuple[Column, ...]
    tints: Mapping[str, str]


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
