"""Has each city held its events: cities against the target with pace, and a calendar."""

from __future__ import annotations

import json
from functools import cache

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import Target, bars
from dashboard.charts.chart import Chart, Option, option, sentence, tip
from dashboard.wording import FONTS, INK_SOFT, PAPER, RAMP, RULE

MONTHS = [f"{m}月" for m in range(1, 13)]
WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"]


def event_bars(
    frame: pd.DataFrame,
    *,
    target: int,
    pace: int | None,
    highlight: str | None = None,
    title: str = "各市对接活动场次",
) -> Chart:
    """Counted events of each city against the year's target, with the pace due by the as-of date.

    Args:
        frame: `events_city`: `city_name`, `counted`, `status`, `rank`.
        target: events a city and year.
        pace: whole events due by now (`attention`'s threshold); None once the year is over.
    """
    chart = bars(
        frame,
        title=title,
        name="city_name",
        value="counted",
        unit="events",
        target=Target("全年应达", target),
        highlight=highlight,
        status="status",
    )
    if pace is None or pace == target:
        return chart
    series = chart.option["series"][0]
    at_pace = {
        "xAxis": pace,
        "lineStyle": {"color": INK_SOFT, "type": "dotted", "width": 1.2},
        "label": {"formatter": f"现应 {pace}", "color": INK_SOFT, "position": "start", "distance": 4},
    }
    series["markLine"]["data"].append(at_pace)
    return chart


def calendar(frame: pd.DataFrame, *, year: int, title: str = "对接活动日历") -> Chart:
    """Events by day of a year, darker for more.

    Args:
        frame: `day` and `events`, days with events only.
    """
    days = [(str(pd.Timestamp(d).date()), int(n)) for d, n in zip(frame["day"], frame["events"], strict=True)]
    most = max((n for _, n in days), default=1)
    busiest = max(days, key=lambda found: found[1], default=None)
    alt = sentence(
        f"{year} 年{title}",
        f"{sum(n for _, n in days)} 场，分布在 {len(days)} 天",
        f"最多的一天是 {busiest[0]}，{busiest[1]} 场" if busiest else "",
    )
    pieces = [
        {"value": n, "label": f"{n} 场", "color": RAMP[min(n, len(RAMP) - 1)]} for n in range(1, min(most, 3) + 1)
    ]
    if most > 3:
        pieces.append({"gte": 4, "label": "4 场及以上", "color": RAMP[-1]})
    series = {
        "type": "heatmap",
        "coordinateSystem": "calendar",
        "data": [{"value": [day, n], "tooltip": tip(f"{day} {n} 场")} for day, n in days],
    }
    return Chart(
        title=title,
        unit=wording.UNITS["events"],
        option=option(
            title,
            wording.UNITS["events"],
            alt,
            calendar=[_coordinate(year)],
            visualMap={
                "type": "piecewise", "pieces": pieces, "orient": "horizontal", "left": "center", "bottom": 0,
                "itemWidth": 14, "itemHeight": 12, "selectedMode": False,
                "textStyle": {"color": INK_SOFT, "fontSize": 11},
            },
            series=[series],
        ),
        height=190,
        alt=alt,
        frame=frame,
    )  # fmt: skip


@cache
def _coordinate(year: int) -> Option:
    """The days of a year, as pyecharts lays them out, in our dress."""
    # Its tables of places take long to read, so it waits for the first calendar.
    from pyecharts import options as opts
    from pyecharts.charts import Calendar

    drawn = Calendar()
    place = {"pos_top": "24", "pos_left": "30", "pos_right": "8", "pos_bottom": "34"}
    hidden = opts.CalendarYearLabelOpts(is_show=False)
    drawn.add("", [], calendar_opts=opts.CalendarOpts(range_=str(year), yearlabel_opts=hidden, **place))
    return {**json.loads(drawn.dump_options_with_quotes())["calendar"][0], **_dress()}


def _dress() -> dict[str, object]:
    """The look of the calendar: pale days, white rules, Chinese labels."""
    label = {"color": INK_SOFT, "fontSize": 11, "fontFamily": FONTS}
    return {
        "cellSize": ["auto", "auto"],
        "itemStyle": {"color": "#F5F6F8", "borderColor": PAPER, "borderWidth": 2},
        "splitLine": {"lineStyle": {"color": RULE, "width": 1}},
        "dayLabel": {**label, "firstDay": 1, "nameMap": WEEKDAYS},
        "monthLabel": {**label, "nameMap": MONTHS},
    }


def kind_bars(frame: pd.DataFrame, *, title: str, name: str) -> Chart:
    """Events by kind or by level; `frame`: `name`, `events`."""
    return bars(frame, title=title, name=name, value="events", unit="events")
