"""ECharts without a browser: an option goes in, SVG comes out.

The library (assets/echarts.min.js, Apache-2.0, see LICENSE and NOTICE beside it) runs in a JavaScript engine inside
this process: quickjs where it has a wheel, else mini-racer. One engine a process, loaded at the first picture; calls
from several threads take their turn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from dashboard.charts.chart import Chart
from dashboard.wording import FONTS

LIBRARY = Path(__file__).parent / "assets" / "echarts.min.js"
FAMILY = "Noto Sans CJK SC"
FAMILIES = f"{FAMILY},Microsoft YaHei,PingFang SC,WenQuanYi Micro Hei,sans-serif"

_BEFORE = "function setTimeout() { return 0; } function clearTimeout() {}\n"
_DRAW = """
function draw(option, width, height, map, geojson) {
    if (map) { echarts.registerMap(map, JSON.parse(geojson)); }
    var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
    chart.setOption(JSON.parse(option));
    var drawn = chart.renderToSVGString();
    chart.dispose();
    return drawn;
}
"""
_FOR_SCREENS = re.compile(
    r' (?:ecmeta_\w+="[^"]*"|class="zr\d+-cls-\d+"|pointer-events="\w+")|<style ?>\s*<!\[CDATA\[.*?\]\]>\s*</style>',
    re.DOTALL,
)
"""What a web page needs to answer a mouse; numbered through a process, so no two drawings would be the same."""
_NAMES = re.compile(r'(id="|url\(#)zr\d+-')
_LOCK = Lock()

Draw = Callable[[str, int, int, str, str], str]


def draw(chart: Chart, width: int) -> str:
    """The chart as an SVG document of `width` by `chart.height` pixels, without heading or source."""
    option = json.dumps(_without_quotes(chart.option), ensure_ascii=False, allow_nan=False, default=str)
    name, geojson = (chart.map.name, json.dumps(chart.map.geojson)) if chart.map else ("", "")
    drawn = _engine()(option, width, chart.height, name, geojson)
    return _NAMES.sub(r"\1zr-", _FOR_SCREENS.sub("", drawn))


def _without_quotes(part: Any) -> Any:
    """The option with font families unquoted: ECharts writes them into an attribute as they are."""
    match part:
        case dict():
            return {key: _without_quotes(value) for key, value in part.items()}
        case list() | tuple():
            return [_without_quotes(value) for value in part]
        case str() if part == FONTS:
            return FAMILIES
        case _:
            return part


def _engine() -> Draw:
    with _LOCK:
        return _load()


@cache
def _load() -> Draw:
    source = _BEFORE + LIBRARY.read_text(encoding="utf-8") + _DRAW
    try:
        return with_quickjs(source)
    except ModuleNotFoundError:
        return with_mini_racer(source)


def with_quickjs(source: str) -> Draw:
    """`draw` of `source` in quickjs; it runs on a thread of its own, so calls queue."""
    import quickjs

    function: Draw = quickjs.Function("draw", source)
    return function


def with_mini_racer(source: str) -> Draw:
    """`draw` of `source` in mini-racer, for Pythons that quickjs has no wheel for."""
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    engine.eval(source)
    lock = Lock()

    def call(option: str, width: int, height: int, name: str, geojson: str) -> str:
        with lock:
            return str(engine.call("draw", option, width, height, name, geojson))

    return call
