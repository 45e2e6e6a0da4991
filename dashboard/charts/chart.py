"""What every chart is, and the few pieces that all are built from.

A chart is a value: an ECharts option (plain JSON: no functions, no HTML from data) with what a page or an export
needs beside it. Its `title` component is hidden: a page writes its own heading, an exported picture shows it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.extensions import ExtensionDtype

from dashboard import wording
from dashboard.wording import ACCENT, FONTS, INK, INK_SOFT, RULE

if TYPE_CHECKING:
    import plotly.graph_objects as go

Option = dict[str, Any]
Row = Mapping[str, Any]

SIZE = 12
ROW = 24


@dataclass(frozen=True, eq=False)
class Map:
    """A map to register with ECharts before the option is drawn."""

    name: str
    geojson: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart to show or to export.

    Attributes:
        title, unit: what a heading above it says.
        option: the ECharts option.
        height: pixels at which labels have room; the width is the page's (640 to 1300).
        alt: what it shows in words, from the plotted data.
        frame: the rows that are drawn, for the table beside it and for CSV and XLSX.
        note: a sentence that must stand under it, on a page and in an export.
        explore: makes the Plotly figure of the same rows (hover, zoom, selection), where that helps.
        map: to be registered first, for the schematic map only.
    """

    title: str
    unit: str
    option: Option
    height: int
    alt: str
    frame: pd.DataFrame = field(repr=False)
    note: str = ""
    explore: Callable[[], go.Figure] | None = field(default=None, repr=False)
    map: Map | None = field(default=None, repr=False)

    @cached_property
    def figure(self) -> go.Figure | None:
        """The figure to explore, made when first asked for: an export never does, and Plotly is slow to import."""
        return self.explore() if self.explore else None


def option(title: str, unit: str, alt: str, *, headings: Sequence[Option] = (), **parts: Any) -> Option:
    """An option with what all have in common: no animation, fonts, description, hidden title; `parts` are added.

    `headings` are titles of panels, shown in the chart; the hidden title stays the first. What all items of a series
    say alike is said once, for the series: an option goes to the browser as text, and that is half of it.
    """
    if "series" in parts:
        parts["series"] = [_said_once(series) for series in parts["series"]]
    return {
        "animation": False,
        "backgroundColor": "transparent",
        "textStyle": {"fontFamily": FONTS, "fontSize": SIZE, "color": INK},
        "title": [{"show": False, "text": title, "subtext": f"单位：{unit}" if unit else ""}, *headings],
        "aria": {"enabled": True, "label": {"description": alt}},
        "tooltip": {"trigger": "item", "confine": True, "textStyle": {"color": INK, "fontSize": SIZE}},
        "color": [ACCENT],
        **parts,
    }


def _said_once(series: Option) -> Option:
    """The series with what the labels (and item styles) of all its items have in common moved to its own."""
    items = series.get("data", [])
    for part in ("label", "itemStyle"):
        own: list[Option] = [item[part] for item in items if isinstance(item, dict) and item.get(part)]
        if len(own) < 2 or len(own) < len(items):
            continue
        first = own[0]
        common = {k: v for k, v in first.items() if k != "formatter" and all(p.get(k) == v for p in own)}
        items = [_without(item, part, common) for item in items]
        series = {**series, part: {**series.get(part, {}), **common}, "data": items}
    return series


