"""Pieces of the sentences of a bulletin, in the wording of official ones: no blanks, units behind numbers.

Digits are those of the screen (`wording.value`), so that no rounding differs between a page and a document.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from dashboard import wording

NAMED = 3
"""Names that a sentence gives before it goes on with 等."""
WEEK = 7

_BLANK = re.compile(r"(?<=[^\x00-\x7f]) (?=[0-9])|(?<=[0-9%]) (?=[^\x00-\x7f])")

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
_THOUSANDS = re.compile("(?<![0-9.])[0-9]{4,}(?=[件份])")


def tight(text: str) -> str:
    """A sentence of the screen without the blanks between Chinese and digits."""
    return _BLANK.sub("", text)


def readable(message: str) -> str:
    """A message of the screen as a sentence of a document: dates in words, thousands separated."""
    dated = _DATE.sub(lambda found: day(found[0]), message)
    return _THOUSANDS.sub(lambda found: f"{int(found[0]):,}", dated)


def count(value: Any, unit: str) -> str:
    """`8,213件`; null is —."""
    said = wording.value(value, unit)
    return said if said == wording.NULL or unit in ("rate", "rank") else f"{said}{wording.UNITS.get(unit, '')}"


def rate(value: Any) -> str:
    return wording.value(value, "rate")


def share(part: Any, whole: Any) -> str:
    """A part of a whole in percent; of nothing it is —."""
    return rate(None if wording.is_null(part) or wording.is_null(whole) or not whole else float(part) / float(whole))


def day(given: Any) -> str:
    """2024年4月26日."""
    moment = wording.as_day(given)
    return f"{moment.year}年{moment.month}月{moment.day}日"


def short_day(given: Any, as_of: dt.date) -> str:
    """4月26日, with its year where that is not the as-of date's."""
    moment = wording.as_day(given)
    return f"{moment.month}月{moment.day}日" if moment.year == as_of.year else day(moment)


def is_weekly(as_of: dt.date, before: dt.date) -> bool:
    return (as_of - before).days == WEEK


def since(as_of: dt.date, before: dt.date) -> str:
    """较上周 between weekly snapshots, else 较 the date of the one before."""
    return "较上周" if is_weekly(as_of, before) else f"较{short_day(before, as_of)}"


def period(as_of: dt.date, before: dt.date) -> str:
    """本周 between weekly snapshots, else 以来 from the date of the one before."""
    return "本周" if is_weekly(as_of, before) else f"{short_day(before, as_of)}以来"


def stop(given: Any, as_of: dt.date) -> str:
    """A date of the plan as seen from the as-of date: over, that very day, or ahead."""
    named, left = f"{short_day(given, as_of)}节点", (wording.as_day(given) - as_of).days
    return named if left < 0 else f"距{named}还有{left}天" if left else f"{named}（数据截至当日到期）"


def moved(points: Any, compared: str) -> str:
    """`，较上周提高5.2个百分点`; nothing when there is nothing to compare with."""
    if wording.is_null(points) or not compared:
        return ""
    said = wording.value(points, "pp")
    if said[0] in "＋－":
        return f"，{compared}{'提高' if said[0] == '＋' else '下降'}{said[1:]}个百分点"
    return f"，{compared}持平"


def lead(points: Any) -> str:
    """`，超出5.2个百分点` against what is due."""
    said = wording.value(points, "pp")
    if said == wording.NULL:
        return ""
    return "，正好达到" if said[0] not in "＋－" else f"，{'超出' if said[0] == '＋' else '相差'}{said[1:]}个百分点"


def yearly(growth: Any) -> str:
    """`，同比增长36.3%`; growth from nothing is not said as a number."""
    if wording.is_null(growth):
        return "，上年同期为零，同比—"
    said = wording.value(growth, "rate", signed=True)
    if said[0] not in "＋－":
        return "，与上年同期持平"
    return f"，同比{'增长' if said[0] == '＋' else '下降'}{said[1:]}"


def names(given: Sequence[str], measure: str) -> str:
    """`甲、乙、丙等5家`; all of them while they are few."""
    if len(given) <= NAMED:
        return "、".join(given)
    return f"{'、'.join(given[:NAMED])}等{len(given)}{measure}"


def place(rank: Any, tied: int) -> str:
    """`居全省第3位`, `并列全省第3位`; without a rank nothing."""
    if wording.is_null(rank):
        return ""
    return f"{'并列' if tied > 1 else '居'}全省第{int(rank)}位"


def climbed(places: Any, compared: str) -> str:
    """`，较上周上升2位`."""
    if wording.is_null(places) or not compared:
        return ""
    steps = int(places)
    return f"，位次{compared}{'上升' if steps > 0 else '下降'}{abs(steps)}位" if steps else f"，位次{compared}不变"


def counted(found: Sequence[tuple[Any, str]]) -> str:
    """`53家按期达标、9家逾期达标`, those that occur."""
    return "、".join(f"{wording.value(number, 'institutions')}{words}" for number, words in found if number)
