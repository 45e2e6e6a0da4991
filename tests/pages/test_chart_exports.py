"""Every chart of every page leaves as PNG and SVG, with title, unit, date, source and snapshot in the picture."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dashboard.charts.chart import Chart
from dashboard.exports import font, pictures
from dashboard.exports.bulletin import base_maps
from dashboard.exports.sheet import Origin
from dashboard.places import Places
from dashboard.ui import blocks, export
from tests.charts.gallery import BASE
from tests.support import samples
from tests.support.app import NAMES, bare_places, open_page, text

SOOCHOW = "4132010285"
SHOWN: dict[str, list[dict[str, str]]] = {
    **{name: [{}] for name in NAMES},
    "overview": [{}, {"map": "map"}, {"measure": "listing_rate"}],
    "cities": [{"city": "320500"}, {"scope": "municipal"}],
    "institutions": [{}, {"institution": SOOCHOW}],
    "milestones": [{}],
    "evaluation": [{}, {"city": "320100"}],
    "filings": [{"year": "2024"}, {"year": "2024", "section": "flow"}],
    "events": [{"year": "2024"}],
}
"""What to ask for so that a page shows all of its charts."""
VIEWS = [(name, parameters) for name, all_of in SHOWN.items() for parameters in all_of]
WITHOUT = {"bulletin", "quality"}
"""Pages that draw nothing."""


@dataclass(frozen=True)
class Offered:
    """What the export control of one part was given."""

    key: str
    chart: Chart
    origin: Origin


Offers = Callable[[], list[Offered]]


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> list[Offered]:
    """The charts that pages hand to the export control, which works as always."""
    found: list[Offered] = []

    def noted(view: Any, *arguments: Any, **options: Any) -> None:
        if options.get("chart") is not None:
            found.append(Offered(options["key"], options["chart"], export.origin(view, options.get("says", ""))))
        export.export(view, *arguments, **options)

    monkeypatch.setattr(blocks, "export", noted)
    return found


def _said(svg: str) -> str:
    return html.unescape("".join(re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)))


@pytest.mark.parametrize(("name", "parameters"), VIEWS)
def test_every_chart_of_a_page_can_be_taken_as_a_picture(
    name: str, parameters: dict[str, str], on_samples: Places, offers: list[Offered], opened: None
) -> None:
    app = open_page(name, snapshot=samples.FIRST, **parameters)
    assert not app.exception
    drawn = [*app.get("echarts_chart"), *app.get("plotly_chart"), *app.get("bidi_component")]
    assert len(offers) == len(drawn)
    assert bool(drawn) != (name in WITHOUT)
    shown = list(offers)
    for offered in shown:
        app.session_state[f"export-{offered.key}"] = True
    app.run()
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels.count("PNG 图片") == labels.count("SVG 矢量图") == len(drawn)
    for offered in shown:
        svg = pictures.svg(offered.chart, offered.origin)
        said = _said(svg)
        assert re.sub(r"\s", "", offered.chart.title) in re.sub(r"\s", "", said)
        if offered.chart.unit:
            assert f"单位：{offered.chart.unit}" in said
        for fact in (f"数据截至 {samples.FIRST}", pictures.SOURCE, f"快照 {offered.origin.snapshot}"):
            assert fact in said
        assert not font.missing(said)
        png = pictures.png(offered.chart, offered.origin)
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20]) == 2 * pictures.WIDTH


def test_what_is_taken_of_a_map_is_the_grid_of_tiles(on_samples: Places, offers: list[Offered]) -> None:
    open_page("overview", snapshot=samples.FIRST, map="map")
    taken = offers[1].chart
    assert taken.map is None
    assert "方格" in taken.note


@pytest.mark.parametrize("settings", ["approval_number: 苏S（2024）001号", None])
def test_an_office_may_set_its_own_map_with_its_number(
    settings: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offers: list[Offered]
) -> None:
    places = bare_places(tmp_path)
    assert BASE is not None
    (places.data / base_maps.BASE_MAP).write_text(json.dumps(BASE.geojson), encoding="utf-8")
    if settings:
        (places.data / base_maps.SETTINGS).write_text(settings, encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_DATA", str(places.data))
    app = open_page("overview")
    said = _said(pictures.svg(offers[1].chart, offers[1].origin))
    assert ("审图号：苏S（2024）001号" in said) == bool(settings)
    assert ("缺少 base_map.yaml" in text(app)) == (settings is None)
