"""Are new grants inventoried: the cities' rates with what they are made of."""

from __future__ import annotations

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import Target, bars
from dashboard.charts.chart import Chart, Row, records


def rate_bars(frame: pd.DataFrame, *, target: Target | None = None, highlight: str | None = None) -> Chart:
    """The share of each city's new grants that are in the library, with numerator and denominator.

    Args:
        frame: `increment_city`: `city_name`, `inventory_rate`, `approved`, `granted`.
        target: a line to compare with, the province's own rate.
    """
    texts = [_made(row) for row in records(frame)]
    return bars(
        frame, title="各市增量盘点率", name="city_name", value="inventory_rate", unit="rate", target=target,
        highlight=highlight, texts=texts, note="括号内为已入库件数／新授权件数；没有新授权的市为 —。",
    )  # fmt: skip


def _made(row: Row) -> str:
    if not row["granted"]:
        return wording.NULL
    return (
        f"{wording.value(row['inventory_rate'], 'rate')}（{wording.value(row['approved'], 'patents')}"
        f"/{wording.value(row['granted'], 'patents')}）"
    )
