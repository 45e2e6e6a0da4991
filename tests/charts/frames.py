"""Invented frames of a province's cities, in the columns that the metrics print."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from dashboard import policy
from dashboard.places import REPOSITORY

PLAN = policy.load(REPOSITORY / "data/policy/jiangsu-2024.yaml")
AS_OF = date(2024, 4, 26)
GROUPS = {g.code: g.label for g in PLAN.groups}
RATES = (0.634, 0.712, 0.415, 0.602, 0.661, 0.588, 0.547, 0.439, 0.521, 0.74, 0.788, 0.569, None)
STATUSES = ("open", "met", "missed", "open", "late", "missed", "open", "missed", "open", "met", "met", "open", "none")
RANKS = (5, 3, 12, 6, 4, 7, 9, 11, 10, 2, 1, 8, None)
MOVES = (0, 1, -1, 2, -1, 0, 0, -2, 1, 0, 2, None, None)


def tiles() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"city_code": c.code, "city_name": c.name, "short_name": c.short_name,
             "tile_column": c.tile[0], "tile_row": c.tile[1]}
            for c in PLAN.cities
        ]
    )  # fmt: skip


def cities() -> pd.DataFrame:
    """`inventory_city`, the last city without stock."""
    return pd.DataFrame(
        {
            "city_code": [c.code for c in PLAN.cities],
            "city_name": [c.name for c in PLAN.cities],
            "stock": [48210, 12044, 9313, 8120, 21877, 6201, 3120, 2877, 5010, 9022, 14110, 3300, 0],
            "inventory_rate": list(RATES),
            "required_rate": [0.61] * 12 + [None],
            "status": list(STATUSES),
            "rank": list(RANKS),
            "rank_change": list(MOVES),
        }
    )


def groups() -> pd.DataFrame:
    """`milestone_group` on 2024-04-26."""
    columns = ("group", "due_on", "share", "institutions", "met", "late", "missed", "open", "rate_by_due", "rate_now")
    rows = [
        ("A", date(2024, 3, 31), 1.0, 96, 61, 20, 15, 0, 0.821, 0.934),
        ("B", date(2024, 3, 31), 0.5, 14, 12, 2, 0, 0, 0.552, 0.871),
        ("B", date(2024, 4, 30), 1.0, 14, 9, 0, 0, 5, 0.871, 0.871),
        ("C", date(2024, 3, 31), 0.3, 58, 40, 11, 7, 0, 0.341, 0.559),
        ("C", date(2024, 4, 30), 0.6, 58, 17, 0, 0, 41, 0.559, 0.559),
        ("C", date(2024, 5, 31), 1.0, 58, 3, 0, 0, 55, 0.559, 0.559),
    ]
    return pd.DataFrame(rows, columns=list(columns))


def enterprise_duties() -> pd.DataFrame:
    words = {g.code: g.label for g in PLAN.enterprise_groups}
    status = {("lead", "2024-04-30"): "open", ("other", "2024-05-31"): "open"}
    return pd.DataFrame(
        [
            {"label": words[o.group], "due_on": o.due_on, "share": float(o.share),
             "status": status.get((o.group, str(o.due_on)))}
            for o in PLAN.enterprise_obligations()
        ]
    )  # fmt: skip


def daily() -> pd.DataFrame:
    """`inventory_daily` at level group: three curves of 60 days, the last starting late."""
    ends = {"A": (0.934, 60, 0.7), "B": (0.871, 55, 1.1), "C": (0.559, 40, 1.6)}
    rows = [
        {"key": key, "day": AS_OF - timedelta(days=length - 1 - i), "rate": end * ((i + 1) / length) ** bend}
        for key, (end, length, bend) in ends.items()
        for i in range(length)
    ]
    return pd.DataFrame(rows)


def institutions() -> pd.DataFrame:
    """`inventory_institution`: forty invented names, one with markup in it, one without stock."""
    kinds = ["大学", "职业技术学院", "农业科学研究院", "师范学院"]
    rows = []
    for i in range(40):
        stock = 0 if i == 39 else int(12000 / (i + 1) ** 1.3) + 3
        rate = None if not stock else ((i * 37) % 101) / 100
        approved = round(stock * (rate or 0))
        required = -(-stock * 6 // 10)
        status = "none" if not stock else "met" if approved >= required else ("missed" if i % 3 == 0 else "open")
        name = "<b>甲乙</b>{a}学院" if i == 7 else f"江城{'东西南北'[i % 4]}{i + 1}{kinds[i % 4]}"
        rows.append(
            {"institution_id": f"41320{i:05d}", "institution_name": name, "group": "ABC"[i % 3], "stock": stock,
             "approved": approved, "inventory_rate": rate, "required": required,
             "gap": max(required - approved, 0), "status": status, "rank": None if rate is None else i + 1}
        )  # fmt: skip
    return pd.DataFrame(rows)


def institution_duties() -> pd.DataFrame:
    """`milestone_institution` with names, ten institutions of all statuses."""
    dues = (date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31))
    kinds = ("met", "late", "missed", "open", "none")
    late = {"met": 0, "late": 6, "missed": 26}
    rows = [
        {"institution_id": str(row["institution_id"]), "institution_name": row["institution_name"], "due_on": due,
         "required": 10, "approved_by_due": 4, "days_late": late.get(status), "status": status}
        for i, row in enumerate(institutions().head(10).to_dict("records"))
        for at, due in enumerate(dues)
        for status in [kinds[i % 5] if at == 0 else "open" if i % 2 else "met"]
        if i % 3 or at < 1
    ]  # fmt: skip
    return pd.DataFrame(rows)


def history() -> pd.DataFrame:
    """Ranks and rates of the cities over six snapshots, the last city without either."""
    weeks = [AS_OF - timedelta(weeks=6 - i) for i in range(1, 7)]
    rows = []
    for w, week in enumerate(weeks):
        wobbly = [-((RATES[c] or 0) + ((c * 7 + w * 5) % 11) / 60 * (5 - w) / 5) for c in range(12)]
        moved = sorted(range(12), key=wobbly.__getitem__)
        for c, city in enumerate(PLAN.cities):
            rate = None if RATES[c] is None else (RATES[c] or 0) * (w + 3) / 8
            rank = None if rate is None else moved.index(c) + 1
            rows.append({"as_of": week, "city_code": city.code, "city_name": city.name, "rank": rank, "rate": rate})
    return pd.DataFrame(rows)


def scores() -> pd.DataFrame:
    """`ranking_city` with a city that has nothing, and one without events."""
    frame = cities()[["city_code", "city_name"]].copy()
    inventory = [None if r is None else min(100.0, r / 0.61 * 100) for r in RATES]
    frame["inventory_score"] = inventory
    frame["evaluation_score"] = [48.1, 60, 33, 52, 71, 44, 39, 28, 30, 66, 58, 41, None]
    frame["events_score"] = [100.0, 80, 40, 60, 100, 40, 20, 20, 0, 80, 100, None, None]
    frame["filings_score"] = [88.0, 70, 32, 55, 100, 41, 20, 14, 26, 45, 61, 38, None]
    frame["products_score"] = [100.0, 61, 22, 48, 90, 35, 12, 8, 19, 52, 66, 30, None]
    frame["score"] = [83.2, 79.4, 48.0, 66.3, 91.0, 60.2, 51.1, 39.3, 45.2, 76.9, 81.7, 57.0, None]
    return frame


def funnel() -> pd.DataFrame:
    stages = [
        ("stock", "存量专利", 161034), ("recorded", "已建档", 131022), ("approved", "已盘点入库", 102095),
        ("listed", "已入转化资源库", 72700), ("matched", "已匹配企业", 41250), ("evaluated", "企业已评价", 19842),
        ("cooperation", "有合作意向", 2110), ("filed", "已转让许可备案", 3912), ("product", "已备案产品", 418),
    ]  # fmt: skip
    frame = pd.DataFrame(stages, columns=["stage", "label", "patents"])
    frame["share_of_first"] = frame["patents"] / 161034
    frame["share_of_previous"] = frame["patents"] / frame["patents"].shift(1)
    frame.loc[frame["stage"].isin(["stock", "filed", "product"]), "share_of_previous"] = None
    return frame
