"""Every chart once, from invented frames; and once from the same frames without rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd

from dashboard.charts import (
    bars,
    cities,
    curves,
    evaluation,
    events,
    filings,
    increment,
    institutions,
    library,
    maps,
    milestones,
    months,
    timeline,
    trends,
)
from dashboard.charts.bars import Target
from dashboard.charts.chart import Chart
from dashboard.places import REPOSITORY
from tests.charts import frames
from tests.charts.frames import AS_OF, GROUPS, PLAN

BASE = maps.base_map(REPOSITORY / "data/reference/map", [c.code for c in PLAN.cities])
KINDS = ("转让", "作价入股", "独占许可", "排他许可", "普通许可", "开放许可")


def filings_by_month(year: int, months: int) -> pd.DataFrame:
    rows = [
        (f"{year}-{m:02d}", kind, m + i, m + 2 * i, 2 * m + 3 * i)
        for m in range(1, months + 1)
        for i, kind in enumerate(KINDS)
    ]
    return pd.DataFrame(rows, columns=["month", "kind", "contracts", "times", "patents"])


def sides() -> pd.DataFrame:
    """`filings_city` by patents, the last city unknown."""
    names = [c.name for c in PLAN.cities]
    counts = [(70, 112), (0, 2), (5, 18), (29, 1), (15, 12), (3, 3), (5, 5), (1, 0), (5, 3), (15, 5), (8, 0), (0, 0)]
    rows = [*zip(names, counts, strict=False), (names[-1], (None, None))]
    return pd.DataFrame(
        [(name, *pair) for name, pair in rows], columns=["city_name", "transfer_patents", "licence_patents"]
    )


def grants() -> pd.DataFrame:
    """`increment_city`, the last city without a new grant."""
    rows = [(c.name, 20 + i, 3 * i % 20) for i, c in enumerate(PLAN.cities[:-1])]
    frame = pd.DataFrame([*rows, (PLAN.cities[-1].name, 0, 0)], columns=["city_name", "granted", "approved"])
    return frame.assign(inventory_rate=frame["approved"] / frame["granted"].where(frame["granted"] > 0))


def grant_months(count: int) -> pd.DataFrame:
    """`increment_month` from January 2024 on."""
    stamps = [(2024 + i // 12, i % 12 + 1) for i in range(count)]
    frame = pd.DataFrame(
        [(f"{y}-{m:02d}", 100 + m, 50 - m) for y, m in stamps], columns=["month", "granted", "approved"]
    )
    return frame.assign(inventory_rate=frame["approved"] / frame["granted"])


def flow() -> pd.DataFrame:
    rows = [
        ("南京市", "江苏省", "南京市", 70), ("南京市", "江苏省", "苏州市", 40), ("南京市", "上海市", "未填", 30),
        ("苏州市", "未填", "未填", 9), ("苏州市", "江苏省", "未填", 5),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["city_name", "recipient_province", "recipient_city", "patents"])


def evaluations() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "enterprise_group": ["lead", "other"], "evaluation_rate": [0.481, None], "share": [0.6, 0.5],
            "milestone_due": [date(2024, 4, 30), date(2024, 5, 31)], "status": ["open", "none"],
            "matched": [52000, 0], "evaluated": [25012, 0], "gap": [6188, None],
        }
    )  # fmt: skip


def scorecard_rows() -> pd.DataFrame:
    rows = [("盘点率", "rate", 0.634, 0.58), ("活动场次", "events", 4, 3.2), ("产品备案", "count", None, 12)]
    return pd.DataFrame(rows, columns=["label", "unit", "city", "province"])


def event_counts() -> pd.DataFrame:
    counted = [5, 6, 0, 3, 5, 2, 1, 1, 0, 4, 7, 2, 0]
    status = ["met" if n >= 5 else "open" for n in counted]
    return frames.cities()[["city_name"]].assign(counted=counted, status=status)


def event_days() -> pd.DataFrame:
    days = [AS_OF - timedelta(days=7 * i) for i in range(12)]
    return pd.DataFrame({"day": days, "events": [1, 2, 5, 1, 1, 3, 1, 4, 1, 2, 1, 1]})


def ripeness() -> pd.DataFrame:
    rows = [(s, m, 10 * s + i) for s in range(6) for i, m in enumerate([*PLAN.maturity_levels, None])]
    return pd.DataFrame(rows, columns=["stars", "maturity", "patents"])


def routes() -> pd.DataFrame:
    rows = [("开放许可", 1200, 0.02, 1), ("专利池/专利组合", 3400, 0.05, 3400), ("一般推广", 50000, 0.93, 100)]
    return pd.DataFrame(rows, columns=["label", "patents", "share", "stars_4_up"])


def _choropleth(f: pd.DataFrame) -> Chart:
    assert BASE is not None
    return maps.choropleth(f, BASE, title="各市盘点率", value="inventory_rate", unit="rate")


STARS = pd.DataFrame({"stars": range(6), "patents": [29, 1, 1, 3, 4, 2], "share": [0.7, 0.03, 0.03, 0.1, 0.1, 0.04]})
FIELDS = pd.DataFrame({"field": ["新材料", "新能源", "未填"], "patents": [38, 6, 120], "approved": [30, 6, 55]})
EXPERTS = pd.DataFrame([("新材料", 2, 1, 3), ("未填", 4, 3, 0)], columns=["field", "experts", "enterprises", "reviews"])
NEEDS = pd.DataFrame({"field": ["新材料", "新能源"], "with_need": [120, 31], "with_cooperation": [22, 40]})
WEEKS = frames.history().groupby("as_of", as_index=False)[["rate"]].mean()
DAILY_C = frames.daily().query("key == 'C'")
DUTIES_C = frames.groups().query("group == 'C'")

CHARTS: dict[str, tuple[pd.DataFrame, Callable[[pd.DataFrame], Chart]]] = {
    "city_bars": (frames.cities(), lambda f: cities.city_bars(
        f, title="各市盘点率", value="inventory_rate", unit="rate", target=Target("应达", 0.61), highlight="镇江市")),
    "bars": (FIELDS, lambda f: bars.bars(f, title="领域", name="field", value="patents", unit="patents")),
    "scorecard": (scorecard_rows(), lambda f: cities.scorecard(f, city="南京市", province="全省")),
    "composite": (frames.scores(), lambda f: cities.composite(
        f, weights=PLAN.weights.model_dump(), highlight="镇江市")),
    "tile_grid": (frames.cities(), lambda f: maps.tile_grid(
        f, frames.tiles(), title="各市盘点率", value="inventory_rate", unit="rate")),
    "choropleth": (frames.cities(), _choropleth),
    "milestone_line": (frames.groups(), lambda f: timeline.milestone_line(
        f, as_of=AS_OF, enterprises=frames.enterprise_duties())),
    "milestone_matrix": (frames.groups(), lambda f: milestones.milestone_matrix(f, labels=GROUPS, as_of=AS_OF)),
    "institution_grid": (frames.institution_duties(), lambda f: milestones.institution_grid(f, as_of=AS_OF)),
    "group_curves": (frames.daily(), lambda f: curves.group_curves(f, frames.groups(), labels=GROUPS, as_of=AS_OF)),
    "institution_curve": (DAILY_C, lambda f: curves.institution_curve(
        f, DUTIES_C, name="江城学院", as_of=AS_OF)),
    "bump": (frames.history(), lambda f: trends.bump(f, title="各市名次", highlight="镇江市")),
    "lines": (WEEKS, lambda f: trends.lines(
        f, title="实施率", columns={"rate": "实施率"}, unit="rate", target=Target("应达", 0.6))),
    "sparkline": (WEEKS, lambda f: trends.sparkline([*f["rate"], None], title="盘点率", unit="rate")),
    "stock_scatter": (frames.institutions(), lambda f: institutions.stock_scatter(f, highlight="4132000020")),
    "funnel": (frames.funnel(), lambda f: institutions.funnel(f, title="全省漏斗")),
    "star_bars": (STARS, institutions.star_bars),
    "field_bars": (FIELDS, institutions.field_bars),
    "filing_bars": (filings_by_month(2024, 4), institutions.filing_bars),
    "group_targets": (evaluations(), lambda f: evaluation.group_targets(
        f, labels={g.code: g.label for g in PLAN.enterprise_groups})),
    "demand_fields": (NEEDS, evaluation.demand_fields),
    "expert_fields": (EXPERTS, evaluation.expert_fields),
    "event_bars": (event_counts(), lambda f: events.event_bars(f, target=5, pace=1)),
    "calendar": (event_days(), lambda f: events.calendar(f, year=2024)),
    "month_columns": (filings_by_month(2024, 4), lambda f: filings.month_columns(
        f, filings_by_month(2023, 12), value="patents", as_of=AS_OF, year=2024, lag=3)),
    "side_bars": (sides(), lambda f: filings.side_bars(f, value="patents")),
    "flow_bars": (flow(), lambda f: filings.flow_bars(f, province="江苏省")),
    "rate_bars": (grants(), lambda f: increment.rate_bars(f, target=Target("全省", 0.28))),
    "month_bars": (grant_months(4), lambda f: months.month_bars(
        f, title="各月新授权与入库", columns={"granted": "新授权", "approved": "已入库"}, unit="patents",
        rate="inventory_rate")),
    "value_maturity": (ripeness(), lambda f: library.value_maturity(
        f, maturities=PLAN.maturity_levels, high_from=PLAN.maturity_high_from, pool_stars=PLAN.pool_stars)),
    "route_bars": (routes(), library.route_bars),
}  # fmt: skip
