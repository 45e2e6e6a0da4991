"""Cities side by side: ranked bars, one city's scorecard, the composite's parts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import Target, bars
from dashboard.charts.chart import (
    ROW,
    SIZE,
    Chart,
    Option,
    Row,
    category_axis,
    end_of_stack,
    ends,
    option,
    plotted,
    records,
    room,
    sentence,
    styled,
    tip,
    value_axis,
)
from dashboard.wording import ACCENT, INK, PAPER, PARTS


def city_bars(
    frame: pd.DataFrame,
    *,
    title: str,
    value: str,
    unit: str,
    target: Target | None = None,
    highlight: str | None = None,
    note: str = "",
) -> Chart:
    """Cities ranked by one figure.

    Args:
        frame: a row per city: `city_name`, `value`; `rank`, `rank_change`, `status` are shown where they are there.
        target: drawn as a named line, for instance `Target("应达", 0.61)`.
        highlight: a `city_name` to stand out.
    """
    return bars(
        frame,
        title=title,
        name="city_name",
        value=value,
        unit=unit,
        target=target,
        highlight=highlight,
        status="status" if "status" in frame else None,
        labels=[_standing(row) for row in records(frame)],
        note=note,
    )


def _standing(row: Row) -> str:
    """`1 ↑2 镇江市` in columns: rank, movement and name, as far as they are known."""
    rank = "" if "rank" not in row else styled("rank", wording.value(row["rank"], "rank"))
    moved = "" if "rank_change" not in row else styled("moved", wording.movement(row["rank_change"]))
    return rank + moved + styled("name", str(row["city_name"]))


def scorecard(frame: pd.DataFrame, *, city: str, province: str) -> Chart:
    """One city beside the province, a bar per figure with the province's value as a tick.

    Args:
        frame: `label`, `unit`, `city`, `province`, in the order to show. Rates run to 100 %; any other figure to the
            larger of the two, so lengths compare within a row only, and each row says its numbers.
    """
    title = f"{city}与{province}对照"
    rows = records(frame)
    texts = [
        f"{wording.value(r['city'], r['unit'], with_unit=True)}（{province} {wording.value(r['province'], r['unit'])}）"
        for r in rows
    ]
    alt = sentence(title, *(f"{r['label']} {text}" for r, text in zip(rows, texts, strict=True)))
    lengths = [_lengths(r["city"], r["province"], r["unit"]) for r in rows]
    names = [str(r["label"]) for r in rows]
    city_series: Option = {
        "type": "bar",
        "barWidth": "50%",
        "itemStyle": {"color": ACCENT},
        "showBackground": True,
        "backgroundStyle": {"color": "#F3F5F8"},
        "data": [
            {"value": mine, "tooltip": tip(name, text)}
            for (mine, _), name, text in zip(lengths, names, texts, strict=True)
        ],
    }
    tick: Option = {
        "type": "scatter",
        "symbol": "rect",
        "symbolSize": [3, 20],
        "itemStyle": {"color": INK},
        "data": [
            {"value": [theirs, i], "tooltip": tip(names[i], texts[i])}
            for i, (_, theirs) in enumerate(lengths)
            if theirs is not None
        ],
    }
    words: Option = {
        "type": "bar",
        "barGap": "-100%",
        "barWidth": "50%",
        "silent": True,
        "itemStyle": {"color": "transparent"},
        "data": [
            {"value": 1, "label": {"show": True, "position": "right", "formatter": text, "color": INK}}
            for text in texts
        ],
    }
    return Chart(
        title=title,
        unit="",
        option=option(
            title,
            "",
            alt,
            grid={"left": room(names) + 6, "right": room(texts) + 8, "top": 6, "bottom": 6},
            xAxis=value_axis(show=False, min=0, max=1),
            yAxis=category_axis(names, inverse=True, axisLine={"show": False}),
            series=[city_series, words, tick],
        ),
        height=len(rows) * (ROW + 8) + 16,
        alt=alt,
        frame=frame,
        note=f"竖线为{province}；比率按 100% 满格，其他指标按两者中较大的一个满格。",
    )


def _lengths(mine: object, theirs: object, unit: str) -> tuple[float | None, float | None]:
    values = [None if wording.is_null(v) else float(str(v)) for v in (mine, theirs)]
    full = 1.0 if unit == "rate" else max((v for v in values if v is not None), default=0.0)
    first, second = (None if v is None else min(1.0, v / full) if full > 0 else 0.0 for v in values)
    return first, second


def composite(frame: pd.DataFrame, *, weights: Mapping[str, float], highlight: str | None = None) -> Chart:
    """The composite score as stacked parts, best city on top.

    Args:
        frame: `ranking_city`: `city_name`, `inventory_score` … `products_score` and `score` (0 to 100).
        weights: by part (`inventory` …); a part without a score has none, the rest are rescaled.
    """
    title = "综合得分及构成（参考）"
    shown = frame.sort_values("score", ascending=False, kind="stable", na_position="last")
    rows = records(shown)
    parts = [_contributions(row, weights) for row in rows]
    totals = [wording.value(row["score"], "score") for row in rows]
    names = [str(row["city_name"]) for row in rows]
    series: list[Option] = [
        {
            "type": "bar",
            "stack": "score",
            "name": words,
            "barWidth": "66%",
            "itemStyle": {"color": PARTS[i % len(PARTS)], "borderColor": PAPER, "borderWidth": 1},
            "data": [
                {
                    "value": share[part],
                    "label": {
                        "show": (share[part] or 0) >= 6,
                        "formatter": wording.value(share[part], "score"),
                        "color": INK if i in (1, 2, 3) else PAPER,
                        "fontSize": SIZE - 1,
                    },
                    "tooltip": {"formatter": "{b}<br>{a}得分 " + _told(rows[at], part, share[part])},
                }
                for at, share in enumerate(parts)
            ],
        }
        for i, (part, words) in enumerate(wording.SCORES.items())
    ]
    series.append(end_of_stack("score", totals, names.index(highlight) if highlight in names else None))
    alt = sentence(title, ends(rows, "city_name", "score", "score"), "方案未规定综合评分公式，仅供参考")
    return Chart(
        title=title,
        unit=wording.UNITS["score"],
        option=option(
            title,
            wording.UNITS["score"],
            alt,
            legend={"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 10, "data": list(wording.SCORES.values())},
            grid={"left": room(names) + 6, "right": 56, "top": 30, "bottom": 6},
            xAxis=value_axis(show=False, min=0, max=100),
            yAxis=category_axis(names, inverse=True, axisLine={"show": False}),
            series=series,
        ),
        height=len(rows) * ROW + 44,
        alt=alt,
        frame=frame,
        note="参考：方案未规定综合评分公式。缺少的部分不占权重，其余按比例折算。",
    )


def _told(row: Row, part: str, share: float | None) -> str:
    return f"{wording.value(row[f'{part}_score'], 'score')}<br>计入综合 {wording.value(share, 'score')}"


def _contributions(row: Row, weights: Mapping[str, float]) -> dict[str, float | None]:
    scores = {part: plotted(row[f"{part}_score"], "score") for part in wording.SCORES}
    total = sum(weights[part] for part, score in scores.items() if score is not None)
    return {
        part: None if score is None or total == 0 else round(score * weights[part] / total, 6)
        for part, score in scores.items()
    }
