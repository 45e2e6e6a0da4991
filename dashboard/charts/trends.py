"""The same figure over several snapshots: bump chart, lines, the small line beside a headline figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import Target
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    Row,
    category_axis,
    line_at,
    option,
    plain,
    plotted,
    records,
    room,
    sentence,
    tip,
    value_axis,
)
from dashboard.charts.curves import quiet
from dashboard.wording import ACCENT, INK, INK_SOFT, PAPER, QUIET

if TYPE_CHECKING:
    import plotly.graph_objects as go

TONES = (ACCENT, "#8A6D3B", "#52606D")


def bump(frame: pd.DataFrame, *, title: str, highlight: str | None = None) -> Chart:
    """Ranks of the cities over the snapshots, first on top; names stand at the end of their lines.

    Cities that share a rank end at one point; their names stand below each other, where the ranks after it are free.

    Args:
        frame: `as_of`, `city_name`, `rank`, a row per snapshot and city; cities without any rank are left out.
        highlight: a `city_name` to stand out.
    """
    ranked = frame.dropna(subset=["rank"]).sort_values("as_of", kind="stable")
    weeks = sorted(ranked["as_of"].unique())
    days = [wording.short_day(pd.Timestamp(w)) for w in weeks]
    paths = {str(city): rows for city, rows in ranked.groupby("city_name", sort=False)}
    latest = {city: int(rows.iloc[-1]["rank"]) for city, rows in paths.items()}
    names = sorted(paths, key=lambda city: latest[city])
    series = [_path(city, paths[city], list(weeks), city == highlight) for city in names]
    if names:
        series.append(_ends(names, paths, list(weeks), highlight))
    alt = sentence(title, f"{len(weeks)} 期快照", "最近一期名次：" + "、".join(f"{latest[c]} {c}" for c in names))
    lowest = max(int(ranked["rank"].max()), len(names)) if names else 1
    return Chart(
        title=title,
        unit=wording.UNITS["rank"],
        option=option(
            title,
            wording.UNITS["rank"],
            alt,
            grid={"left": 28, "right": room(names) + 36, "top": 8, "bottom": 26},
            xAxis=category_axis(days, boundaryGap=False),
            yAxis=value_axis(
                inverse=True, min=0.5, max=lowest + 0.5, splitLine={"show": False}, axisLabel={"show": False}
            ),
            series=series,
        ),
        height=lowest * 25 + 44,
        alt=alt,
        frame=frame,
        explore=lambda: _bump_figure(names, paths, highlight, lowest),
    )


def _path(city: str, rows: pd.DataFrame, weeks: Sequence[object], stands_out: bool) -> Option:
    ranks = dict(zip(rows["as_of"], rows["rank"], strict=True))
    known = [at for at, week in enumerate(weeks) if week in ranks]
    colour = ACCENT if stands_out else QUIET
    data: list[Option] = []
    for at, week in enumerate(weeks):
        rank = None if week not in ranks else int(ranks[week])
        item: Option = {"value": rank}
        if at == known[0] < known[-1]:
            item["label"] = {"show": True, "position": "left", "formatter": f"{rank}"}
        data.append(item)
    return {
        "type": "line", "name": plain(city), "data": data, "symbol": "circle", "symbolSize": 8, "clip": False,
        "tooltip": {"formatter": "{a}<br>{b} 第 {c} 位"}, "label": {"show": False, **_ink(stands_out)},
        "z": 4 if stands_out else 2, "lineStyle": {"color": colour, "width": 3.5 if stands_out else 2},
        "itemStyle": {"color": colour, "borderColor": PAPER, "borderWidth": 1, "opacity": 1},
    }  # fmt: skip


def _ink(stands_out: bool) -> Option:
    return {"color": ACCENT if stands_out else INK, "fontWeight": "bold" if stands_out else "normal"}


def _ends(
    names: Sequence[str], paths: Mapping[str, pd.DataFrame], weeks: Sequence[object], highlight: str | None
) -> Option:
    """Rank and name of each city beside the end of its line: points that show nothing else."""
    data: list[Option] = []
    for (week, rank), cities in _ending(names, paths).items():
        for below, city in enumerate(cities):
            label = {"formatter": f"{rank}  {plain(city)}", **_ink(city == highlight)}
            data.append({"value": [weeks.index(week), rank + below], "label": label})
    return {
        "type": "scatter", "data": data, "silent": True, "clip": False, "symbolSize": 8, "z": 5,
        "itemStyle": {"color": "transparent"}, "label": {"show": True, "position": "right"},
    }  # fmt: skip


def _ending(names: Sequence[str], paths: Mapping[str, pd.DataFrame]) -> dict[tuple[object, int], list[str]]:
    """The cities whose lines end at one point, by its week and rank."""
    found: dict[tuple[object, int], list[str]] = {}
    for city in names:
        end = paths[city].iloc[-1]
        found.setdefault((end["as_of"], int(end["rank"])), []).append(city)
    return found


def _bump_figure(
    names: Sequence[str], paths: Mapping[str, pd.DataFrame], highlight: str | None, lowest: int
) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    ends = {cities[0]: "、".join(cities) for cities in _ending(names, paths).values()}
    beside = 36 + 12 * max(map(len, ends.values()), default=0)
    for city in names:
        rows = paths[city]
        colour = ACCENT if city == highlight else QUIET
        figure.add_scatter(
            x=rows["as_of"].tolist(), y=rows["rank"].tolist(), mode="lines+markers+text", name=city,
            text=[""] * (len(rows) - 1) + [ends.get(city, "")], textposition="middle right", cliponaxis=False,
            line={"color": colour, "width": 3 if city == highlight else 1.6}, marker={"color": colour, "size": 8},
            customdata=[[city]] * len(rows), hovertemplate=f"{city} %{{x|%Y-%m-%d}} 第 %{{y}} 位<extra></extra>",
        )  # fmt: skip
    figure.update_yaxes(range=[lowest + 0.5, 0.5], dtick=1, showgrid=False, zeroline=False)
    weeks = sorted({week for rows in paths.values() for week in rows["as_of"]})
    figure.update_xaxes(tickvals=weeks, tickformat="%-m·%-d", showgrid=False)
    return quiet(figure, height=lowest * 25 + 80).update_layout(margin={"l": 32, "r": beside, "t": 12, "b": 32})


def lines(
    frame: pd.DataFrame,
    *,
    title: str,
    columns: Mapping[str, str],
    unit: str,
    target: Target | None = None,
    note: str = "",
) -> Chart:
    """One to three figures of the province (or one city) over the snapshots, named at the end of their lines.

    Args:
        frame: `as_of` and `columns` (column → its words), a row per snapshot.
    """
    rows = records(frame.sort_values("as_of", kind="stable"))
    days = [wording.short_day(pd.Timestamp(row["as_of"])) for row in rows]
    ends = [
        f"{words} {wording.value(next((r[c] for r in reversed(rows) if not wording.is_null(r[c])), None), unit)}"
        for c, words in columns.items()
    ]
    goal = target.text(unit) if target else ""
    unit_text = wording.UNITS.get(unit, "")
    alt = sentence(title, f"{len(rows)} 期快照，最近一期" + "，".join(ends), goal)
    series = [
        _line(rows, column, unit, end, TONES[i % len(TONES)])
        for i, (column, end) in enumerate(zip(columns, ends, strict=True))
    ]
    if target and goal and series:
        series[0]["markLine"] = {**line_at(goal, yAxis=plotted(target.value, unit)), "label": _goal_label(goal)}
    return Chart(
        title=title,
        unit=unit_text,
        option=option(
            title, unit_text, alt,
            grid={"left": 52, "right": room(ends) + 12, "top": 18, "bottom": 26},
            xAxis=category_axis(days, boundaryGap=False, axisLabel={"interval": "auto", "hideOverlap": True}),
            yAxis=value_axis(unit, min=0, splitNumber=4),
            series=series,
        ),
        height=240, alt=alt, frame=frame, note=note,
    )  # fmt: skip


def _goal_label(goal: str) -> Option:
    return {"formatter": plain(goal), "color": INK, "fontSize": SIZE, "position": "insideStartTop"}


def _line(rows: Sequence[Row], column: str, unit: str, end: str, colour: str) -> Option:
    known = [i for i, row in enumerate(rows) if not wording.is_null(row[column])]
    data = [
        {
            "value": plotted(row[column], unit),
            "tooltip": tip(wording.day(row["as_of"]), wording.value(row[column], unit, with_unit=True)),
            **(
                {
                    "label": {
                        "show": True,
                        "position": "right",
                        "formatter": plain(end),
                        "color": colour,
                        "fontSize": SIZE,
                    }
                }
                if known and i == known[-1]
                else {}
            ),
        }
        for i, row in enumerate(rows)
    ]
    return {
        "type": "line", "data": data, "symbol": "circle", "symbolSize": 6, "clip": False,
        "labelLayout": {"moveOverlap": "shiftY"}, "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": 2.2},
    }  # fmt: skip


def sparkline(values: Sequence[float | None], *, title: str, unit: str) -> Chart:
    """The small line beside a headline figure: no axes, the latest point marked.

    Args:
        values: one a snapshot, oldest first; None leaves a gap.
    """
    shown = [plotted(v, unit) for v in values]
    known = [v for v in shown if v is not None]
    now = wording.value(next((v for v in reversed(values) if not wording.is_null(v)), None), unit, with_unit=True)
    alt = sentence(f"{title}走势", f"{len(known)} 期，最近 {now}")
    low, high = min(known, default=0.0), max(known, default=1.0)
    pad = (high - low) * 0.15 or 1.0
    places = [str(i) for i in range(len(shown))]
    last = max((i for i, v in enumerate(shown) if v is not None), default=-1)
    data = [
        {"value": v, "symbolSize": 6 if i == last else 0, "itemStyle": {"color": ACCENT}} for i, v in enumerate(shown)
    ]
    unit_text = wording.UNITS.get(unit, "")
    return Chart(
        title=title,
        unit=unit_text,
        option=option(
            title, unit_text, alt,
            grid={"left": 4, "right": 6, "top": 6, "bottom": 4},
            tooltip={"show": False},
            xAxis={"type": "category", "show": False, "boundaryGap": False, "data": places},
            yAxis={"type": "value", "show": False, "min": low - pad, "max": high + pad},
            series=[{"type": "line", "silent": True, "symbol": "circle", "data": data,
                     "lineStyle": {"color": INK_SOFT, "width": 1.6}}],
        ),
        height=40, alt=alt, frame=pd.DataFrame({title: list(values)}),
    )  # fmt: skip
