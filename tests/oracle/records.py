"""Records with plausible cells, of which a test writes only those that matter; days as ISO text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.tables import (
    Assessment,
    Case,
    Enterprise,
    Evaluation,
    Event,
    Expert,
    Filing,
    Institution,
    Patent,
    Pilot,
    Portfolio,
    Product,
)

LEAD = "国家知识产权示范企业"


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def institution(institution_id: str, city: str, affiliation: str = "省属", **given: Any) -> Institution:
    cells = {"institution_name": f"{institution_id}大学", "kind": "高校", "demonstration": False}
    return Institution(
        institution_id=institution_id,
        city_code=city,
        affiliation=affiliation,
        **{**cells, "capacity_programme": False, **given},
    )


def patent(
    patent_no: str,
    institution_id: str,
    approved: str | None = None,
    listed: str | None = None,
    recorded: str | None = None,
    granted: str = "2021-06-15",
    lapsed: str | None = None,
    **given: Any,
) -> Patent:
    """Stock unless told otherwise; approved when a day is given, and recorded on that day unless told otherwise."""
    cells: dict[str, Any] = {
        **dict.fromkeys(Patent.__dataclass_fields__),
        "title": "一种装置",
        "patent_type": "发明",
        "filed_on": date(2019, 5, 5),
        "legal_status": "有效",
        "converted_before": False,
        "review_status": "已通过" if approved else "未建档",
        "patent_no": patent_no,
        "institution_id": institution_id,
        "granted_on": day(granted),
        "lapsed_on": day(lapsed),
        "recorded_on": day(recorded or approved),
        "approved_on": day(approved),
        "listed_on": day(listed),
    }
    return Patent(**{**cells, **given})


def enterprise(enterprise_id: str, city: str, *categories: str) -> Enterprise:
    return Enterprise(enterprise_id, f"企业{enterprise_id}", city, categories or ("其他",))


def evaluation(
    patent_no: str,
    enterprise_id: str,
    evaluated: str | None = None,
    need: str | None = None,
    cooperation: str | None = None,
    pushed: str = "2024-02-20",
) -> Evaluation:
    on = date.fromisoformat(pushed)
    return Evaluation(patent_no, enterprise_id, on, day(evaluated), None, need, cooperation)


def expert(expert_id: str, enterprise_id: str, field: str | None = None, reviews: int | None = None) -> Expert:
    return Expert(expert_id, enterprise_id, field, date(2024, 2, 1), reviews)


def event(event_id: str, city: str, held: str, level: str = "市级", kind: str = "对接", **given: Any) -> Event:
    cells: dict[str, Any] = {**dict.fromkeys(Event.__dataclass_fields__), "event_name": f"活动{event_id}"}
    facts = {"event_id": event_id, "city_code": city, "held_on": day(held), "level": level, "kind": kind}
    return Event(**{**cells, **facts, **given})


def filing(
    filing_no: str,
    patent_no: str,
    institution_id: str,
    registered: str | None,
    kind: str = "转让",
    amount: str | None = None,
    reported: str | None = None,
    recipient: str = "某公司",
    place: tuple[str | None, str | None] = ("江苏省", "南京市"),
) -> Filing:
    return Filing(
        filing_no, patent_no, kind, institution_id, recipient, *place, date(2024, 1, 2), day(registered),
        None if amount is None else Fraction(amount), day(reported),
    )  # fmt: skip


def product(
    product_no: str, patent_no: str, stage: str = "备案", sales: str | None = None, registered: str = "2024-02-01"
) -> Product:
    on = date.fromisoformat(registered)
    return Product(
        product_no, f"产品{product_no}", patent_no, None, on, stage, None if sales is None else Fraction(sales)
    )


def assessment(institution_id: str, month: str, *counts: int | None) -> Assessment:
    """`counts`: assessed, advised, declined, ordered projects, joint projects."""
    cells: list[int | None] = [*counts, *[None] * (5 - len(counts))]
    return Assessment(institution_id, date.fromisoformat(f"{month}-01"), *cells)


def portfolio(portfolio_id: str, kind: str = "专利池", **given: Any) -> Portfolio:
    cells: dict[str, Any] = {**dict.fromkeys(Portfolio.__dataclass_fields__), "portfolio_name": f"组合{portfolio_id}"}
    return Portfolio(**{**cells, "portfolio_id": portfolio_id, "kind": kind, **given})


def pilot(patent_no: str, platform: str, stage: str, finished: str | None = None, started: str = "2024-02-10") -> Pilot:
    return Pilot(patent_no, platform, stage, date.fromisoformat(started), day(finished))


def case(case_id: str, city: str, published: bool | None, submitted: str = "2024-02-10") -> Case:
    return Case(case_id, f"案例{case_id}", city, None, date.fromisoformat(submitted), published)
