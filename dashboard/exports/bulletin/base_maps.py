"""The map of a document: an office's own approved base map, or else the grid of tiles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import yamlfile
from dashboard.charts import maps
from dashboard.charts.chart import Chart
from dashboard.errors import SetupError
from dashboard.exports.pictures import ApprovedMap
from dashboard.places import Places
from dashboard.policy import Policy
from dashboard.yamlfile import Part

BASE_MAP, SETTINGS = "base_map.geojson", "base_map.yaml"
TITLE = "各市盘点率分布"


class MapSettings(Part):
    """What an office says of its base map: the number under which it was approved."""

    approval_number: str


def province_map(
    policy: Policy, places: Places, frame: pd.DataFrame, value: str, unit: str, title: str = TITLE
) -> Chart:
    """The cities by a figure, on the approved base map where `data/` has one, else as a grid of tiles.

    Raises:
        SetupError: see `approved_map`.
    """
    base = approved_map(policy, places)
    if base is None:
        tiles = pd.DataFrame(
            [
                {"city_code": c.code, "short_name": c.short_name, "tile_column": c.tile[0], "tile_row": c.tile[1]}
                for c in policy.cities
            ]
        )
        return maps.tile_grid(frame, tiles, title=title, value=value, unit=unit)
    chart = maps.choropleth(frame, base, title=title, value=value, unit=unit)
    alt = chart.alt.replace(maps.SCHEMATIC, f"审图号：{base.number}")
    return replace(chart, note="", alt=alt, option={**chart.option, "aria": {"enabled": False}})


def approved_map(policy: Policy, places: Places) -> ApprovedMap | None:
    """The office's base map (`data/base_map.geojson` with `data/base_map.yaml`), if it has set one.

    Raises:
        SetupError: there is a map without a number, it lacks a city, or a file cannot be read.
    """
    path, settings = places.data / BASE_MAP, places.data / SETTINGS
    if not path.is_file():
        return None
    if not settings.is_file():
        raise SetupError(f"有底图 {BASE_MAP}，但缺少 {SETTINGS}，请写明 approval_number（审图号）。")
    number = yamlfile.load(settings, MapSettings).approval_number
    try:
        geojson = json.loads(path.read_text(encoding="utf-8"))
        found = {str(f["properties"]["adcode"]): f for f in geojson["features"]}
    except (ValueError, KeyError, TypeError) as error:
        raise SetupError(f"底图 {BASE_MAP} 读不出来：每个要素应当有 properties.adcode（设区市代码）。") from error
    missing = [city.name for city in policy.cities if city.code not in found]
    if missing:
        raise SetupError(f"底图 {BASE_MAP} 缺少{'、'.join(missing)}，请补全（properties.adcode 为设区市代码）。")
    features = [_named(found[city.code], city.name, city.short_name) for city in policy.cities]
    return ApprovedMap("approved", {**geojson, "features": features}, number)


def _named(feature: Mapping[str, Any], name: str, short: str) -> dict[str, Any]:
    return {**feature, "properties": {**feature["properties"], "name": name, "short": short}}
