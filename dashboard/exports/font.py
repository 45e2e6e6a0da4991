"""The font that pictures are drawn with: Noto Sans CJK (OFL-1.1), from the package noto-cjk-sans-otc."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import noto_cjk_sans_otc
import svg2png_py

FACE = 2
"""The face of the collection for simplified Chinese: Noto Sans CJK SC."""
UNITS = 1000
"""Units to the em of its outlines."""
COMMON = re.compile(
    "[\t\n\r\x20-\x7e\u4e00-\u9fa5\u3001-\u3011\uff01-\uff5e\u2013\u2014\u201c\u201d\u2191\u2193●◐▲○◆·…×\u3000]+"
)
"""What is known to be in the font (a test holds it), so that most texts need no look into it."""
STAND_IN = "〓"
"""What printers set where a character is missing (U+3013)."""


def path() -> str:
    return str(noto_cjk_sans_otc.FONT_PATH)


@cache
def database() -> svg2png_py.FontDatabase:
    """The font and no other, for the renderer; threads share it."""
    found = svg2png_py.FontDatabase()
    found.load_font_file(path())
    return found


@cache
def glyphs() -> dict[int, str]:
    """The name of the glyph of each code point that the font has one for."""
    # Few texts ask, and fontTools is slow to import.
    from fontTools.ttLib import TTFont

    with TTFont(path(), fontNumber=FACE, lazy=True) as font:
        return dict(font.getBestCmap())


def missing(text: str) -> set[str]:
    """Characters of `text` that need a glyph and have none."""
    if not COMMON.sub("", text):
        return set()
    known = glyphs()
    return {c for c in set(text) if ord(c) not in known and c not in "\t\n\r" and not _is_invisible(c)}


def with_stand_ins(text: str) -> str:
    """The text with 〓 for each character that the font lacks; joiners and variation marks, which have no shape, go."""
    if not missing(text) and not any(_is_invisible(c) for c in COMMON.sub("", text)):
        return text
    known = glyphs()
    table = {
        ord(c): "" if _is_invisible(c) else STAND_IN for c in set(text) if ord(c) not in known and c not in "\t\n\r"
    }
    return text.translate(table)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Mn", "Me")
