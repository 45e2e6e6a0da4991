"""Headline figures from metrics of one row: counts and rates with their change and course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import wording
from dashboard.ui.data import View
from dashboard.ui.figures import first
from dashboard.ui.headline import Figure, change_of


def count(view: View, name: str, column: str, *more: str, label: str = "", note: str = "", **parameters: Any) -> Figure:
    """A count of the one-row metric `name`.

    Args:
        more: metrics to define besides.
        label: instead of the column's own.
        note: what it is made of.
    """
    result = view.ask(name, **parameters)
    found = result.definition.column(column)
    course = view.course(name, column, **parameters)
    return Figure(
        label=label or found.label,
        value=wording.value(first(result)[column], found.unit),
        unit=wording.UNITS.get(found.unit, ""),
        change=compared(change_of(course, found.unit)),
        note=note,
        course=course,
        metrics=(name, *more),
    )


def rate(view: View, name: str, column: str, part: str, whole: str, *more: str, **parameters: Any) -> Figure:
    """A rate of the one-row metric `name`, with numerator and denominator under it."""
    result = view.ask(name, **parameters)
    row, metric = first(result), result.definition
    course = view.course(name, column, **parameters)
    unit = metric.column(whole).unit
    return Figure(
        label=metric.column(column).label,
        value=wording.value(row[column], "rate"),
        unit="",
        change=compared(change_of(course, "rate")),
        note=f"{wording.value(row[part], unit)} / {wording.value(row[whole], unit, with_unit=True)}",
        course=course,
        metrics=(name, *more),
    )


def of_province(figures: Sequence[Figure], city: str | None) -> tuple[Figure, ...]:
    """The figures, said to be the province's where the page looks at one city."""
    return tuple(replace(figure, label=f"全省{figure.label}") for figure in figures) if city else tuple(figures)


def compared(change: str) -> str:
    """`较上期 ＋37 件`."""
    return f"较上期 {change}"
