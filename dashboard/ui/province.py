"""The province as a grid of tiles or a schematic map, by one figure of the cities."""

from __future__ import annotations

import html
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.charts import maps
from dashboard.charts.chart import Chart, Map
from dashboard.errors import SetupError
from dashboard.exports.bulletin.base_maps import BASE_MAP, SETTINGS, province_map
from dashboard.places import Places
from dashboard.ui import address
from dashboard.ui.data import View, kept

VIEWS = {"tiles": "方格图", "map": "示意地图"}


def switch(view: View) -> str:
    """方格图 or 示意地图, bound to the address; nothing to choose where no base map holds all cities of the plan."""
    if not _base(view):
        return "tiles"
    return address.segments("map", "图形", list(VIEWS), "tiles", text=VIEWS.__getitem__)


@kept
def province_chart(view: View, scope: str, measure: str, kind: str) -> Chart:
    """The cities' `measure` as tiles, or on the base map where `kind` asks for it and there is one."""
    base = _base(view) if kind == "map" else None
    if base is None:
        return _without_key(tiles(view, scope, measure))
    cities = view.ask("inventory_city", scope=scope)
    column = cities.definition.column(measure)
    drawn = maps.choropleth(cities.frame, base, title=f"{column.label}分布", value=measure, unit=column.unit)
    return _small_map(view, drawn, cities.frame)


@kept
def tiles(view: View, scope: str, measure: str) -> Chart:
    """The cities' `measure` as tiles with their key."""
    cities = view.ask("inventory_city", scope=scope)
    column = cities.definition.column(measure)
    title = f"{column.label}分布"
    return maps.tile_grid(cities.frame, _tiles(view), title=title, value=measure, unit=column.unit)


def published(view: View, scope: str, measure: str) -> Chart:
    """What leaves the screen: the office's approved base map with its 审图号 if it has set one, else the tiles."""
    files = [Places.at().data / name for name in (BASE_MAP, SETTINGS)]
    changed = tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)
    try:
        return _published(view, scope, measure, changed)
    except SetupError as error:
        st.html(f'<div class="zl-says">{html.escape(str(error))}导出暂用方格图。</div>')
        return tiles(view, scope, measure)


@kept
def _published(view: View, scope: str, measure: str, changed: tuple[int, ...]) -> Chart:
    """The same, for as long as the office's files stay as they were `changed`."""
    cities = view.ask("inventory_city", scope=scope)
    column = cities.definition.column(measure)
    title = f"{column.label}分布"
    return province_map(view.policy, Places.at(), cities.frame, measure, column.unit, title)


def _without_key(drawn: Chart) -> Chart:
    """Each tile says its number, so beside other charts the key only takes room."""
    option = {**drawn.option, "visualMap": {**drawn.option["visualMap"], "show": False}}
    return replace(drawn, option={**option, "grid": {**drawn.option["grid"], "bottom": 4}})


def _small_map(view: View, drawn: Chart, frame: pd.DataFrame) -> Chart:
    """The map beside other charts: short names only, since the numbers stand in the bars and under the pointer."""
    short = {city.code: city.short_name for city in view.policy.cities}
    series = drawn.option["series"][0]
    data = [
        {**item, "label": {**item["label"], "formatter": short[code]}}
        for item, code in zip(series["data"], frame["city_code"], strict=True)
    ]
    key = {**drawn.option["visualMap"], "show": False}
    return replace(drawn, option={**drawn.option, "visualMap": key, "series": [{**series, "data": data, "bottom": 4}]})


def _tiles(view: View) -> pd.DataFrame:
    return pd.DataFrame(
        [(c.code, c.short_name, *c.tile) for c in view.policy.cities],
        columns=["city_code", "short_name", "tile_column", "tile_row"],
    )


def _base(view: View) -> Map | None:
    return _base_map(tuple(c.code for c in view.policy.cities))


@st.cache_resource(max_entries=2, show_spinner=False)
def _base_map(codes: tuple[str, ...]) -> Map | None:
    return maps.base_map(Places.at().own("reference/map"), codes)
