"""Progress day by day against the steps that are due: of the groups, or of one institution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    option,
    plain,
    plotted,
    sentence,
    time_axis,
    tip,
    value_axis,
)
from dashboard.wording import ACCENT, FONTS, INK, INK_SOFT, PAPER

if TYPE_CHECKING:
    import plotly.graph_objects as go

GAP = 3.0


def group_curves(
    daily: pd.DataFrame,
    duties: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    as_of: date,
    title: str = "各组盘点率与应达进度",
) -> Chart:
    """The rate of each group by day beside its stepped target, a panel per group on one scale.

    Args:
        daily: `inventory_daily` at level group: `key`, `day`, `rate` (fractions).
        duties: `milestone_group`: `group`, `due_on`, `share`.
        labels: the policy's words for the group codes, in its order.
    """
    panels = [
        _Panel(words, daily[daily["key"] == code], duties[duties["group"] == code], as_of)
        for code, words in labels.items()
        if (duties["group"] == code).any()
    ]
    return _panels(title, panels, daily, as_of)


def institution_curve(daily: pd.DataFrame, duties: pd.DataFrame, *, name: str, as_of: date) -> Chart:
    """One institution's rate by day beside its stepped target.

    Args:
        daily: `day`, `rate`, from its first approval on.
        duties: `due_on`, `share` of its obligations.
    """
    return _panels(f"{name}盘点率与应达进度", [_Panel(name, daily, duties, as_of)], daily, as_of)


class _Panel:
    """A curve and its steps on one axis of days."""

    def __init__(self, words: str, daily: pd.DataFrame, duties: pd.DataFrame, as_of: date) -> None:
        self.words = words
        ordered = daily.sort_values("day")
        self.points = [
            (str(pd.Timestamp(d).date()), plotted(r, "rate"))
            for d, r in zip(ordered["day"], ordered["rate"], strict=True)
        ]
        self.duties = [
            (str(pd.Timestamp(d).date()), plotted(s, "rate") or 0.0)
            for d, s in sorted(zip(duties["due_on"], duties["share"], strict=True))
        ]
        known = [day for day, _ in self.points + self.duties] + [str(as_of)]
        self.first, self.last = min(known), max(known)

    def steps(self, first: str, last: str) -> list[tuple[str, float]]:
        """Corners of the target: it holds the share before until each date, and the last one to the end."""
        reached = self.duties[-1][1] if self.duties else 0.0
        return [(first, 0.0), *self.duties, (last, reached)]

    def now(self) -> str:
        known = [rate for _, rate in self.points if rate is not None]
        return wording.value(known[-1] / 100, "rate") if known else wording.NULL


def _panels(title: str, panels: Sequence[_Panel], frame: pd.DataFrame, as_of: date) -> Chart:
    first = min((p.first for p in panels), default=str(as_of))
    last = max((p.last for p in panels), default=str(as_of))
    count = max(len(panels), 1)
    share = (100 - GAP * (count - 1)) / count
    grids: list[Option] = []
    headings: list[Option] = []
    series: list[Option] = []
    for i, panel in enumerate(panels):
        left = i * (share + GAP)
        grids.append({"left": f"{left + 1}%", "width": f"{share - 2}%", "top": 66, "bottom": 26})
        headings.append(
            {
                "text": plain(panel.words), "left": f"{left + 1}%", "top": 4,
                "textStyle": {"fontSize": SIZE + 1, "color": INK, "width": 190, "overflow": "truncate"},
                "subtext": f"现为 {panel.now()}", "itemGap": 4,
                "subtextStyle": {"fontSize": SIZE + 1, "color": ACCENT, "fontWeight": "bold"},
            }
        )  # fmt: skip
        series += _series(panel, i, first, last)
    words = [
        f"{p.words}现为 {p.now()}，应达" + "、".join(f"{day} {share:g}%" for day, share in p.duties) for p in panels
    ]
    alt = sentence(title, *words)
    rate = value_axis("rate", min=0, max=100, interval=25)
    return Chart(
        title=title,
        unit=wording.UNITS["rate"],
        option=option(
            title, wording.UNITS["rate"], alt,
            headings=headings, grid=grids,
            xAxis=[time_axis(gridIndex=i, min=first, max=last, splitNumber=3) for i in range(count)],
            yAxis=[
                {**rate, "gridIndex": i, "axisLabel": {**rate["axisLabel"], "inside": True, "verticalAlign": "bottom",
                 "color": INK_SOFT, "fontSize": 10, "margin": 0, "showMinLabel": False}, "z": 3}
                for i in range(count)
            ],
            series=series,
        ),
        height=310,
        alt=alt,
        frame=frame,
        explore=lambda: _figure(panels, first, last),
    )  # fmt: skip


def _series(panel: _Panel, i: int, first: str, last: str) -> list[Option]:
    axes: dict[str, Any] = {"xAxisIndex": i, "yAxisIndex": i}
    steps: Option = {
        "type": "line", "name": "应达", **axes, "step": "end", "symbol": "circle", "symbolSize": 5, "clip": False,
        "lineStyle": {"color": INK, "type": "dashed", "width": 1.2}, "itemStyle": {"color": INK},
        "data": [
            {
                "value": [day, share],
                "symbol": "circle" if 0 < at <= len(panel.duties) else "none",
                "label": {
                    "show": 0 < at <= len(panel.duties), "position": "top", "color": INK, "fontSize": SIZE - 1,
                    "textBorderColor": PAPER, "textBorderWidth": 3,
                    "align": "right" if day > _middle(first, last) else "center",
                    "formatter": f"{wording.short_day(day)} 应达 {share:g}%",
                },
                "tooltip": tip(panel.words, f"{day} 应达 {share:g}%"),
            }
            for at, (day, share) in enumerate(panel.steps(first, last))
        ],
    }  # fmt: skip
    curve: Option = {
        "type": "line", **axes, "symbol": "circle", "symbolSize": 6, "showSymbol": False, "clip": False,
        "lineStyle": {"color": ACCENT, "width": 2.4}, "itemStyle": {"color": ACCENT},
        "areaStyle": {"color": ACCENT, "opacity": 0.08},
        "data": [
            {"value": [day, rate], "tooltip": tip(panel.words, f"{day} {_percent(rate)}")} for day, rate in panel.points
        ],
    }  # fmt: skip
    return [curve, steps]


def _middle(first: str, last: str) -> str:
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    return str(a + (b - a) * 0.5)


def _percent(rate: float | None) -> str:
    return wording.value(None if rate is None else rate / 100, "rate")


def _figure(panels: Sequence[_Panel], first: str, last: str) -> go.Figure:
    """The same panels in Plotly, to hover and to zoom."""
    from plotly.subplots import make_subplots

    figure = make_subplots(
        rows=1,
        cols=max(len(panels), 1),
        shared_yaxes=True,
        horizontal_spacing=0.03,
        subplot_titles=[p.words for p in panels],
    )
    for i, panel in enumerate(panels, 1):
        steps = panel.steps(first, last)
        figure.add_scatter(
            x=[d for d, _ in steps], y=[s for _, s in steps], row=1, col=i, name="应达", mode="lines",
            line={"color": INK, "dash": "dash", "width": 1.2, "shape": "hv"},
            hovertemplate="%{x} 应达 %{y}%<extra></extra>",
        )  # fmt: skip
        figure.add_scatter(
            x=[d for d, _ in panel.points], y=[r for _, r in panel.points], row=1, col=i, name="盘点率", mode="lines",
            line={"color": ACCENT, "width": 2.4}, hovertemplate="%{x} %{y:.1f}%<extra></extra>",
        )  # fmt: skip
    figure.update_yaxes(range=[0, 105], ticksuffix="%", gridcolor="#EDF0F3", zeroline=False)
    figure.update_xaxes(range=[first, last], tickformat="%-m·%-d", showgrid=False)
    figure.update_annotations(font_size=SIZE + 1)
    return quiet(figure, height=320)


def quiet(figure: go.Figure, *, height: int) -> go.Figure:
    """A Plotly figure in the same dress as the ECharts options."""
    return figure.update_layout(
        template="none", height=height, showlegend=False, dragmode="zoom", hoverlabel={"font": {"family": FONTS}},
        font={"family": FONTS, "size": SIZE, "color": INK}, margin={"l": 48, "r": 16, "t": 36, "b": 36},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip
