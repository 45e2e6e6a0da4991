"""One city beside the province: the figures that say where it stands, gathered from their metrics."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.ui.data import View
from dashboard.ui.figures import first

METRICS = ("inventory_city", "inventory_province", "evaluation_city", "events_city", "ranking_city")


def scorecard_rows(view: View, city: str, scope: str, year: int) -> pd.DataFrame:
    """`label`, `unit`, `city`, `province`: rates beside the province's own, events beside the mean of its cities."""
    inventory, whole = view.ask("inventory_city", scope=scope), first(view.ask("inventory_province", scope=scope))
    own = _city(inventory.frame, city)
    rates = [
        (inventory.definition.column(name).label, "rate", own[name], whole[name])
        for name in ("inventory_rate", "required_rate", "listing_rate")
    ]
    pairs = view.ask("evaluation_city").frame
    evaluated = (_pooled(pairs[pairs["city_code"] == city]), first(view.ask("evaluation_province"))["evaluation_rate"])
    events = view.ask("events_city", year=year)
    counted = events.frame["counted"]
    return pd.DataFrame(
        [
            *rates,
            ("企业评价率", "rate", *evaluated),
            (f"{year} 年计数活动（全省为市均）", "events", _city(events.frame, city)["counted"], counted.mean()),
        ],
        columns=["label", "unit", "city", "province"],
    ).astype({"city": object, "province": object})


def _city(frame: pd.DataFrame, city: str) -> dict[str, Any]:
    return {str(name): value for name, value in frame[frame["city_code"] == city].iloc[0].items()}


def _pooled(pairs: pd.DataFrame) -> float | None:
    """The rate over both groups of a city's enterprises; None when nothing was matched, or nobody knows."""
    matched = pairs["matched"].sum()
    return float(pairs["evaluated"].sum() / matched) if matched else None
