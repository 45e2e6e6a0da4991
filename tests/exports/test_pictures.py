"""Pictures of every chart: with heading and source, no tofu, the same text, and no map that must stay inside."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.charts.bars import bars
from dashboard.charts.chart import Chart
from dashboard.errors import SetupError, UsageError
from dashboard.exports import engine, font, pictures
from dashboard.exports.bulletin import base_maps
from dashboard.exports.sheet import Origin
from dashboard.exports.xmltext import LOST, carried
from dashboard.places import Places
from tests.charts.gallery import BASE, CHARTS
from tests.support.worlds import JIANGSU

DEMO = Origin(date(2024, 4, 26), "2024-04-26-1a2b3c4d", is_demonstration=True, view="属地")
REAL = dataclasses.replace(DEMO, is_demonstration=False)
RARE = "甪直 栟茶 毕昇 朱镕基 堃 喆"
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = sorted(name for name in CHARTS if name != "choropleth")


def _chart(name: str) -> Chart:
    frame, make = CHARTS[name]
    return make(frame)


def _named(*names: str, title: str = "各单位缺口") -> Chart:
    frame = pd.DataFrame({"name": list(names), "gap": range(1, len(names) + 1)})
    return bars(frame, title=title, name="name", value="gap", unit="patents")


def _texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_is_a_picture_without_tofu(name: str) -> None:
    svg = pictures.svg(_chart(name), DEMO)
    assert not font.missing("".join(_texts(svg)))
    said = " ".join(_texts(svg))
    assert _chart(name).title in said
    assert "数据截至 2024-04-26" in said
    assert "来源：" in said
    assert "2024-04-26-1a2b3c4d" in said
    assert "演示数据" in said


def test_a_picture_has_twice_the_pixels() -> None:
    content = pictures.png(_chart("funnel"), REAL)
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 2 * pictures.WIDTH


def test_a_real_snapshot_is_not_marked_as_demonstration() -> None:
    assert "演示" not in pictures.svg(_chart("funnel"), REAL)


def test_a_note_stands_under_the_picture() -> None:
    assert any("参考：方案未规定综合评分公式" in text for text in _texts(pictures.svg(_chart("composite"), REAL)))


@pytest.mark.parametrize("character", RARE.replace(" ", ""))
def test_rare_characters_of_names_are_drawn(character: str) -> None:
    """Each has a glyph of its own: its picture is neither blank nor that of the missing-glyph box."""
    assert not font.missing(character)
    assert _ink(character) not in (_ink(" "), _ink("\ufffd"))


def _ink(text: str) -> bytes:
    return pictures.rasterised(
        f'<svg xmlns="{SVG[1:-1]}" width="40" height="40"><text x="5" y="30" font-size="24">{text}</text></svg>'
    )


def test_a_name_of_rare_characters_stays_whole() -> None:
    assert RARE in _texts(pictures.svg(_named(RARE), REAL))


def test_what_is_taken_for_common_is_in_the_font() -> None:
    taken = {c for c in range(0x20, 0x10000) if font.COMMON.fullmatch(chr(c))}
    assert len(taken) > 20_000
    assert taken <= set(font.glyphs())


def test_what_the_font_lacks_is_drawn_as_a_stand_in_and_said() -> None:
    chart = _named("火箭🚀学院")
    assert "火箭🚀学院" in _texts(pictures.svg(chart, REAL))
    assert font.with_stand_ins("火箭🚀学院") == "火箭〓学院"
    assert font.missing("火箭🚀学院") == {"🚀"}
    assert pictures.png(chart, REAL) != pictures.png(_named("火箭〓学院"), REAL)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "@x",
        "-1",
        "＝1",
        "一\n二",
        "a\rb",
        "\x00\x07",
        "长" * 300,
        "🚀",
        "<b>&\"'",
        "]]>",
        "{a|b}",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES)
def test_any_title_comes_back_from_svg(name: str) -> None:
    svg = pictures.svg(_named("甲", title=name), REAL)
    title = ElementTree.fromstring(svg).find(f"{SVG}title")
    assert title is not None
    assert (title.text or "") == carried(name)
    assert (LOST in " ".join(_texts(svg))) == (carried(name) != name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co", "Cf")), min_size=1, max_size=8)
)
def test_any_short_name_comes_back_from_a_label(name: str) -> None:
    wanted = name.replace("{", "｛").replace("}", "｝")
    assert wanted in _texts(pictures.svg(_named(name, "占位的很长的单位名称" * 2), REAL))


def test_pictures_of_several_threads_are_the_same() -> None:
    chart = _chart("city_bars")
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: pictures.svg(chart, REAL), range(8)))
    assert len(set(drawn)) == 1


def test_the_map_without_approval_is_not_exported() -> None:
    with pytest.raises(UsageError, match="示意地图没有审图号，不能导出"):
        pictures.svg(_chart("choropleth"), REAL)


def test_documents_show_the_grid_of_tiles_without_a_base_map(tmp_path: Path) -> None:
    chart = base_maps.province_map(JIANGSU, Places(tmp_path), CHARTS["tile_grid"][0], "inventory_rate", "rate")
    assert chart.map is None
    assert "方格" in chart.note


def test_an_approved_base_map_is_drawn_with_its_number(tmp_path: Path) -> None:
    assert BASE is not None
    (tmp_path / base_maps.BASE_MAP).write_text(json.dumps(BASE.geojson), encoding="utf-8")
    (tmp_path / base_maps.SETTINGS).write_text("approval_number: 苏S（2024）001号", encoding="utf-8")
    chart = base_maps.province_map(JIANGSU, Places(tmp_path), CHARTS["tile_grid"][0], "inventory_rate", "rate")
    said = _texts(pictures.svg(chart, REAL))
    assert "审图号：苏S（2024）001号" in said
    assert not any("示意" in text for text in said)


def test_a_base_map_needs_its_number(tmp_path: Path) -> None:
    (tmp_path / base_maps.BASE_MAP).write_text("{}", encoding="utf-8")
    with pytest.raises(SetupError, match="缺少 base_map.yaml"):
        base_maps.approved_map(JIANGSU, Places(tmp_path))


def test_both_engines_draw_the_same() -> None:
    source = engine._BEFORE + engine.LIBRARY.read_text(encoding="utf-8") + engine._DRAW
    option = json.dumps(engine._without_quotes(_chart("funnel").option), default=str)
    other = pytest.importorskip("py_mini_racer", reason="mini-racer 只在没有 quickjs 的 Python 上安装")
    assert other
    drawn = [make(source)(option, 600, 300, "", "") for make in (engine.with_quickjs, engine.with_mini_racer)]
    assert len(drawn[0]) > 1000
    assert drawn[0] == drawn[1]
