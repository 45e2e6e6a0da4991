"""What a bulletin is, apart from how it is written: sections of sentences, tables and charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from dashboard.charts.chart import Chart
from dashboard.errors import UsageError
from dashboard.exports.sheet import Origin, Sheet

PROGRESS = "总体进展"
MILESTONES = "里程碑达成"
CITIES = "地市排名"
INSTITUTIONS = "高校院所"
EVALUATION = "企业评价"
EVENTS = "对接活动"
FILINGS = "转让许可"
ATTENTION = "需关注事项"
ANNEX = "附件"
SECTIONS = (PROGRESS, MILESTONES, CITIES, INSTITUTIONS, EVALUATION, EVENTS, FILINGS, ATTENTION, ANNEX)


Tell = Callable[[str, float], None]
"""Is told what is being done, and how much of it is behind (0 to 1)."""


def silent(step: str, share: float) -> None:
    """Tells nobody."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What a table holds.

    Attributes:
        stressed: positions of the rows that stand out: the whole's, and of a city's bulletin its own.
    """

    sheet: Sheet
    stressed: Collection[int] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table and the metric behind it. A preview shows its title alone, so `fill` is called when rows are needed.

    Attributes:
        has_total: the last row is the whole's.
    """

    metric: str
    title: str
    fill: Callable[[], Rows]
    has_total: bool = False

    @cached_property
    def rows(self) -> Rows:
        return self.fill()

    @property
    def sheet(self) -> Sheet:
        return self.rows.sheet


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart and the metric behind it, drawn when it is needed."""

    metric: str
    title: str
    draw: Callable[[], Chart]

    @cached_property
    def chart(self) -> Chart:
        return self.draw()


def figure(metric: str, title: str, draw: Callable[..., Chart], /, *frames: Any, **settings: Any) -> Figure:
    """The chart that `draw` makes of frames and settings, under a title."""
    return Figure(metric, title, partial(draw, *frames, title=title, **settings))


Part = Table | Figure


@dataclass(frozen=True, eq=False)
class Section:
    """A titled piece: its sentences (one paragraph each), then its tables and charts."""

    name: str
    sentences: Sequence[str]
    parts: Sequence[Part] = ()

    @property
    def tables(self) -> list[Table]:
        return [part for part in self.parts if isinstance(part, Table)]

    @property
    def figures(self) -> list[Figure]:
        return [part for part in self.parts if isinstance(part, Figure)]


@dataclass(frozen=True, eq=False)
class Bulletin:
    """A bulletin of the province (`city_code` None) or of one city.

    Attributes:
        title_lines: the title, broken where its meaning allows.
        place: 全省 or the city's name.
        before: the date it compares with, if there is a snapshot before.
        values: words for placeholders of the template that stand alone (`存量`, `盘点率` …).
    """

    title_lines: Sequence[str]
    place: str
    city_code: str | None
    as_of: dt.date
    before: dt.date | None
    origin: Origin
    sections: Sequence[Section]
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def tables(self) -> list[Table]:
        return [table for section in self.sections for table in section.tables]

    @property
    def figures(self) -> list[Figure]:
        return [figure for section in self.sections for figure in section.figures]

    def only(self, names: Sequence[str]) -> Bulletin:
        """This bulletin with the named sections, in its own order.

        Raises:
            UsageError: no section of that name, or none asked for.
        """
        unknown = [name for name in names if name not in SECTIONS]
        if unknown or not names:
            raise UsageError(f"通报没有“{'、'.join(unknown)}”部分，可用的有：{'、'.join(SECTIONS)}。")
        return replace(self, sections=[section for section in self.sections if section.name in names])
