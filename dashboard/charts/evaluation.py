"""Do enterprises evaluate what was matched: the enterprise groups against their targets."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import bars as bars_of
from dashboard.charts.bars import grouped
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    Row,
    category_axis,
    option,
    plotted,
    records,
    room,
    sentence,
    status_sign,
    status_styles,
    tip,
    value_axis,
)
from dashboard.wording import ACCENT, INK


def group_targets(frame: pd.DataFrame, *, labels: Mapping[str, str], title: str = "企业评价率与应达进度") -> Chart:
    """The rate of each enterprise group with its own target as a named tick.

    Args:
        frame: `evaluation_group`: `enterprise_group`, `evaluation_rate`, `share`, `milestone_due`, `status`,
            `matched`, `evaluated`, `gap`.
        labels: the policy's words for the group codes.
    """
    rows = records(frame)
    names = [labels.get(str(r["enterprise_group"]), str(r["enterprise_group"])) for r in rows]
    now = [wording.value(r["evaluation_rate"], "rate") for r in rows]
    facts = [
        f"{name} {rate}（{wording.value(r['evaluated'], 'pairs')}/{wording.value(r['matched'], 'pairs')} 对），"
        f"{wording.day(r['milestone_due'])} 应达 {wording.share(r['share'])}"
        for name, rate, r in zip(names, now, rows, strict=True)
    ]
    alt = sentence(title, *facts)
    bars: Option = {
        "type": "bar", "barWidth": 22, "itemStyle": {"color": ACCENT}, "showBackground": True,
        "backgroundStyle": {"color": "#F3F5F8"},
        "data": [
            {"value": plotted(r["evaluation_rate"], "rate") or 0, "tooltip": tip(fact)}
            for r, fact in zip(rows, facts, strict=True)
        ],
    }  # fmt: skip
    words: Option = {
        "type": "bar", "barWidth": 22, "barGap": "-100%", "silent": True, "itemStyle": {"color": "transparent"},
        "data": [
            {"value": 100, "label": {"show": True, "position": "right", "color": INK, "rich": status_styles(),
             "formatter": f"{rate}  {status_sign(r['status'])}"}}
            for rate, r in zip(now, rows, strict=True)
        ],
    }  # fmt: skip
    ticks: Option = {
        "type": "scatter", "symbol": "rect", "symbolSize": [3, 32], "itemStyle": {"color": INK, "opacity": 1}, "z": 5,
        "data": [
            {"value": [plotted(r["share"], "rate"), i], "tooltip": tip(facts[i]),
             "label": {"show": True, "position": "top", "color": INK, "fontSize": SIZE - 1, "formatter": _due(r),
                       "align": "right" if (plotted(r["share"], "rate") or 0) > 70 else "center"}}
            for i, r in enumerate(rows)
            if not wording.is_null(r["share"])
        ],
    }  # fmt: skip
    return Chart(
        title=title,
        unit=wording.UNITS["rate"],
        option=option(
            title, wording.UNITS["rate"], alt,
            grid={"left": room(names) + 6, "right": room(now) + 28, "top": 12, "bottom": 6},
            xAxis=value_axis("rate", show=False, min=0, max=100),
            yAxis=category_axis(names, inverse=True, axisLine={"show": False}),
            series=[bars, words, ticks],
        ),
        height=max(len(rows), 1) * 62 + 24, alt=alt, frame=frame,
        note="评价率＝已评价对数÷匹配推送对数，按全组合计。",
    )  # fmt: skip


def _due(row: Row) -> str:
    return f"{wording.short_day(row['milestone_due'])} 应达 {wording.share(row['share'])}"


def demand_fields(frame: pd.DataFrame, *, name: str = "field", top: int = 10) -> Chart:
    """Fields with the most improvement needs and cooperation wishes.

    Args:
        frame: `name`, `with_need`, `with_cooperation` (evaluated pairs).
    """
    shown = frame.sort_values(["with_need", "with_cooperation"], ascending=False, kind="stable").head(top)
    return grouped(
        shown, title="需求集中的领域", name=name, unit="pairs",
        columns={"with_need": "有改进需求", "with_cooperation": "有合作意愿"},
        note="来自企业评价时的填报，是意愿不是结果，不与入库、备案的计数并列比较。",
    )  # fmt: skip


def expert_fields(frame: pd.DataFrame, *, top: int = 10) -> Chart:
    """Experts by field, those of most fields on top, with the enterprises they come from and what they reviewed.

    Args:
        frame: `experts_field`: `field`, `experts`, `enterprises`, `reviews`.
    """
    shown = frame.sort_values(["experts", "reviews"], ascending=False, kind="stable").head(top)
    texts = [
        f"{wording.value(row['experts'], 'count')} 人（{wording.value(row['enterprises'], 'enterprises')} 家，"
        f"参评 {wording.value(row['reviews'], 'times')} 件次）"
        for row in records(shown)
    ]
    return bars_of(
        shown, title="评价专家库", name="field", value="experts", unit="count", texts=texts, sort=False,
        note="专家数按技术领域，括号内为所属企业数与参与评价件次。",
    )  # fmt: skip
