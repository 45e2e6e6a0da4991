"""How cells of a workbook look: formats by unit, the room that a text takes, and texts as a cell can hold them."""

from __future__ import annotations

from typing import Any

from dashboard import wording
from dashboard.exports.xmltext import carried
from dashboard.wording import Column

FONT = "微软雅黑"
LONGEST_TEXT = 32_767
WIDEST = 66
LINE = 15
"""Points that a line of text takes; programs other than Excel do not measure rows by themselves."""

_SIGNED = '"＋"{0};"－"{0};{0}'


def number_format(column: Column) -> str:
    """The spreadsheet format of a column's numbers."""
    if column.name.endswith("rank_change"):
        return '"↑"0;"↓"0;"–"'
    places = wording.DECIMALS.get(column.unit, 0)
    plain = ("0" if column.unit in ("rank", "rate", "pp") else "#,##0") + ("." + "0" * places if places else "")
    plain += "%" if column.unit == "rate" else ""
    return _SIGNED.format(plain) if wording.is_difference(column.name) or column.unit == "pp" else plain


def heading(column: Column) -> str:
    """The label with its unit; rates show their % in every cell."""
    return column.label if column.unit == "rate" else wording.heading(column)


def short(text: str) -> str:
    """Text cut to what a cell holds, the cut marked."""
    text = carried(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of so many half-width characters."""
    return sum(max(-(-wording.width(part) // max(int(width) - 1, 1)), 1) for part in text.split("\n"))


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def _get(self, key: str, **look: Any) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **look})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self._get("title", font_size=14, bold=True)

    @property
    def heading(self) -> Any:
        return self._get("heading", bold=True, text_wrap=True, align="center", bottom=1, bg_color=wording.PALE)

    @property
    def label(self) -> Any:
        return self._get("label", bold=True, valign="top")

    def text(self, is_bold: bool = False, is_centred: bool = False) -> Any:
        look = {"align": "center"} if is_centred else {}
        return self._get(f"text {is_bold} {is_centred}", text_wrap=True, bold=is_bold, **look)

    def day(self, is_bold: bool = False) -> Any:
        return self._get(f"day {is_bold}", num_format="yyyy-mm-dd", align="center", bold=is_bold)

    def number(self, column: Column, is_bold: bool = False) -> Any:
        shown, side = number_format(column), "center" if column.unit == "rank" else "right"
        return self._get(f"number {shown} {side} {is_bold}", num_format=shown, align=side, bold=is_bold)
