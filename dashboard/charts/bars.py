"""Horizontal bars with their values beside them: the form of every ranking and profile."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import (
    ROW,
    SIZE,
    Chart,
    Option,
    Row,
    category_axis,
    ends,
    line_at,
    option,
    plotted,
    records,
    room,
    sentence,
    status_sign,
    status_styles,
    styled,
    tip,
    value_axis,
)
from dashboard.wording import ACCENT, INK, INK_SOFT, QUIET

LONGEST_NAME = 200
RANK_ROOM, MOVED_ROOM = 18, 30
STANDING: dict[str, Option] = {
    "rank": {"width": RANK_ROOM, "align": "right", "color": INK},
    "moved": {"width": MOVED_ROOM, "align": "center", "color": INK_SOFT, "fontSize": SIZE - 1},
    "name": {"align": "right", "color": INK},
}


@dataclass(frozen=True)
class Target:
    """A line to reach: its name (`应达`) and its value in the unit of the bars."""

    name: str
    value: float | None

    def text(self, unit: str) -> str:
        return f"{self.name} {wording.value(self.value, unit)}" if not wording.is_null(self.value) else ""


def bars(
    frame: pd.DataFrame,
    *,
    title: str,
    name: str,
    value: str,
    unit: str,
    target: Target | None = None,
    highlight: str | None = None,
    status: str | None = None,
    labels: Sequence[str] | None = None,
    texts: Sequence[str] | None = None,
    sort: bool = True,
    note: str = "",
) -> Chart:
    """Bars of `frame[value]`, one a row, largest on top (in the frame's order with `sort=False`), nulls last.

    Args:
        name: column of what each bar is, shown on the axis unless `labels` has a text for each row, in the styles
            of `STANDING`.
        unit: a unit of `wording`; rates are fractions.
        highlight: the name whose bar stands out; without one all bars do.
        status: column of status codes, whose symbols follow the values.
        texts: what stands beside each bar; without them its value.
    """
    rows = _labelled(records(frame), name, labels, texts)
    if sort:
        rows.sort(key=lambda row: -math.inf if wording.is_null(row[value]) else float(row[value]), reverse=True)
    said = [_said(row, value, unit) for row in rows]
    goal = target.text(unit) if target else ""
    unit_text = wording.UNITS.get(unit, "")
    alt = sentence(title, ends(rows, name, value, unit), goal)
    top = _top(rows, value, unit, target)
    drawn = {
        "type": "bar",
        "barWidth": "62%",
        "z": 3,
        "data": [_bar(row, name, value, unit, highlight) for row in rows],
        **({"markLine": line_at(goal, xAxis=plotted(target.value, unit))} if target and goal else {}),
    }
    names = [str(row["_label"]) for row in rows]
    left = min(_standing_room(rows, name) if labels else room(names), LONGEST_NAME)
    wide = room(said)
    return Chart(
        title=title,
        unit=unit_text,
        option=option(
            title,
            unit_text,
            alt,
            grid={"left": left + 6, "right": wide + (30 if status else 10), "top": 24 if goal else 6, "bottom": 6},
            xAxis=value_axis(unit, show=False, min=0, max=top),
            yAxis=category_axis(
                names,
                inverse=True,
                is_rich=labels is not None,
                axisLine={"show": False},
                axisLabel={
                    "width": left,
                    "overflow": "truncate",
                    **({"rich": _standing(rows, name)} if labels else {}),
                },
            ),
            series=[drawn, _column(rows, said, name, status, highlight, top, wide)],
        ),
        height=max(len(rows), 1) * ROW + (40 if goal else 20),
        alt=alt,
        frame=frame,
        note=note,
    )


def _labelled(rows: Sequence[Row], name: str, labels: Sequence[str] | None, texts: Sequence[str] | None) -> list[Row]:
    """The rows with what each is called on the axis and what stands beside its bar (None: its value)."""
    called = labels or [row[name] for row in rows]
    said = texts if texts is not None else [None] * len(rows)
    return [{**row, "_label": label, "_text": text} for row, label, text in zip(rows, called, said, strict=True)]


def _said(row: Row, value: str, unit: str) -> str:
    return wording.value(row[value], unit) if wording.is_null(row["_text"]) else str(row["_text"])


def _standing_room(rows: Sequence[Row], name: str) -> int:
    return RANK_ROOM + MOVED_ROOM + room([str(row[name]) for row in rows])


def _standing(rows: Sequence[Row], name: str) -> Option:
    """`STANDING` with room for the longest name, so that ranks and movements stand in columns."""
    return {**STANDING, "name": {**STANDING["name"], "width": room([str(row[name]) for row in rows]) - 4}}


def _bar(row: Row, name: str, value: str, unit: str, highlight: str | None) -> Option:
    stands_out = highlight is None or row[name] == highlight
    return {
        "value": plotted(row[value], unit) or 0,
        "itemStyle": {"color": ACCENT if stands_out else QUIET},
        "tooltip": tip(str(row[name]), wording.value(row[value], unit, with_unit=True)),
    }


def _column(
    rows: Sequence[Row],
    said: Sequence[str],
    name: str,
    status: str | None,
    highlight: str | None,
    top: float,
    wide: int,
) -> Option:
    """The values as a column of right-aligned text behind the bars, so that they line up and cross no line."""
    plain: Option = {"width": wide - 8, "align": "right", "color": INK}
    styles = {"value": plain, "bold": {**plain, "fontWeight": "bold"}, **(status_styles() if status else {})}
    return {
        "type": "bar",
        "barGap": "-100%",
        "barWidth": "62%",
        "silent": True,
        "itemStyle": {"color": "transparent"},
        "data": [
            {
                "value": top,
                "label": {
                    "show": True,
                    "position": "right",
                    "formatter": styled("bold" if row[name] == highlight else "value", text)
                    + (f"  {status_sign(row[status])}" if status else ""),
                    "color": INK,
                    "rich": styles,
                },
            }
            for row, text in zip(rows, said, strict=True)
        ],
    }


def _top(rows: Sequence[Row], value: str, unit: str, target: Target | None) -> float:
    """The end of the axis: the largest of bars and target, so that the line is never cut off."""
    values = [plotted(row[value], unit) or 0.0 for row in rows]
    goal = plotted(target.value, unit) or 0.0 if target else 0.0
    return max([*values, goal * 1.02, 1e-9])


def grouped(
    frame: pd.DataFrame, *, title: str, name: str, columns: Mapping[str, str], unit: str, note: str = ""
) -> Chart:
    """Two or three bars a row (`columns`: column → its words), the first in the accent; in the frame's order."""
    rows = records(frame)
    tones = (QUIET, ACCENT, "#C9A66B")
    names = [str(row[name]) for row in rows]
    left = min(room(names), LONGEST_NAME)
    unit_text = wording.UNITS.get(unit, "")
    alt = sentence(title, *(f"{words}{ends(rows, name, column, unit)}" for column, words in columns.items()))
    series: list[Option] = [
        {
            "type": "bar",
            "name": words,
            "barGap": "8%",
            "itemStyle": {"color": tones[i]},
            "data": [
                {
                    "value": plotted(row[column], unit) or 0,
                    "label": {
                        "show": True,
                        "position": "right",
                        "formatter": f"{words} {wording.value(row[column], unit)}",
                        "color": INK_SOFT,
                        "fontSize": SIZE - 1,
                    },
                    "tooltip": tip(str(row[name]), f"{words} {wording.value(row[column], unit, with_unit=True)}"),
                }
                for row in rows
            ],
        }
        for i, (column, words) in enumerate(columns.items())
    ]
    widest = [f"{words} {wording.value(row[column], unit)}" for row in rows for column, words in columns.items()]
    return Chart(
        title=title,
        unit=unit_text,
        option=option(
            title,
            unit_text,
            alt,
            grid={"left": left + 6, "right": room(widest, SIZE - 1) + 8, "top": 6, "bottom": 6},
            xAxis=value_axis(unit, show=False, min=0, max="dataMax"),
            yAxis=category_axis(
                names, inverse=True, axisLine={"show": False}, axisLabel={"width": left, "overflow": "truncate"}
            ),
            series=series,
        ),
        height=max(len(rows), 1) * (16 * len(columns) + 10) + 20,
        alt=alt,
        frame=frame,
        note=note,
    )
