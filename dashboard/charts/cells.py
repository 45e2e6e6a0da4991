"""Cells in rows and columns, each with a text on a tint: tile grids and matrices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import Option, plotted, tip
from dashboard.wording import INK, PAPER, RAMP


@dataclass(frozen=True)
class Shade:
    """A class of cells: its words (for the key), its tint, and the colour of text that reads on it."""

    words: str
    tint: str
    ink: str = INK


@dataclass(frozen=True)
class Cell:
    """A cell: where it is (from 0, row 0 on top), its class, its text, its tooltip's lines."""

    column: int
    row: int
    shade: int
    text: str
    tip: tuple[str, ...]


NOTHING = Shade("—", "#F5F6F8", wording.INK_SOFT)
STATUS_SHADES: Mapping[str, Shade] = {code: Shade(s.text, s.tint) for code, s in wording.STATUSES.items()}


def shades(values: Sequence[object], unit: str) -> tuple[list[Shade], list[int]]:
    """Five equal classes from the lowest to the highest value, with the class of each; nulls are class 0."""
    known = [v for v in (plotted(value, unit) for value in values) if v is not None]
    if not known:
        return [NOTHING], [0 for _ in values]
    low, high = min(known), max(known)
    step = (high - low) / len(RAMP) or 1.0
    bounds = [(low + i * step, low + (i + 1) * step) for i in range(len(RAMP))] if high > low else [(low, high)]
    tints = RAMP if high > low else RAMP[2:3]
    classes = [
        Shade(f"{_short(a, unit)}–{_short(b, unit)}", tint, PAPER if tint in RAMP[3:] else INK)
        for (a, b), tint in zip(bounds, tints, strict=True)
    ]
    at = [_class(plotted(value, unit), low, step, len(classes)) for value in values]
    return [NOTHING, *classes], at


def _class(value: float | None, low: float, step: float, count: int) -> int:
    return 0 if value is None else min(int((value - low) / step), count - 1) + 1


def _short(bound: float, unit: str) -> str:
    return wording.value(bound / 100 if unit == "rate" else bound, unit)


def series(cells: Sequence[Cell], classes: Sequence[Shade], size: int) -> Option:
    """The cells as a heat map series (over two category axes)."""
    return {
        "type": "heatmap",
        "itemStyle": {"borderColor": PAPER, "borderWidth": 2, "borderRadius": 3},
        "emphasis": {"disabled": True},
        "data": [
            {
                "value": [cell.column, cell.row, cell.shade],
                "label": {
                    "show": True,
                    "formatter": cell.text,
                    "color": classes[cell.shade].ink,
                    "fontSize": size,
                    "lineHeight": size + 5,
                },
                "tooltip": tip(*cell.tip),
            }
            for cell in cells
        ],
    }


def key(classes: Sequence[Shade], *, show: bool = True, used: set[int] | None = None) -> Option:
    """The classes as ECharts' visual map; it draws the key below when `show`."""
    return {
        "type": "piecewise",
        "show": show,
        "dimension": 2,
        "orient": "horizontal",
        "left": "center",
        "bottom": 0,
        "itemWidth": 14,
        "itemHeight": 12,
        "itemGap": 10,
        "textGap": 4,
        "selectedMode": False,
        "textStyle": {"color": wording.INK_SOFT, "fontSize": 11},
        "pieces": [
            {"value": i, "label": shade.words, "color": shade.tint}
            for i, shade in enumerate(classes)
            if used is None or i in used
        ],
    }


def known(frame: pd.DataFrame, column: str) -> list[object]:
    """The values of a column as plain objects."""
    return list(frame[column].astype(object))
