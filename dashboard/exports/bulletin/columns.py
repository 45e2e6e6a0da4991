"""How wide the columns of a table in Word are: numbers and dates whole, headings and names on as many lines as need be.

Widths are those of the widest font that a machine without Times New Roman may show, so that a number never breaks.
Twips are twentieths of a point.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dashboard import wording
from dashboard.wording import Column

TYPE_AREA = 8844
"""The width of the type area (156 mm)."""
EM = 180
"""A character of a table's 9 pt."""
MARGINS = 100
"""Left and right of a cell's text, with a hair to spare."""
NAME, LONGEST = 6 * EM, 40 * EM
"""A column of words longer than the first may break them over lines; one never asks for more than the second."""
UNIT = 3 * EM
LINES = (2, 3, 4)
"""Lines that headings may take, the fewest first; words are broken only beside headings of three."""

_EMS = {**dict.fromkeys("0123456789", 0.64), ",": 0.32, ".": 0.32, "%": 0.95, "-": 0.38, " ": 0.32}
_LETTER = 0.7


def widths(columns: Sequence[Column], headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The widths in twips; together the type area.

    Args:
        headings, rows: as they will stand there.
    """
    bodies = [max((_twips(row[at]) for row in rows), default=0) + MARGINS for at in range(len(columns))]
    breaks = [column.unit == "text" and body > NAME + MARGINS for column, body in zip(columns, bodies, strict=True)]
    wanted = [min(body, LONGEST) for body in bodies]
    for lines in LINES:
        heads = [max(_twips(head) / lines + EM / 2, _unit(head)) + MARGINS for head in headings]
        whole = [max(pair) for pair in zip(wanted, heads, strict=True)]
        if sum(whole) <= TYPE_AREA:
            return _scaled(whole, TYPE_AREA)
        names = [width for width, may in zip(whole, breaks, strict=True) if may]
        rest = TYPE_AREA - (sum(whole) - sum(names))
        if lines > LINES[0] and rest >= len(names) * (NAME + MARGINS) > 0:
            given = iter(_scaled(names, rest))
            return [next(given) if may else round(width) for width, may in zip(whole, breaks, strict=True)]
    return _scaled(whole, TYPE_AREA)


def _unit(head: str) -> float:
    """The width of a heading's unit, which stays whole if it is short: （件）."""
    return min(_twips(head[head.find("（") :]), UNIT) if "（" in head else 0


def _scaled(found: Sequence[float], area: float) -> list[int]:
    return [round(area * width / sum(found)) for width in found]


def _twips(text: str) -> float:
    """The width of a text on one line."""
    return EM * sum(_ems(character) for character in text)


def _ems(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return _EMS.get(character, _LETTER)


def heading(column: Column) -> str:
    """The label with its unit; rates show their % in every cell."""
    return column.label if column.unit == "rate" else wording.heading(column)
