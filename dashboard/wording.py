"""The words, symbols, colours and number formats that pages, charts and exports share: one place for each.

Labels of columns are not here (a metric's header has them) and neither are groups and cities (the policy has them).
Colours hold for the common forms of colour blindness, and every status also has its own symbol, so that a grey print
says the same. Colours of text have a contrast of at least 4.5 : 1 on white, those of marks at least 3 : 1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from dashboard.policy import Policy

PRODUCT = "存量专利盘活"
NULL = "—"
DEMONSTRATION = "演示数据"

FONTS = '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif'
INK = "#1F2933"
INK_SOFT = "#52606D"
RULE = "#D5DBE1"
PAPER = "#FFFFFF"
ACCENT = "#1D5A8E"
QUIET = "#9DB4CA"
PALE = "#E4EBF2"
BAND = "#F1EEE6"
RAMP = ("#E4EBF2", "#BDD0E2", "#8DAFCD", "#3F74A5", "#1D5A8E")
PARTS = ("#1D5A8E", "#7FABD0", "#DDE7F0", "#D9BD8B", "#8A6D3B")


@dataclass(frozen=True)
class Status:
    """A status of a duty: label, symbol, colour of the symbol, tint of a cell, ECharts symbol of a point."""

    code: str
    label: str
    symbol: str
    colour: str
    tint: str
    mark: str

    @property
    def text(self) -> str:
        return f"{self.symbol} {self.label}"


STATUSES: Mapping[str, Status] = {
    s.code: s
    for s in (
        Status("met", "达标", "●", "#1D5A8E", "#DCE8F3", "circle"),
        Status("late", "逾期达标", "◐", "#4F82B0", "#E9EFF5", "diamond"),
        Status("missed", "未达标", "▲", "#B3421B", "#F8E1D8", "triangle"),
        Status("open", "未到期", "○", "#616B78", "#F5F6F8", "emptyCircle"),
        Status("none", "无存量", "–", "#7B8490", "#FFFFFF", "none"),
    )
}
OUTLOOKS: Mapping[str, str] = {"done": "已完成", "on_track": "可按期", "at_risk": "有风险", "stalled": "停滞"}
ATTENTION: Mapping[str, str] = {
    "behind_milestone": "落后里程碑",
    "approved_drop": "入库回落",
    "no_recent_approval": "久未入库",
    "event_pace": "活动进度慢",
    "unreported": "未反馈平台",
    "bulk_approval": "集中入库",
    "self_transfer": "自我转让",
}
SEVERITIES: Mapping[int, str] = {3: "严重", 2: "注意", 1: "提示"}
NOTE_KINDS: Mapping[str, str] = {"file": "文件", "sheet": "工作表", "columns": "列"}
"""What an import lists without reading it."""

REASONS: Mapping[str, str] = {
    "E-SHAPE": "行的右端超出表头",
    "E-MISSING": "必填项为空",
    "E-PATENT-NO": "专利号不合规则",
    "E-DATE": "必填日期读不出",
    "E-VALUE": "必填值不在允许范围",
    "E-UNKNOWN-CITY": "不是本省设区市",
    "E-TYPE-MISMATCH": "专利类型与专利号不符",
    "E-DATE-ORDER": "授权早于申请",
    "E-FUTURE": "日期晚于快照",
    "E-UNKNOWN-INSTITUTION": "单位名录中没有该编码",
    "E-UNKNOWN-ENTERPRISE": "企业名录中没有该编码",
    "E-DUPLICATE": "主键重复，保留了另一行",
    "W-CHECK-ADDED": "专利号补了校验位",
    "W-VALUE": "选填值不在允许范围，已清空",
    "W-DATE": "选填日期不可用，已清空",
    "W-STAGE-ORDER": "建档、通过、入库次序颠倒",
    "W-UNKNOWN-PATENT": "专利不在已接收的专利中",
    "W-DUPLICATE": "完全相同的行，只留一行",
}
SCOPES: Mapping[str, str] = {"territory": "属地", "municipal": "市属", "provincial": "部省属"}
LICENCES = ("独占许可", "排他许可", "普通许可", "开放许可")
TRANSFERS = ("转让", "作价入股")
SCORES: Mapping[str, str] = {
    "inventory": "盘点",
    "evaluation": "企业评价",
    "events": "对接活动",
    "filings": "转让许可",
    "products": "产品备案",
}

UNITS: Mapping[str, str] = {
    "rate": "%", "pp": "个百分点", "patents": "件", "institutions": "家", "enterprises": "家", "pairs": "对",
    "contracts": "份", "times": "件次", "events": "场", "amount": "万元", "days": "天", "rank": "位", "score": "分",
}  # fmt: skip
DECIMALS: Mapping[str, int] = {"rate": 1, "pp": 1, "amount": 2, "score": 1, "number": 1}
WORDS = frozenset({"text", "date", "month", "status", "boolean"})


class Column(Protocol):
    """What is needed of a metric's column: its name, Chinese label, unit and note."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def note(self) -> str: ...


