"""The font inside an SVG: a glyph for every character, the outlines of Noto, stand-ins, and no other font needed."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Playwright

from dashboard.exports import engine, font, fontface, pictures
from dashboard.exports.sheet import Origin
from tests.exports.test_pictures import DRAWN, RARE, SVG, _chart, _named, _texts

DEMO = Origin(date(2024, 4, 26), "2024-04-26-1a2b3c4d", is_demonstration=True, view="属地")
REAL = dataclasses.replace(DEMO, is_demonstration=False)
HOLLOW = "火箭🚀学院"
"""A name with a character that Noto lacks."""


def _embedded(svg: str) -> Any:
    """The font inside a picture."""
    style = ElementTree.fromstring(svg).find(f"{SVG}style")
    assert style is not None
    coded = re.search(r'@font-face\{font-family:"([^"]+)";src:url\(data:font/woff;base64,([^)]+)\)', style.text or "")
    assert coded is not None
    assert coded[1] == engine.FAMILY
    return TTFont(io.BytesIO(base64.b64decode(coded[2])))


def _opened(text: str) -> Any:
    return TTFont(io.BytesIO(fontface.woff(text)))


def _outline(opened: Any, character: str) -> tuple[list[Any], int]:
    shapes = opened.getGlyphSet()
    shape = shapes[opened.getBestCmap()[ord(character)]]
    pen = DecomposingRecordingPen(shapes)
    shape.draw(pen)
    return pen.value, shape.width


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_has_a_glyph_for_each_of_its_characters(name: str) -> None:
    svg = pictures.svg(_chart(name), DEMO)
    opened = _embedded(svg)
    glyphs = opened.getBestCmap()
    assert {c for c in "".join(_texts(svg)) if c not in "\r\n\t"} <= {chr(code) for code in glyphs}
    assert ".notdef" not in glyphs.values()
    assert len(svg) < 120_000


@pytest.mark.parametrize("character", [*RARE.replace(" ", ""), "南", "％", "●", "0", "é"])
def test_outlines_are_those_of_the_font(character: str) -> None:
    with TTFont(font.path(), fontNumber=font.FACE) as whole:
        assert _outline(_opened(character), character) == _outline(whole, character)


def test_rare_characters_of_names_are_in_the_picture_of_them() -> None:
    assert set(RARE) <= {chr(code) for code in _embedded(pictures.svg(_named(RARE), REAL)).getBestCmap()}


def test_what_the_font_lacks_looks_like_the_stand_in_and_stays_the_same_text() -> None:
    svg = pictures.svg(_named(HOLLOW), REAL)
    assert HOLLOW in _texts(svg)
    assert pictures.STOOD_IN in _texts(svg)
    opened = _opened(HOLLOW + font.STAND_IN)
    assert _outline(opened, "🚀") == _outline(opened, font.STAND_IN)
    assert pictures.STOOD_IN not in _texts(pictures.svg(_named(RARE), REAL))


def test_a_mark_without_shape_takes_no_room() -> None:
    outline, advance = _outline(_opened("家\u200d庭"), "\u200d")
    assert (outline, advance) == ([("endPath", ())] if outline else [], 0)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_has_its_glyphs(text: str) -> None:
    assert set(text) - set("\t\r\n") <= {chr(code) for code in _opened(text).getBestCmap()}


def test_the_same_characters_give_the_same_bytes() -> None:
    assert fontface.woff("南京市盘点率") == fontface.woff("率点盘市京南南")


@pytest.fixture
def page(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[Page]:
    """A browser on a machine whose only font has Latin letters."""
    (tmp_path / "fonts").mkdir()
    letters = _opened("".join(map(chr, range(0x20, 0x7F))))
    letters.flavor = None
    letters.save(tmp_path / "fonts" / "letters.otf")
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{tmp_path / 'fonts'}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    browser = playwright.chromium.launch(
        executable_path=chromium, args=["--no-sandbox"], env={"FONTCONFIG_FILE": str(settings)}
    )
    yield browser.new_page()
    browser.close()


def _fonts(page: Page, selector: str) -> list[tuple[str, bool]]:
    """Which fonts a browser took for the text of an element, and whether they came with the file."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = []
    for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        found += [(each["familyName"], each["isCustomFont"]) for each in used]
    return found


def test_a_browser_without_chinese_fonts_shows_the_picture_by_its_own_font(page: Page, tmp_path: Path) -> None:
    charts = {"rare": _named(RARE, HOLLOW, "Nanjing"), **{name: _chart(name) for name in ("tile_grid", "group_curves")}}
    for name, chart in charts.items():
        path = tmp_path / f"{name}.svg"
        path.write_text(pictures.svg(chart, DEMO), encoding="utf-8")
        page.goto(path.as_uri())
        page.evaluate("document.fonts.ready.then(() => document.fonts.size)")
        used = _fonts(page, "text")
        assert len(used) >= len(_texts(path.read_text(encoding="utf-8")))
        assert all(custom for _, custom in used), (name, set(used))
    page.goto("about:blank")
    page.set_content(f"<p>{RARE}</p>")
    assert not any(custom for _, custom in _fonts(page, "p"))


@pytest.mark.parametrize("name", ["tile_grid", "stock_scatter"])
def test_the_renderer_draws_the_same_with_the_font_inside_as_without(name: str) -> None:
    assert pictures.rasterised(pictures.svg(_chart(name), DEMO)) == pictures.png(_chart(name), DEMO)
