"""The province's five headline figures, from its metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import wording
from dashboard.metrics import Result
from dashboard.ui.data import View, kept
from dashboard.ui.headline import Figure, change_of

ABSENT = "本快照缺少该数据表"


@kept
def province_figures(view: View, scope: str) -> tuple[Figure, ...]:
    """盘点率, 企业评价率, 活动达标城市, 转让许可, 入库率.

    The first and the last follow `scope`, the others are the whole province's.
    """
    narrowed = f"（{wording.SCOPES[scope]}）" if scope != "territory" else ""
    inventory = view.ask("inventory_province", scope=scope)
    return (
        _rate(view, inventory, "inventory_rate", "approved", "stock", narrowed, scope=scope),
        _rate(view, view.ask("evaluation_province"), "evaluation_rate", "evaluated", "matched", ""),
        _events(view),
        _filings(view),
        _rate(view, inventory, "listing_rate", "listed", "approved", narrowed, scope=scope),
    )


def first(result: Result) -> Mapping[str, Any]:
    """The only row of a metric that has one."""
    return {str(name): value for name, value in result.frame.iloc[0].items()}


def _rate(view: View, result: Result, column: str, part: str, whole: str, narrowed: str, **parameters: Any) -> Figure:
    row, metric = first(result), result.definition
    course = view.course(metric.name, column, **parameters)
    unit = metric.column(whole).unit
    made = f"{wording.value(row[part], unit)} / {wording.value(row[whole], unit, with_unit=True)}"
    if wording.is_null(row[whole]):
        made = ABSENT
    return Figure(
        label=metric.column(column).label + narrowed,
        value=wording.value(row[column], "rate"),
        unit="",
        change=change_of(course, "rate"),
        note=made,
        course=course,
        metrics=(metric.name,),
    )


def _events(view: View) -> Figure:
    result = view.ask("events_province")
    row = first(result)
    course = view.course("events_province", "cities_met")
    held = f"{wording.value(row['counted'], 'events', with_unit=True)}，每市应 {row['target']} 场"
    return Figure(
        label=result.definition.column("cities_met").label,
        value=wording.value(row["cities_met"], "count"),
        unit=f"/ {row['cities']} 市",
        change=change_of(course, "count"),
        note=ABSENT if wording.is_null(row["counted"]) else held,
        course=course,
        metrics=("events_province", "events_city"),
    )


def _filings(view: View) -> Figure:
    result = view.ask("filings_province")
    row = first(result)
    course = view.course("filings_province", "patents")
    return Figure(
        label=f"{view.as_of.year} 年转让许可",
        value=wording.value(row["patents"], "patents"),
        unit=wording.UNITS["patents"],
        change=f"同比 {wording.value(row['yoy'], 'rate', signed=True)}",
        note=ABSENT if wording.is_null(row["patents"]) else f"较上期 {change_of(course, 'patents')}",
        course=course,
        metrics=("filings_province", "filings_city"),
    )
