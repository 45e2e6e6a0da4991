"""The milestone line: the plan's dates in one row, each with who has met it. HTML, no Streamlit."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.ui import markup

COUNTED = ("missed", "late", "met", "open")


@dataclass(frozen=True)
class Duty:
    """What a group owes by a date: its short name, institutions by status (none for enterprises), or one status."""

    who: str
    share: float
    counts: Mapping[str, int]
    status: str | None = None

    @property
    def short(self) -> int:
        """Institutions that have not reached it."""
        return self.counts.get("missed", 0) + self.counts.get("open", 0)


@dataclass(frozen=True)
class Stop:
    """A date of the plan with all that is due then."""

    day: dt.date
    duties: tuple[Duty, ...]


def stops(groups: pd.DataFrame, enterprises: pd.DataFrame) -> list[Stop]:
    """The dates in order, from `milestone_group` and `evaluation_milestones`."""
    found: dict[dt.date, list[Duty]] = {}
    for row in groups.to_dict("records"):
        counts = {status: int(row[status]) for status in COUNTED if row[status]}
        found.setdefault(_day(row["due_on"]), []).append(Duty(str(row["group"]), float(row["share"]), counts))
    for row in enterprises.to_dict("records"):
        status = None if wording.is_null(row["status"]) else str(row["status"])
        found.setdefault(_day(row["due_on"]), []).append(Duty(str(row["label"]), float(row["share"]), {}, status))
    return [Stop(day, tuple(found[day])) for day in sorted(found)]


def sentence(line: Sequence[Stop], as_of: dt.date) -> str:
    """`5月31日还有 28 天，仍差 C 22 家；已过节点仍未完成 A 65 家`: what is next, and what is overdue."""
    coming = [stop for stop in line if stop.day >= as_of]
    parts = []
    if coming:
        left = (coming[0].day - as_of).days
        when = f"{coming[0].day.month}月{coming[0].day.day}日" + (f"还有 {left} 天" if left else "今天到期")
        owing = _listed(coming[0], lambda duty: duty.short)
        parts.append(f"{when}，仍差 {owing}" if owing else f"{when}，到期任务已完成")
    else:
        parts.append("各里程碑均已到期")
    overdue = _overdue(line, as_of)
    parts.append(f"已过节点仍未完成 {overdue}" if overdue else "已过节点没有未完成的单位")
    return "；".join(parts)


def draw(line: Sequence[Stop], as_of: dt.date, href: str, labels: Mapping[str, str]) -> str:
    """The line itself with today marked, and its key; each date leads to `href`, `labels` say what the groups are."""
    rule = '<span class="zl-rule"></span>'
    pieces: list[str] = []
    marked = False
    for stop in line:
        if not marked and stop.day >= as_of:
            pieces.append(_today(as_of))
            marked = True
        pieces.append(_stop(stop, as_of, href))
    if not marked:
        pieces.append(_today(as_of))
    return f'<div class="zl-lines"><div class="zl-line">{rule.join(pieces)}</div>{_key(labels)}</div>'


def _key(labels: Mapping[str, str]) -> str:
    groups = "　".join(html.escape(label) for label in labels.values())
    signs = "　".join(
        f"{_sign(status)} {wording.STATUSES[status].label}" for status in ("met", "late", "missed", "open")
    )
    return f'<div class="zl-key"><span>{groups}</span><span>{signs}（数字为单位数；企业指各组企业的评价）</span></div>'


def _stop(stop: Stop, as_of: dt.date, href: str) -> str:
    own = [_duty(duty, stop.day >= as_of) for duty in stop.duties if not duty.status]
    signs = "".join(_sign(duty.status, duty.who) for duty in stop.duties if duty.status)
    duties = "&ensp;".join([*own, *([f"企业 {signs}"] if signs else [])])
    return f'<span class="zl-due"><b>{markup.link(wording.short_day(stop.day), href)}</b> {duties}</span>'


def _duty(duty: Duty, is_open: bool) -> str:
    who = html.escape(duty.who)
    if is_open and set(duty.counts) <= {"open"}:
        return f"{who} 应 {duty.share:.0%}"
    return (
        f"{who} "
        + "".join(f"{_sign(status)}{duty.counts[status]} " for status in COUNTED if status in duty.counts).rstrip()
    )


def _sign(status: str, who: str = "") -> str:
    found = wording.STATUSES[status]
    told = html.escape(f"{who} {found.label}".strip(), quote=True)
    return f'<span class="zl-sign" style="color:{found.colour}" title="{told}">{found.symbol}</span>'


def _today(as_of: dt.date) -> str:
    return f'<span class="zl-today">▼ 截至 {wording.short_day(as_of)}</span>'


def _overdue(line: Sequence[Stop], as_of: dt.date) -> str:
    """Each group at its last date gone by, so that an institution is counted once."""
    latest: dict[str, int] = {}
    for stop in line:
        if stop.day < as_of:
            latest |= {duty.who: duty.counts.get("missed", 0) for duty in stop.duties if duty.status is None}
    return "、".join(f"{who} {count} 家" for who, count in latest.items() if count)


def _listed(stop: Stop, count: Callable[[Duty], int]) -> str:
    return "、".join(f"{duty.who} {count(duty)} 家" for duty in stop.duties if duty.status is None and count(duty))


def _day(given: Any) -> dt.date:
    return pd.Timestamp(given).date()
