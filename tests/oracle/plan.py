"""The plan as the oracle knows it: transcribed from metrics.md, and open to other numbers for the random worlds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

PROVINCE = "320000"

CITIES = {
    "320100": "南京市", "320200": "无锡市", "320300": "徐州市", "320400": "常州市", "320500": "苏州市",
    "320600": "南通市", "320700": "连云港市", "320800": "淮安市", "320900": "盐城市", "321000": "扬州市",
    "321100": "镇江市", "321200": "泰州市", "321300": "宿迁市",
}  # fmt: skip

GROUPS = ("A", "B", "C")
ENTERPRISE_GROUPS = ("lead", "other")
LEAD_CATEGORIES = {"国家知识产权示范企业", "国家知识产权优势企业"}

COUNTED_LEVELS = {"市级", "县级", "园区"}
COUNTED_KINDS = {"对接", "路演", "拍卖", "交易", "展示", "推广"}

MATURITY = ("概念", "方案", "功能", "仿真", "初样", "正样", "环境", "产品")
GOOD_PROSPECTS = {"好", "较好"}

NULL_WORDS = {"", "-", "—", "/", "无", "NULL", "N/A"}
NO_NEED_WORDS = {"暂无", "没有"}

COMPONENTS = ("inventory", "evaluation", "events", "filings", "products")


@dataclass(frozen=True)
class Milestone:
    group: str
    due_on: date
    percent: int
    basically_complete: bool = False


@dataclass(frozen=True)
class Obligation:
    """A date on which a group's share rises; `share` is a fraction of its patents (or pairs)."""

    due_on: date
    share: Fraction


_MARCH, _APRIL, _MAY, _JUNE = date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 30)


@dataclass(frozen=True)
class Plan:
    """The numbers of the plan; the defaults are Jiangsu's."""

    baseline: date = date(2023, 12, 31)
    small_stock: int = 300
    event_target: int = 5
    high_from: str = "初样"
    pool_stars: int = 4
    no_approval_days: int = 14
    unreported_days: int = 30
    batch_percent: int = 90
    batch_min_stock: int = 100
    pace_days: int = 21
    basically_complete_percent: int = 100
    weights: tuple[float, ...] = (40, 20, 15, 15, 10)
    milestones: tuple[Milestone, ...] = (
        Milestone("A", _MARCH, 100, basically_complete=True),
        Milestone("A", _MAY, 100),
        Milestone("B", _MARCH, 50),
        Milestone("B", _APRIL, 100),
        Milestone("C", _MARCH, 30),
        Milestone("C", _APRIL, 60),
        Milestone("C", _MAY, 100),
        Milestone("lead", _APRIL, 60),
        Milestone("lead", _MAY, 100),
        Milestone("other", _MAY, 50),
        Milestone("other", _JUNE, 100, basically_complete=True),
    )

    def obligations(self, group: str) -> list[Obligation]:
        """The dates on which the group's share is higher than before, in order of date."""
        found: list[Obligation] = []
        for milestone in sorted((m for m in self.milestones if m.group == group), key=lambda m: m.due_on):
            share = Fraction(milestone.percent, 100)
            if milestone.basically_complete:
                share *= Fraction(self.basically_complete_percent, 100)
            if not found or share > found[-1].share:
                found.append(Obligation(milestone.due_on, share))
        return found

    def current(self, group: str, as_of: date) -> Obligation:
        """The first obligation on or after the as-of date; when none is left, the last."""
        obligations = self.obligations(group)
        return next((o for o in obligations if o.due_on >= as_of), obligations[-1])

    def is_high(self, maturity: str) -> bool:
        return MATURITY.index(maturity) >= MATURITY.index(self.high_from)


JIANGSU = Plan()
