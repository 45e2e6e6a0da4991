"""How one cell becomes a value, in plain Python from exports.md ("Values"): one small function per kind of column.

A cell is text, or `ERROR` for an error value of a workbook. `None` is empty, `UNREADABLE` is filled but no value.
"""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any

from tests.oracle.export_tables import Column
from tests.oracle.plan import CITIES, NULL_WORDS


class Mark(Enum):
    """What is not text: an error value of a workbook; what a cell gives that can not be read."""

    ERROR = "#N/A"
    UNREADABLE = "unreadable"


ERROR, UNREADABLE = Mark.ERROR, Mark.UNREADABLE

Cell = str | Mark

ALIASES = {
    "发明专利": "发明", "PCT发明": "发明", "实用新型专利": "实用新型", "外观设计专利": "外观设计", "外观": "外观设计",
    "有效专利": "有效", "专利权维持": "有效", "授权": "有效", "失效专利": "失效", "专利权终止": "失效", "终止": "失效",
    "中央部属": "部属", "部委属": "部属", "省管": "省属", "市管": "市属", "大学": "高校", "学院": "高校",
    "高等学校": "高校", "研究院所": "科研机构", "科研院所": "科研机构", "中央企业所属": "部属", "中外合作办学": "民办",
    "独立学院": "民办",
}  # fmt: skip

SPACES = " \t\n\r\x0b\x0c\x85\xa0\u3000\u2002\u2003\u2009\u200b\ufeff"
_FIRST_DAY = date(1985, 4, 1)
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_TYPES = {"1": "发明", "2": "实用新型", "3": "外观设计", "8": "发明", "9": "实用新型"}
_CLOCK = r"(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|时[0-5]?\d分(?:[0-5]?\d秒)?)"
_YES, _NO = {"是", "y", "1", "true", "√"}, {"否", "n", "0", "false", "×"}
_UNITS = ("万元", "件", "家", "%", "分", "星")


def tidy(cell: Cell) -> Cell:
    """Text as it is meant: trimmed, unwrapped, its inner white space and widths put right."""
    if isinstance(cell, Mark):
        return cell
    text = cell.replace("&nbsp;", "").strip(SPACES)
    if len(text) >= 3 and text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    elif text.startswith("'"):
        text = text[1:]
    kept: list[str] = []
    words = re.split(f"[{SPACES}]+", text.strip(SPACES))
    for word in words:
        if kept and not (_is_han(kept[-1][-1]) and _is_han(word[0])):
            kept.append(" ")
        kept.append(word)
    return "".join(map(_half, "".join(kept)))


def is_filled(cell: Cell) -> bool:
    return tidy(cell) != ""


def is_empty(cell: Cell, column: Column) -> bool:
    """Whether the cell says nothing in this column, null words considered."""
    text = tidy(cell)
    if text == "":
        return True
    if isinstance(text, Mark) or column.kind == "free":
        return False
    if text.upper() in NULL_WORDS and text not in column.values:
        return True
    return column.kind == "several" and not _items(text)


def value(cell: Cell, column: Column, as_of: date) -> Any:
    """The cell's value; None if empty, UNREADABLE if it is none that the column takes."""
    if is_empty(cell, column):
        return None
    text = tidy(cell)
    if isinstance(text, Mark):
        return UNREADABLE
    match column.kind:
        case "text" | "free" | "unit" | "firm":
            return text
        case "date":
            return read_date(text)
        case "month":
            return _month(text)
        case "yes":
            return True if text.lower() in _YES else False if text.lower() in _NO else UNREADABLE
        case "city":
            return _city(text)
        case "one":
            return _coded(text, column)
        case "several":
            found = tuple(_coded(item, column) if column.values else item for item in _items(text))
            return UNREADABLE if UNREADABLE in found else found
        case "integer" | "number":
            return _number(text, column)
        case "patent":
            number = patent_number(text, as_of.year)
            return UNREADABLE if number is None else number[0]
    raise AssertionError(column.kind)


