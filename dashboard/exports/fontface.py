"""The glyphs of a picture as a small font inside it, so that an SVG shows its text where no Chinese font is installed.

A font holds what one text needs: outlines of Noto Sans CJK SC without its hints and layout rules, as WOFF. A character
that the font lacks gets the glyph of 〓, as in a PNG, and its text stays what it is; marks without a shape get none.
fontTools, slow to import, waits for the first SVG.
"""

from __future__ import annotations

import base64
import io
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from dashboard.exports import font

KEPT = 4096
"""Outlines kept ready, more than the pictures of a snapshot use."""

_BREAKS = "\t\r\n"
_NOTHING = ".nothing"
_DATE = 3_786_912_000
"""The font's date: 2024-01-01 in seconds since 1904, so that the same text gives the same bytes."""
_LOCK = Lock()
"""The font is read piece by piece from one open file: one thread at a time."""


def css(text: str, family: str) -> str:
    """A style sheet that gives `family` the glyphs of `text`."""
    coded = base64.b64encode(woff(text)).decode("ascii")
    return f'@font-face{{font-family:"{family}";src:url(data:font/woff;base64,{coded}) format("woff")}}'


def woff(text: str) -> bytes:
    """A font with a glyph for every character of `text` but its breaks; the same characters give the same bytes."""
    with _LOCK:
        return _made(text)


def _made(text: str) -> bytes:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.misc.psCharStrings import T2CharString

    names = {ord(c): _name(c) for c in sorted({*text, " "} - set(_BREAKS))}
    outlines = {name: _outline(name) for name in [".notdef", *sorted({*names.values()})]}
    made = FontBuilder(font.UNITS, isTTF=False)
    made.setupGlyphOrder(list(outlines))
    made.setupCharacterMap(names)
    head, across = _source()["head"], _source()["hhea"]
    box = {side: getattr(head, side) for side in ("xMin", "yMin", "xMax", "yMax")}
    made.setupCFF(
        "Embedded",
        {"FontBBox": list(box.values())},
        {name: T2CharString(code) for name, (code, _) in outlines.items()},
        {},
    )
    made.setupHorizontalMetrics({name: (advance, 0) for name, (_, advance) in outlines.items()})
    made.setupHorizontalHeader(ascent=across.ascent, descent=across.descent, advanceWidthMax=across.advanceWidthMax)
    made.setupNameTable({"familyName": "Embedded", "styleName": "Regular"})
    made.setupOS2(
        sTypoAscender=across.ascent, sTypoDescender=across.descent,
        usWinAscent=across.ascent, usWinDescent=-across.descent,
    )  # fmt: skip
    made.setupPost(keepGlyphNames=False)
    made.updateHead(created=_DATE, modified=_DATE, **box)
    made.font.flavor = "woff"
    # The source's boxes hold for fewer glyphs too; measuring them anew takes most of the time.
    made.font.recalcBBoxes = made.font.recalcTimestamp = False
    out = io.BytesIO()
    made.font.save(out)
    return out.getvalue()


def _name(character: str) -> str:
    """The name in the font of a character's glyph, or of what stands for it."""
    stands = font.with_stand_ins(character)
    return font.glyphs()[ord(stands)] if stands else _NOTHING


@lru_cache(KEPT)
def _outline(name: str) -> tuple[bytes, int]:
    """A glyph as Type 2 charstring that calls no other, and its advance."""
    if name == _NOTHING:
        return b"\x8b\x0e", 0
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    advance, _ = _source()["hmtx"][name]
    pen = T2CharStringPen(advance, None)
    _shapes()[name].draw(pen)
    drawn = pen.getCharString()
    drawn.compile()
    return bytes(drawn.bytecode), int(advance)


@cache
def _source() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(font.path(), fontNumber=font.FACE, lazy=True)


@cache
def _shapes() -> Any:
    return _source().getGlyphSet()
