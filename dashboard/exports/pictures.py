"""Charts as pictures for documents: SVG and PNG with title, unit, 数据截至, source and snapshot, without a browser.

The option drawn is the one on screen. Chinese glyphs are always there: a PNG is drawn with the font that comes with
the program, an SVG carries the glyphs of its text and names the usual Chinese fonts for programs that do not read them.
A character that the font lacks is drawn as 〓, one that XML cannot carry is U+FFFD; the picture says so.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import svg2png_py

from dashboard import wording
from dashboard.charts.chart import Chart, Map
from dashboard.errors import UsageError
from dashboard.exports import engine, font, fontface
from dashboard.exports.sheet import Origin
from dashboard.exports.xmltext import LOST, carried, loses
from dashboard.wording import INK, INK_SOFT

WIDTH = 900
ZOOM = 2
MARGIN = 16
SOURCE = "来源：专利盘活周导出表，本系统按实施方案口径计算"
STOOD_IN = f"{font.STAND_IN} 处为字库没有的字符。"

_TITLE, _SMALL = 18, 12
_ROOT = re.compile(r"<svg [^>]*>")
_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"<(title|desc)>[^<]*</\1>")
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')


@dataclass(frozen=True, eq=False)
class ApprovedMap(Map):
    """A base map that may be published: the office's own, with its 审图号."""

    number: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around the chart.

    Attributes:
        has_heading: whether title, unit and note stand with it; not where a caption says them, as in the bulletin.
    """

    width: int = WIDTH
    has_heading: bool = True
    source: str = SOURCE


FULL = Frame()


def svg(chart: Chart, origin: Origin, frame: Frame = FULL) -> str:
    """The picture as SVG with its own glyphs; its `title` and `desc` say in words what it shows.

    Raises:
        UsageError: the chart is on a base map without 审图号, which must not leave the screen.
    """
    drawn = _drawn(chart, origin, frame)
    style = fontface.css(html.unescape(_TAG.sub("", _WORDS.sub("", drawn))), engine.FAMILY)
    return _ROOT.sub(lambda root: f"{root[0]}\n<style>{style}</style>", drawn, count=1)


def png(chart: Chart, origin: Origin, frame: Frame = FULL, zoom: int = ZOOM) -> bytes:
    """The picture as PNG, `zoom` times the pixels of the SVG.

    Raises:
        UsageError: see `svg`.
    """
    return rasterised(_drawn(chart, origin, frame), zoom)


def _drawn(chart: Chart, origin: Origin, frame: Frame) -> str:
    """The picture as SVG that names its font, and says which characters it could not keep or draw."""
    if chart.map is not None and not (isinstance(chart.map, ApprovedMap) and chart.map.number):
        raise UsageError("示意地图没有审图号，不能导出，请改用方格图或排名图，或在数据目录放入有审图号的底图。")
    clean = replace(chart, option=_carried(chart.option))
    inner = engine.draw(clean, frame.width - 2 * MARGIN)
    remarks = [LOST] if loses(chart.title + chart.note) or clean.option != chart.option else []
    if font.missing(inner + (carried(chart.title + chart.note) if frame.has_heading else "")):
        remarks.append(STOOD_IN)
    above = _heading(chart, origin, frame) if frame.has_heading else _mark(origin)
    below = _footing(chart, origin, frame, remarks)
    top = sum(line.height for line in above) + (MARGIN + 8 if above else 4)
    height = top + chart.height + sum(line.height for line in below) + MARGIN
    texts = [*_set(above, MARGIN // 2, frame.width), *_set(below, top + chart.height + 6, frame.width)]
    # A group, not an inner svg: that would be a clipping layer of its own, which doubles the time to draw.
    body = _ROOT.sub(f'<g transform="translate({MARGIN} {top})">', inner, count=1).removesuffix("</svg>") + "</g>"
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{height}" '
                f'viewBox="0 0 {frame.width} {height}" role="img" font-family="{engine.FAMILIES}">'
            ),
            f"<title>{_escaped(chart.title)}</title>",
            f"<desc>{_escaped(chart.alt)}</desc>",
            f'<rect width="{frame.width}" height="{height}" fill="#FFFFFF"/>',
            body,
            *texts,
            "</svg>\n",
        ]
    )


def begun(chart: Chart, origin: Origin, frame: Frame = FULL) -> Future[bytes]:
    """`png` in the background, beside others: one pool for the process, as wide as the machine has cores."""
    return _pool().submit(png, chart, origin, frame)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, "pictures")


def rasterised(drawn: str, zoom: int = ZOOM) -> bytes:
    """An SVG of this module as PNG, with the font of the program and no other; other threads go on meanwhile."""
    size = _SIZE.search(drawn)
    assert size is not None
    picture: bytes = svg2png_py.svg_to_png(
        font.with_stand_ins(drawn),
        font.database(),
        transform=(zoom, 0, 0, 0, zoom, 0),
        bg_size=(int(size[1]) * zoom, int(size[2]) * zoom),
        options=svg2png_py.RenderOptions(font_family=engine.FAMILY),
    )
    return picture


@dataclass(frozen=True)
class _Line:
    """A line of text above or below the chart, and how high it stands."""

    text: str
    size: int = _SMALL
    colour: str = INK_SOFT
    anchor: str = "start"

    @property
    def height(self) -> int:
        return self.size + 7 if self.anchor == "start" else 0


def _heading(chart: Chart, origin: Origin, frame: Frame) -> list[_Line]:
    room = frame.width - 2 * MARGIN - (110 if origin.is_demonstration else 0)
    facts = [f"单位：{chart.unit}" if chart.unit else "", f"数据截至 {origin.as_of}", origin.view]
    return [
        *_mark(origin),
        *(_Line(part, _TITLE, INK) for part in _wrapped(chart.title, _TITLE, room)),
        _Line("　".join(fact for fact in facts if fact)),
    ]


def _mark(origin: Origin) -> list[_Line]:
    """演示数据 in the upper right corner."""
    colour = wording.STATUSES["missed"].colour
    return [_Line(wording.DEMONSTRATION, 14, colour, "end")] if origin.is_demonstration else []


def _footing(chart: Chart, origin: Origin, frame: Frame, remarks: Sequence[str]) -> list[_Line]:
    number = f"审图号：{chart.map.number}" if isinstance(chart.map, ApprovedMap) else ""
    where = [f"数据截至 {origin.as_of}", f"快照 {origin.snapshot}"]
    said = [
        chart.note if frame.has_heading else "", number, f"{frame.source}；{'，'.join(where)}。", *remarks,
        "演示数据：单位名称真实，数字均为虚构，不得引用。" if origin.is_demonstration else "",
    ]  # fmt: skip
    room = frame.width - 2 * MARGIN
    return [_Line(part) for text in said if text for part in _wrapped(text, _SMALL, room)]


def _set(lines: Sequence[_Line], top: int, width: int) -> list[str]:
    """The lines as text elements, downward from `top`."""
    found, y = [], top
    for line in lines:
        x = MARGIN if line.anchor == "start" else width - MARGIN
        found.append(
            f'<text x="{x}" y="{y + line.size}" font-size="{line.size}" fill="{line.colour}" '
            f'text-anchor="{line.anchor}" xml:space="preserve">{_escaped(line.text)}</text>'
        )
        y += line.height
    return found


def _wrapped(text: str, size: int, room: int) -> list[str]:
    """The text in lines that fit in `room` pixels; line breaks of its own are kept as breaks."""
    most = max(int(room / size * 2), 2)
    lines: list[str] = []
    for part in text.splitlines():
        line = ""
        for character in part:
            if wording.width(line + character) > most:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def _escaped(text: str) -> str:
    """Text in an element; a carriage return as a reference, or reading would make it a line feed."""
    return escape(carried(text), {"\r": "&#13;"})


def _carried(part: Any) -> Any:
    match part:
        case dict():
            return {key: _carried(value) for key, value in part.items()}
        case list() | tuple():
            return [_carried(value) for value in part]
        case str():
            return carried(part)
        case _:
            return part