def patent_number(text: str, last_year: int) -> tuple[str, bool] | None:
    """The canonical number and whether its check character was missing; None if it is none."""
    written = "".join(c for c in text.upper().replace("．", ".") if c not in SPACES)
    written = re.sub("^(ZL|CN)", "", written)
    if re.fullmatch(r"\d{13}\.0", written):
        written = written[:-2]
    elif written.count(".") > 1 or (
        len(written) > 1 and written[-2] == "." and not re.fullmatch(r"(\d{8}|\d{12})\.[\dX]", written)
    ):
        return None
    bare = written.replace(".", "")
    if not re.fullmatch(r"(\d{8}|\d{12})[\dX]?", bare, re.ASCII):
        return None
    length = 12 if len(bare) > 9 else 8
    body, given = bare[:length], bare[length:]
    year, kind = (int(body[:4]), body[4]) if length == 12 else (int(body[:2]), body[2])
    if kind not in _TYPES or not (2003 <= year <= last_year if length == 12 else year >= 85 or year <= 3):
        return None
    due = "0123456789X"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=False)) % 11]
    return None if given not in ("", due) else (f"ZL{body}.{due}", given == "")


def type_of_number(number: str) -> str:
    digits = number[2:].split(".")[0]
    return _TYPES[digits[4 if len(digits) == 12 else 2]]


def read_date(text: str) -> Any:
    if re.fullmatch(r"\d{5}(\.\d+)?", text, re.ASCII):
        serial = float(text)
        day = date(1899, 12, 30) + timedelta(days=math.floor(serial)) if 31138 <= serial <= 60000 else None
        return day or UNREADABLE
    for pattern in (r"(\d{4})-(\d\d?)-(\d\d?)", r"(\d{4})/(\d\d?)/(\d\d?)", r"(\d{4})\.(\d\d?)\.(\d\d?)",
                    r"(\d{4})(\d\d)(\d\d)", r"(\d{4})年(\d\d?)月(\d\d?)日"):  # fmt: skip
        parted = "[T ]?" if "年" in pattern else "[T ]"
        if found := re.fullmatch(f"{pattern}(?:{parted}{_CLOCK})?", text, re.ASCII):
            return _day(*map(int, found.groups()))
    return UNREADABLE


def _day(year: int, month: int, day: int) -> Any:
    try:
        found = date(year, month, day)
    except ValueError:
        return UNREADABLE
    return found if found >= _FIRST_DAY else UNREADABLE


def _month(text: str) -> Any:
    for pattern in (r"(\d{4})-(\d\d?)", r"(\d{4})/(\d\d?)", r"(\d{4})(\d\d)", r"(\d{4})年(\d\d?)月"):
        if found := re.fullmatch(pattern, text, re.ASCII):
            return _day(int(found[1]), int(found[2]), 1)
    day = read_date(text)
    return day if day is UNREADABLE else day.replace(day=1)


def _city(text: str) -> Any:
    bare = "".join(c for c in text if c not in SPACES)
    for front in ("江苏省", "江苏", ""):
        if bare.startswith(front):
            rest = bare.removeprefix(front)
            for code, name in CITIES.items():
                if rest in (code, name, name.removesuffix("市")):
                    return code
    return UNREADABLE


def _coded(text: str, column: Column) -> Any:
    if text in column.values:
        return text
    return ALIASES[text] if ALIASES.get(text) in column.values else UNREADABLE


def _items(text: str) -> list[str]:
    return [item for part in re.split("[;；、,，|]", text) if (item := part.strip(SPACES))]


def _number(text: str, column: Column) -> Any:
    for unit in _UNITS:
        if text.endswith(unit):
            text = text.removesuffix(unit).removesuffix(" ")
            break
    if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d+)?", text, re.ASCII):
        return UNREADABLE
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return UNREADABLE
    least = -math.inf if column.least is None else column.least
    most = math.inf if column.most is None else column.most
    if not math.isfinite(number) or abs(number) > 1e9 or not least <= number <= most:
        return UNREADABLE
    if column.kind == "number":
        return number
    return int(number) if Fraction(number).denominator == 1 else UNREADABLE


def _is_han(character: str) -> bool:
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U00020000"
        or (character == "〇")
    )


def _half(character: str) -> str:
    narrow = chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character
    return narrow if narrow.isalnum() else character
