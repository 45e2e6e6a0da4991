"""The three sentences say what happened, whatever happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from dashboard.highlights import Week, following, progress, standing

NOW = {"stock": 1000, "approved": 634, "inventory_rate": 0.634, "change_pp": 5.2, "required_rate": 0.61, "lead_pp": 2.4}


def week(
    now: dict[str, Any] | None = None,
    before: int | None = 582,
    cities: list[tuple[str, float | None, float | None]] | None = None,
    attention: list[tuple[int, str]] | None = None,
    days: int = 7,
) -> Week:
    as_of = dt.date(2024, 4, 26)
    return Week(
        as_of=as_of,
        before=None if before is None else as_of - dt.timedelta(days=days),
        province={**NOW, **(now or {})},
        province_before=None if before is None else {"approved": before},
        cities=pd.DataFrame(
            cities or [("镇江市", 0.788, 1.0), ("徐州市", 0.415, 3.1)],
            columns=["city_name", "inventory_rate", "change_pp"],
        ),
        attention=pd.DataFrame(attention or [], columns=["severity", "kind"]),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (week(), "全省本周新增盘点入库 52 件，盘点率 63.4%，较上周提高 5.2 个百分点，应达 61.0%，超出 2.4 个百分点。"),
        (
            week({"change_pp": 0.0, "lead_pp": 0.0}, before=634),
            "全省本周没有新增盘点入库，盘点率 63.4%，较上周持平，应达 61.0%，正好达到。",
        ),
        (
            week({"change_pp": -1.25, "lead_pp": -3.0}, before=635),
            "全省本周盘点入库净减少 1 件，盘点率 63.4%，较上周下降 1.2 个百分点，应达 61.0%，相差 3.0 个百分点。",
        ),
        (
            week(days=14),
            (
                "全省自 2024-04-12 以来新增盘点入库 52 件，盘点率 63.4%，较上期提高 5.2 个百分点，"
                "应达 61.0%，超出 2.4 个百分点。"
            ),
        ),
        (
            week({"lead_pp": None}, before=None),
            "全省累计盘点入库 634 件，盘点率 63.4%（没有更早的快照可比较）。",
        ),
        (week({"stock": 0}), "全省没有存量专利，盘点率无从计算。"),
    ],
)
def test_progress(given: Week, said: str) -> None:
    assert progress(given) == said


@pytest.mark.parametrize(
    ("cities", "before", "said"),
    [
        (None, 582, "镇江市盘点率最高（78.8%），徐州市最低（41.5%）；本周提高最多的是徐州市（＋3.1 个百分点）。"),
        (None, None, "镇江市盘点率最高（78.8%），徐州市最低（41.5%）。"),
        ([("镇江市", 0.5, 0.0), ("徐州市", None, None)], 1, "镇江市盘点率为 50.0%。本周没有城市盘点率提高。"),
        (
            [("甲市", 0.5, 1.0), ("乙市", 0.5, 1.0)],
            1,
            "甲市、乙市并列盘点率均为 50.0%。本周提高最多的是甲市、乙市并列（＋1.0 个百分点）。",
        ),
        (
            [(f"{n}市", 1.0, -1.0) for n in "甲乙丙丁"] + [("戊市", 0.2, None)],
            1,
            "甲市、乙市、丙市等 4 市并列盘点率最高（100.0%），戊市最低（20.0%）；本周没有城市盘点率提高。",
        ),
        ([("甲市", None, None)], 1, "各市都没有存量专利，不作比较。"),
    ],
)
def test_standing(cities: list[tuple[str, float | None, float | None]], before: int | None, said: str) -> None:
    assert standing(week(cities=cities, before=before)) == said


@pytest.mark.parametrize(
    ("attention", "said"),
    [
        ([], "没有逾期、回落或停滞的单位和城市。"),
        ([(1, "unreported")], "没有逾期、回落或停滞的单位和城市。"),
        ([(3, "behind_milestone")], "需跟进：1 家单位当前里程碑逾期未达标。"),
        (
            [(3, "behind_milestone"), (2, "behind_milestone"), (3, "approved_drop"), (2, "event_pace")],
            (
                "需跟进：1 家单位当前里程碑逾期未达标，1 家单位按目前进度难以按期，1 家单位已入库数回落，"
                "1 个市对接活动落后于全年进度。"
            ),
        ),
    ],
)
def test_following(attention: list[tuple[int, str]], said: str) -> None:
    assert following(week(attention=attention)) == said
