"""What there is to transfer: value × maturity, and the plan's routes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import wording
from dashboard.charts import cells
from dashboard.charts.bars import bars
from dashboard.charts.cells import Cell
from dashboard.charts.chart import (
    Chart,
    Row,
    category_axis,
    option,
    records,
    room,
    sentence,
)

LONG = len("10,000")
"""Characters of a count from which a cell holds it only in smaller type."""


def value_maturity(frame: pd.DataFrame, *, maturities: Sequence[str], high_from: str, pool_stars: int) -> Chart:
    """Patents by stars (rows, five on top) and maturity (columns, in the plan's order).

    Args:
        frame: `stars` (0 is without any), `maturity` (null is not stated), `patents`; combinations that occur.
        maturities: the plan's levels; `high_from` is the first that counts as high, `pool_stars` the
            stars from which the plan pools.
    """
    title = "价值与成熟度"
    columns = [*maturities, "未填"]
    stars = list(range(5, -1, -1))
    counts = _counts(frame)
    where = [(star, level) for star in stars for level in columns]
    values = [counts.get(key) for key in where]
    classes, at = cells.shades(values, "patents")
    drawn = [
        Cell(
            column=columns.index(level),
            row=stars.index(star),
            shade=shade,
            text=wording.value(count or 0, "patents"),
            tip=(f"{_stars(star)}，{level}", wording.value(count or 0, "patents", with_unit=True)),
        )
        for (star, level), count, shade in zip(where, values, at, strict=True)
    ]
    high = maturities[maturities.index(high_from) :]
    ready = sum(n for (star, level), n in counts.items() if star >= pool_stars and level in high)
    total = sum(counts.values())
    alt = sentence(title, f"共 {total:,} 件", f"{pool_stars} 星及以上且成熟度在{high_from}及以上的 {ready:,} 件")
    names = [_stars(s) for s in stars]
    return Chart(
        title=title,
        unit=wording.UNITS["patents"],
        option=option(
            title,
            wording.UNITS["patents"],
            alt,
            grid={"left": room(names) + 6, "right": 6, "top": 28, "bottom": 6},
            xAxis=category_axis(columns, position="top", axisLine={"show": False}),
            yAxis=category_axis(names, inverse=True, axisLine={"show": False}),
            visualMap=cells.key(classes, show=False),
            series=[cells.series(drawn, classes, 12 if max(len(cell.text) for cell in drawn) < LONG else 10)],
        ),
        height=len(stars) * 38 + 40,
        alt=alt,
        frame=frame,
        note=f"成熟度从{high_from}起为高。",
    )


def _counts(frame: pd.DataFrame) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for row in records(frame):
        star = 0 if wording.is_null(row["stars"]) else int(row["stars"])
        level = "未填" if wording.is_null(row["maturity"]) else str(row["maturity"])
        found[star, level] = found.get((star, level), 0) + int(row["patents"])
    return found


def _stars(star: int) -> str:
    return f"{star} 星" if star else "未评星"


def route_bars(frame: pd.DataFrame) -> Chart:
    """Listed stock patents by the plan's routes, in its order; `frame`: `routes`."""
    texts = [_route(row) for row in records(frame)]
    return bars(
        frame,
        title="转化路径",
        name="label",
        value="patents",
        unit="patents",
        texts=texts,
        sort=False,
        note="每件只归第一个符合的路径。",
    )


def _route(row: Row) -> str:
    return (
        f"{wording.value(row['patents'], 'patents')}（{wording.value(row['share'], 'rate')}，"
        f"4 星及以上 {wording.value(row['stars_4_up'], 'patents')}）"
    )
