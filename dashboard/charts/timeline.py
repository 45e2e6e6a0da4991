"""The milestone line: the plan's dates in one row, with who has met them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    option,
    plain,
    records,
    sentence,
    status_sign,
    status_styles,
    tip,
)
from dashboard.charts.milestones import COUNTED
from dashboard.wording import ACCENT, INK, INK_SOFT, PAPER, RULE, STATUSES


def milestone_line(groups: pd.DataFrame, *, as_of: date, enterprises: pd.DataFrame | None = None) -> Chart:
    """The plan's dates on a line, evenly spaced, with the as-of date marked and each group's statuses counted.

    Args:
        groups: `milestone_group`: `group`, `due_on`, `share`, `met`, `late`, `missed`, `open` (institutions).
        enterprises: `label`, `due_on`, `share` of enterprises' obligations, and `status` where it is known.
    """
    title = "里程碑"
    due = _duties(groups, enterprises)
    days = sorted(due)
    today = _position(as_of, days)
    series: list[Option] = [
        {"type": "line", "silent": True, "symbol": "none", "lineStyle": {"color": RULE, "width": 3},
         "data": [[-0.5, 0], [len(days) - 0.5, 0]]},
        {
            "type": "scatter",
            "symbolSize": 15,
            "data": [_point(i, day, due[day], as_of) for i, day in enumerate(days)],
            "markLine": _today(today, as_of),
        },
    ]  # fmt: skip
    tallest = max((sum(rich.count("\n") + 1 for _, rich in lines) for lines in due.values()), default=1)
    words = [f"{_when(day, as_of)}：" + "，".join(text for text, _ in due[day]) for day in days]
    alt = sentence(f"里程碑，数据截至 {as_of}", *words)
    return Chart(
        title=title,
        unit=wording.UNITS["institutions"],
        option=option(
            title,
            wording.UNITS["institutions"],
            alt,
            grid={"left": 8, "right": 8, "top": 8, "bottom": 8},
            xAxis={"type": "value", "show": False, "min": -0.5, "max": len(days) - 0.5},
            yAxis={"type": "value", "show": False, "min": -(tallest * 19 + 18), "max": 46},
            series=series,
        ),
        height=tallest * 19 + 90,
        alt=alt,
        frame=groups,
    )


def _duties(groups: pd.DataFrame, enterprises: pd.DataFrame | None) -> dict[date, list[tuple[str, str]]]:
    """Lines under each date: as plain text and as a label with coloured symbols."""
    due: dict[date, list[tuple[str, str]]] = {}
    for row in records(groups):
        share = wording.share(row["share"])
        counts = [(s, int(row[s])) for s in COUNTED if row[s]]
        text = f"{row['group']} 应 {share}："
        signs = "  ".join(f"{{{s}|{STATUSES[s].symbol}}}{n}" for s, n in counts) or wording.NULL
        said = "、".join(f"{STATUSES[s].label} {n} 家" for s, n in counts) or "无单位"
        due.setdefault(wording.as_day(row["due_on"]), []).append((text + said, plain(text) + signs))
    for row in [] if enterprises is None else records(enterprises):
        share = wording.share(row["share"])
        text = f"{row['label']} 应 {share}"
        status = row.get("status")
        said = "" if wording.is_null(status) else f" {STATUSES[str(status)].label}"
        rich = plain(f"{row['label']}\n应 {share} ") + status_sign(status)
        due.setdefault(wording.as_day(row["due_on"]), []).append((text + said, rich))
    return due


def _point(at: int, day: date, lines: Sequence[tuple[str, str]], as_of: date) -> Option:
    past = day < as_of
    label = "\n".join(
        [f"{{date|{wording.short_day(day)}}}  {{soft|{wording.days_left(day, as_of)}}}", *(rich for _, rich in lines)]
    )
    return {
        "value": [at, 0],
        "itemStyle": {"color": ACCENT if past else PAPER, "borderColor": ACCENT, "borderWidth": 2, "opacity": 1},
        "label": {
            "show": True,
            "position": "bottom",
            "distance": 6,
            "formatter": label,
            "color": INK,
            "lineHeight": 18,
            "rich": {
                **status_styles(),
                "date": {"fontWeight": "bold", "fontSize": 14, "color": INK},
                "soft": {"color": INK_SOFT, "fontSize": SIZE - 1},
            },
        },
        "tooltip": tip(_when(day, as_of), *(text for text, _ in lines)),
    }


def _today(position: float, as_of: date) -> Option:
    return {
        "silent": True,
        "symbol": ["none", "triangle"],
        "symbolSize": 8,
        "lineStyle": {"color": INK, "type": "solid", "width": 1.2},
        "label": {
            "show": True,
            "position": "start",
            "formatter": f"截至 {as_of}",
            "color": INK,
            "fontWeight": "bold",
            "fontSize": SIZE,
        },
        "data": [[{"coord": [position, 26]}, {"coord": [position, 3]}]],
    }


def _position(as_of: date, days: Sequence[date]) -> float:
    """Where a day stands among evenly spaced dates; days outside stand half a step off."""
    if not days or as_of < days[0]:
        return -0.34
    for i, (before, after) in enumerate(pairwise(days)):
        if before <= as_of < after:
            return i + (as_of - before).days / (after - before).days
    return len(days) - 1 + (0.0 if as_of == days[-1] else 0.34)


def _when(day: date, as_of: date) -> str:
    return f"{day}（{wording.days_left(day, as_of)}）"