def _without(item: Option, part: str, common: Option) -> Option:
    rest = {k: v for k, v in item[part].items() if k not in common}
    return {k: v for k, v in item.items() if k != part} | ({part: rest} if rest else {})


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, by column name; a null of a pandas type is None.

    As `to_dict("records")` gives them, in a third of its time: every chart begins with this.
    """
    names = [str(name) for name in frame.columns]
    columns = [_values(column) for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series[Any]) -> list[Any]:
    values = column.tolist()
    return (
        [None if value is pd.NA else value for value in values] if isinstance(column.dtype, ExtensionDtype) else values
    )


def plain(text: str) -> str:
    """Text from data for a label: braces would be read as a template or a style."""
    return text.replace("{", "｛").replace("}", "｝")


def tip(*lines: str) -> Option:
    """The tooltip of one data item; ECharts writes it as HTML, so the text is escaped."""
    return {"formatter": "<br>".join(html.escape(plain(line)) for line in lines if line)}


def styled(style: str, text: str) -> str:
    """A piece of a label in a rich style."""
    return f"{{{style}|{plain(text)}}}"


def status_styles() -> dict[str, Option]:
    """Rich styles by status code, for symbols inside labels."""
    return {s.code: {"color": s.colour, "fontSize": SIZE + 1} for s in wording.STATUSES.values()}


def status_sign(code: Any) -> str:
    """The coloured symbol of a status inside a label; nothing for null."""
    return "" if wording.is_null(code) else styled(str(code), wording.STATUSES[str(code)].symbol)


def plotted(value: Any, unit: str) -> float | None:
    """A value on an axis: rates in percent; null is null."""
    if wording.is_null(value):
        return None
    return round(float(value) * (100 if unit == "rate" else 1), 6)


def room(texts: Sequence[str], size: int = SIZE) -> int:
    """Pixels that the widest of the texts takes."""
    return round(max((wording.width(t) for t in texts), default=0) * size * 0.54) + 8


def category_axis(names: Sequence[str], *, is_rich: bool = False, **parts: Any) -> Option:
    """An axis of names, all of them shown, without ticks; `is_rich` names carry styles of `axisLabel.rich`."""
    label = {"interval": 0, "color": INK, "fontSize": SIZE, **parts.pop("axisLabel", {})}
    return {
        "type": "category",
        "data": list(names) if is_rich else [plain(n) for n in names],
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": RULE}},
        "axisLabel": label,
        **parts,
    }


def value_axis(unit: str = "", **parts: Any) -> Option:
    """An axis of numbers with light lines; rates run in percent."""
    label = {"color": INK_SOFT, "fontSize": SIZE - 1, "formatter": "{value}%" if unit == "rate" else "{value}"}
    return {
        "type": "value",
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"lineStyle": {"color": "#EDF0F3"}},
        "axisLabel": {**label, **parts.pop("axisLabel", {})},
        **parts,
    }


def time_axis(**parts: Any) -> Option:
    """An axis of days, labelled month·day."""
    label = {"color": INK_SOFT, "fontSize": SIZE - 1, "formatter": "{M}·{d}", "hideOverlap": True}
    return {
        "type": "time",
        "axisLine": {"lineStyle": {"color": RULE}},
        "axisTick": {"show": False},
        "splitLine": {"show": False},
        "axisLabel": {**label, **parts.pop("axisLabel", {})},
        **parts,
    }


def line_at(name: str, **where: Any) -> Option:
    """A named line across the plot (`xAxis` or `yAxis` = value in axis units): a target or a day."""
    return {
        "silent": True,
        "symbol": "none",
        "lineStyle": {"color": INK, "type": "dashed", "width": 1.2},
        "label": {"formatter": plain(name), "color": INK, "fontSize": SIZE, "position": "start", "distance": 4},
        "data": [where],
    }


def end_of_stack(stack: str, texts: Sequence[str], bold: int | None = None) -> Option:
    """An invisible last part of stacked bars, which carries a text beside each; that of bar `bold` stands out."""
    plain_label = {"show": True, "position": "right", "color": INK}
    return {
        "type": "bar", "stack": stack, "silent": True, "itemStyle": {"color": "transparent"}, "label": plain_label,
        "data": [
            {"value": 0, "label": {"formatter": text, "fontWeight": "bold" if at == bold else "normal"}}
            for at, text in enumerate(texts)
        ],
    }  # fmt: skip


def ends(rows: Sequence[Row], name: str, value: str, unit: str) -> str:
    """Highest and lowest in words: `最高镇江市 78.8%，最低徐州市 41.5%`; says so when there is nothing."""
    known = sorted((row for row in rows if not wording.is_null(row[value])), key=lambda row: float(row[value]))
    said = [f"{row[name]} {wording.value(row[value], unit, with_unit=True)}" for row in (*known[-1:], *known[:1])]
    if len(known) < 2:
        return said[0] if said else "没有可显示的数据"
    return f"最高{said[0]}，最低{said[1]}"


def sentence(title: str, *parts: str) -> str:
    """An alt text: title, then what there is to say."""
    return f"{title}：" + "；".join(p for p in parts if p) + "。"
