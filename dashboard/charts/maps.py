"""The province as a grid of tiles, and, where a base map is there, as a schematic map."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.charts import cells
from dashboard.charts.cells import Cell
from dashboard.charts.chart import (
    Chart,
    Map,
    Row,
    category_axis,
    ends,
    option,
    plain,
    records,
    sentence,
    tip,
)
from dashboard.wording import INK, PAPER

SCHEMATIC = "示意图，无审图号，不得公开使用"


def tile_grid(frame: pd.DataFrame, tiles: pd.DataFrame, *, title: str, value: str, unit: str) -> Chart:
    """A tile per city, where it roughly lies, darker for more.

    Args:
        frame: `city_code`, `city_name`, `value`; `status` is shown where it is there.
        tiles: the policy's `plan_cities`: `city_code`, `short_name`, `tile_column`, `tile_row` (from 0).
    """
    shown = tiles.merge(frame, on="city_code", how="left", suffixes=("_tile", ""))
    classes, at = cells.shades(cells.known(shown, value), unit)
    rows = records(shown)
    drawn = [
        Cell(
            column=int(row["tile_column"]),
            row=int(row["tile_row"]),
            shade=shade,
            text=plain(f"{row['short_name']}\n{wording.value(row[value], unit)}") + _sign(row),
            tip=(str(row["city_name"]), wording.value(row[value], unit, with_unit=True), _status(row)),
        )
        for row, shade in zip(rows, at, strict=True)
    ]
    columns, lines = int(shown["tile_column"].max()) + 1, int(shown["tile_row"].max()) + 1
    alt = sentence(f"{title}，方格示意", ends(records(frame), "city_name", value, unit))
    unit_text = wording.UNITS.get(unit, "")
    return Chart(
        title=title,
        unit=unit_text,
        option=option(
            title,
            unit_text,
            alt,
            grid={"left": 4, "right": 4, "top": 4, "bottom": 28},
            xAxis=category_axis([str(i) for i in range(columns)], show=False),
            yAxis=category_axis([str(i) for i in range(lines)], show=False, inverse=True),
            visualMap=cells.key(classes, used=set(at)),
            series=[cells.series(drawn, classes, 12)],
        ),
        height=lines * 72 + 36,
        alt=alt,
        frame=frame,
        note="方格只示意相对位置。",
    )


def base_map(folder: Path, city_codes: Collection[str]) -> Map | None:
    """The base map in `folder` whose features (`adcode`) are all the cities asked for; None if there is none.

    Source: data/reference/map/README.md (Apache ECharts 4.9.0, Apache-2.0; schematic, without 审图号).
    """
    for path in sorted(folder.glob("*.geojson")):
        geojson = json.loads(path.read_text(encoding="utf-8"))
        if set(city_codes) <= {str(f["properties"].get("adcode")) for f in geojson["features"]}:
            return Map(path.stem, {**geojson, "features": [_labelled(f) for f in geojson["features"]]})
    return None


def _labelled(feature: Mapping[str, Any]) -> dict[str, Any]:
    """The feature with its label (`cp`) in the middle of its largest part; seats of cities lie too close together."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    largest = max((_centre(part[0]) for part in parts), key=lambda found: found[0])
    return {**feature, "properties": {**feature["properties"], "cp": [round(c, 3) for c in largest[1:]]}}


def _centre(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Area and centroid of a ring (in degrees: good enough to place a label)."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross / 6, y + (y0 + y1) * cross / 6
    return abs(area), x / area, y / area


def choropleth(frame: pd.DataFrame, base: Map, *, title: str, value: str, unit: str) -> Chart:
    """The cities on a schematic base map, for the internal screen only; `frame` as for `tile_grid`."""
    features = {str(f["properties"]["adcode"]): f["properties"] for f in base.geojson["features"]}
    classes, at = cells.shades(cells.known(frame, value), unit)
    rows = records(frame)
    data = [
        {
            "name": features[str(row["city_code"])]["name"],
            "value": shade,
            "label": {
                "formatter": plain(f"{features[str(row['city_code'])]['short']}\n{wording.value(row[value], unit)}"),
                "color": classes[shade].ink,
            },
            "tooltip": tip(str(row["city_name"]), wording.value(row[value], unit, with_unit=True), _status(row)),
        }
        for row, shade in zip(rows, at, strict=True)
    ]
    alt = sentence(f"{title}，{SCHEMATIC}", ends(rows, "city_name", value, unit))
    unit_text = wording.UNITS.get(unit, "")
    series = {
        "type": "map",
        "map": base.name,
        "roam": False,
        "selectedMode": False,
        "top": 4,
        "bottom": 34,
        "label": {"show": True, "fontSize": 10, "lineHeight": 12, "color": INK},
        "itemStyle": {"borderColor": PAPER, "borderWidth": 1.2},
        "emphasis": {"disabled": True},
        "data": data,
    }
    visual_map = {key: part for key, part in cells.key(classes, used=set(at)).items() if key != "dimension"}
    return Chart(
        title=title,
        unit=unit_text,
        option=option(title, unit_text, alt, visualMap=visual_map, series=[series]),
        height=520,
        alt=alt,
        frame=frame,
        note=f"{SCHEMATIC}。",
        map=base,
    )


def _status(row: Row) -> str:
    return "" if wording.is_null(row.get("status")) else wording.value(row["status"], "status")


def _sign(row: Row) -> str:
    return f" {wording.STATUSES[row['status']].symbol}" if _status(row) and row["status"] != "none" else ""
