"""本周要点: three sentences made from the data, for the first screen and the bulletin.

Pure functions of plain values: what was not known before (no previous snapshot) is left out, never invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import wording

WEEK = 7
NAMED = 3
"""Names that a list gives before it goes on with 等."""


@dataclass(frozen=True)
class Week:
    """What the sentences are made from.

    Attributes:
        as_of, before: the snapshot's date and that of the one before it, if any.
        province, province_before: rows of `inventory_province`.
        cities: `inventory_city`.
        attention: `attention`.
    """

    as_of: dt.date
    before: dt.date | None
    province: Mapping[str, Any]
    province_before: Mapping[str, Any] | None
    cities: pd.DataFrame
    attention: pd.DataFrame


def sentences(week: Week) -> tuple[str, str, str]:
    """Progress, cities, follow-up."""
    return progress(week), standing(week), following(week)


def progress(week: Week) -> str:
    """What came in, where the rate stands, and how that compares with what is due."""
    now = week.province
    if not now["stock"]:
        return "全省没有存量专利，盘点率无从计算。"
    rate = f"盘点率 {wording.value(now['inventory_rate'], 'rate')}"
    due = _against_due(now)
    if week.province_before is None:
        total = wording.value(now["approved"], "patents", with_unit=True)
        return f"全省累计盘点入库 {total}，{rate}（没有更早的快照可比较）{due}。"
    since = _since(week)
    added = _added(now["approved"] - week.province_before["approved"], since)
    return f"{added}，{rate}，{_moved(now['change_pp'], since)}{due}。"


def standing(week: Week) -> str:
    """Who leads, who trails, who rose most; ties are all named."""
    known = week.cities.dropna(subset=["inventory_rate"])
    if known.empty:
        return "各市都没有存量专利，不作比较。"
    rates = [(str(r["city_name"]), wording.value(r["inventory_rate"], "rate")) for r in known.to_dict("records")]
    order = known["inventory_rate"].round(9)
    top = [name for (name, _), v in zip(rates, order, strict=True) if v == order.max()]
    low = [name for (name, _), v in zip(rates, order, strict=True) if v == order.min()]
    said = dict(rates)
    if order.max() == order.min():
        return f"{_together(top)}盘点率{'均' if len(top) > 1 else ''}为 {said[top[0]]}。" + _risen(week, known)
    first = f"{_together(top)}盘点率最高（{said[top[0]]}），{_together(low)}最低（{said[low[0]]}）"
    return f"{first}；{_risen(week, known)}" if week.before else f"{first}。"


def following(week: Week) -> str:
    """What asks for action, by kind, worst kinds first; says so when nothing does."""
    found = week.attention
    missed = found[(found["kind"] == "behind_milestone") & (found["severity"] == 3)]
    risky = found[(found["kind"] == "behind_milestone") & (found["severity"] < 3)]
    parts = [
        _count(len(missed), "家单位当前里程碑逾期未达标"),
        _count(len(risky), "家单位按目前进度难以按期"),
        _count(_kind(found, "approved_drop"), "家单位已入库数回落"),
        _count(_kind(found, "no_recent_approval"), "家单位久未入库"),
        _count(_kind(found, "event_pace"), "个市对接活动落后于全年进度"),
    ]
    told = [part for part in parts if part]
    return f"需跟进：{'，'.join(told)}。" if told else "没有逾期、回落或停滞的单位和城市。"


def _added(count: int, since: str) -> str:
    """Since then so many came in; fewer than before is said as such."""
    if count == 0:
        return f"全省{since}没有新增盘点入库"
    word = "新增盘点入库" if count > 0 else "盘点入库净减少"
    return f"全省{since}{word} {wording.value(abs(count), 'patents', with_unit=True)}"


def _moved(points: Any, since: str) -> str:
    if wording.is_null(points):
        return f"{since}的盘点率无从比较"
    rounded = round(float(points), 1)
    compared = "较上周" if since == "本周" else "较上期"
    if rounded == 0:
        return f"{compared}持平"
    return f"{compared}{'提高' if rounded > 0 else '下降'} {abs(rounded):.1f} 个百分点"


def _against_due(now: Mapping[str, Any]) -> str:
    if wording.is_null(now["lead_pp"]):
        return ""
    lead = round(float(now["lead_pp"]), 1)
    due = f"，应达 {wording.value(now['required_rate'], 'rate')}"
    return f"{due}，正好达到" if lead == 0 else f"{due}，{'超出' if lead > 0 else '相差'} {abs(lead):.1f} 个百分点"


def _since(week: Week) -> str:
    """本周 between weekly snapshots, else the date of the one before."""
    assert week.before is not None
    return "本周" if (week.as_of - week.before).days == WEEK else f"自 {week.before} 以来"


def _risen(week: Week, known: pd.DataFrame) -> str:
    if week.before is None:
        return ""
    moved = known.dropna(subset=["change_pp"])
    points = moved["change_pp"].round(1)
    when = "本周" if _since(week) == "本周" else "较上期"
    if moved.empty or points.max() <= 0:
        return f"{when}没有城市盘点率提高。"
    names = [str(n) for n in moved.loc[points == points.max(), "city_name"]]
    return f"{when}提高最多的是{_together(names)}（{wording.change(points.max(), 'pp')}）。"


def _together(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return "、".join(names) + ("并列" if len(names) > 1 else "")
    return f"{'、'.join(names[:NAMED])}等 {len(names)} 市并列"


def _kind(found: pd.DataFrame, kind: str) -> int:
    return int((found["kind"] == kind).sum())


def _count(number: int, words: str) -> str:
    return f"{number} {words}" if number else ""
