"""Figures by month as columns side by side: what was granted and entered, what was assessed and advised against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    Row,
    category_axis,
    option,
    records,
    sentence,
    tip,
    value_axis,
)
from dashboard.wording import ACCENT, INK, QUIET

TONES = (QUIET, ACCENT, "#C9A66B")
LABELLED = 8
"""Months up to which each column carries its number."""


def month_bars(
    frame: pd.DataFrame,
    *,
    title: str,
    columns: Mapping[str, str],
    unit: str,
    rate: str | None = None,
    note: str = "",
) -> Chart:
    """Up to three columns a month (`columns`: column → its words), with a share of them under the month.

    Args:
        frame: `month` (YYYY-MM), `columns` and `rate`, a row per month.
        rate: column of a fraction that is written under each month.
    """
    rows = records(frame.sort_values("month", kind="stable"))
    many = len({str(row["month"])[:4] for row in rows}) > 1
    shares = [f"\n{wording.value(row[rate], 'rate')}" if rate else "" for row in rows]
    names = [_month(str(row["month"]), many) + share for row, share in zip(rows, shares, strict=True)]
    sums = {words: sum(row[c] for row in rows) for c, words in columns.items()}
    totals = [f"{words} {wording.value(whole, unit, with_unit=True)}" for words, whole in sums.items()]
    span = f"{rows[0]['month']} 至 {rows[-1]['month']}" if rows else "没有可显示的数据"
    unit_text = wording.UNITS.get(unit, "")
    alt = sentence(title, span, *(totals if rows else ()))
    return Chart(
        title=title,
        unit=unit_text,
        option=option(
            title, unit_text, alt,
            legend={"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 10, "data": list(columns.values())},
            grid={"left": 48, "right": 8, "top": 34, "bottom": 42 if rate else 24},
            xAxis=category_axis(names, axisLabel={"lineHeight": SIZE + 5}),
            yAxis=value_axis(min=0, splitNumber=4, minInterval=1, boundaryGap=[0, "10%"]),
            series=[
                _series(rows, column, words, unit, TONES[i % len(TONES)], shown=len(rows) <= LABELLED)
                for i, (column, words) in enumerate(columns.items())
            ],
        ),
        height=280, alt=alt, frame=frame, note=note,
    )  # fmt: skip


def _month(month: str, with_year: bool) -> str:
    year, number = month.split("-")
    return f"{year[2:]}·{int(number)}" if with_year else f"{int(number)}月"


def _series(rows: Sequence[Row], column: str, words: str, unit: str, colour: str, *, shown: bool) -> Option:
    return {
        "type": "bar", "name": words, "barGap": "4%", "barCategoryGap": "32%", "barMaxWidth": 34,
        "itemStyle": {"color": colour},
        "label": {"show": shown, "position": "top", "color": INK, "fontSize": SIZE - 1},
        "data": [
            {"value": int(row[column]),
             **({"label": {"formatter": wording.value(row[column], unit)}} if shown else {}),
             "tooltip": tip(str(row["month"]), f"{words} {wording.value(row[column], unit, with_unit=True)}")}
            for row in rows
        ],
    }  # fmt: skip