def is_null(value: Any) -> bool:
    """None, NaN, NaT and pandas' NA."""
    # Pandas' nulls are what does not equal itself, and NA, which answers with itself; pandas is too heavy to ask.
    unequal = value != value
    kind = type(unequal).__name__
    return value is None or kind == "NAType" or (kind in ("bool", "bool_") and bool(unequal))


def is_difference(name: str) -> bool:
    """Whether a column is a change, printed with its sign."""
    return name.endswith(("_pp", "_change")) or name == "yoy" or name.startswith("net_")


def heading(column: Column) -> str:
    """The label with its unit: `盘点率（%）`; words, ranks and plain counts carry none."""
    unit = UNITS.get(column.unit, "")
    return f"{column.label}（{unit}）" if unit and column.unit != "rank" else column.label


def value(value: Any, unit: str, *, signed: bool = False, with_unit: bool = False) -> str:
    """A value as people read it; null is `—`.

    Args:
        value: a fraction for `rate`, percentage points for `pp`, 万元 for `amount`, else the number itself.
        unit: one of `metrics.Unit`; it decides decimals, separators and the sign of percentages.
        signed: ＋ or － in front (`pp` always has it; a zero never).
        with_unit: the unit behind it (rates have their % in any case).
    """
    if is_null(value):
        return NULL
    if unit in WORDS or isinstance(value, str):
        return _word(value, unit)
    places = DECIMALS.get(unit, 0)
    exact = Decimal(repr(float(value))) * (100 if unit == "rate" else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = ("－" if rounded < 0 else "＋" if rounded > 0 else "") if signed or unit == "pp" else ""
    text = sign + f"{abs(rounded) if sign else rounded + 0:,.{places}f}" + ("%" if unit == "rate" else "")
    tail = UNITS.get(unit, "") if with_unit and unit != "rate" else ""
    return f"{text} {tail}" if tail else text


def cell(given: Any, column: Column) -> str:
    """A value of a metric's column as a table prints it: changes signed, movements of a rank as arrows."""
    if column.name.endswith("rank_change"):
        return movement(given)
    return value(given, column.unit, signed=is_difference(column.name))


def change(given: Any, unit: str) -> str:
    """A change with its unit: `＋5.2 个百分点`, `－37 件`."""
    return value(given, unit, signed=True, with_unit=True)


def movement(places: Any) -> str:
    """A movement of a rank: ↑2 rose, ↓1 fell, – stayed, — unknown."""
    if is_null(places):
        return NULL
    return "–" if places == 0 else f"{'↑' if places > 0 else '↓'}{abs(int(places))}"


def share(given: Any) -> str:
    """A share that the plan sets, without an idle decimal: 60%."""
    return value(given, "rate").replace(".0%", "%")


def day(given: Any) -> str:
    """A date as 2024-04-26."""
    return value(given, "date")


def short_day(given: date | str) -> str:
    """A date (or its ISO text) as 4·26, where the year is plain from the rest."""
    import pandas as pd

    moment = pd.Timestamp(given)
    return f"{moment.month}·{moment.day}"


def as_day(given: date | str) -> date:
    """A day, whether it came as a date, a timestamp or ISO text."""
    import pandas as pd

    return pd.Timestamp(given).date()


def days_left(day: date, as_of: date) -> str:
    """How far off a day is: 还有 4 天, 今天到期, 已过 26 天."""
    gap = (day - as_of).days
    return f"还有 {gap} 天" if gap > 0 else "今天到期" if gap == 0 else f"已过 {-gap} 天"


def labels(policy: Policy) -> dict[str, dict[str, str]]:
    """Words for the codes that metrics print, by column name; a code that is not there is shown as it is."""
    return {
        "status": {s.code: s.text for s in STATUSES.values()},
        "outlook": dict(OUTLOOKS),
        "kind": dict(ATTENTION),
        "severity": {str(k): v for k, v in SEVERITIES.items()},
        "group": {g.code: g.label for g in policy.groups},
        "enterprise_group": {g.code: g.label for g in policy.enterprise_groups},
        "city_code": {c.code: c.name for c in policy.cities},
    }


def width(text: str) -> int:
    """The width of a text in half-width characters: a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _word(given: Any, unit: str) -> str:
    if unit == "status":
        return STATUSES[given].text if given in STATUSES else str(given)
    if unit == "boolean":
        return "是" if given in (True, "true") else "否"
    if isinstance(given, date):
        return given.strftime("%Y-%m" if unit == "month" else "%Y-%m-%d")
    return str(given)
