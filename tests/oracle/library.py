"""The resource library: funnel, routes of the plan, fields, stars, portfolios, pilots."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tests.oracle.counting import Number, Row, add_nulls, group_by, ratio, stock
from tests.oracle.evaluation import has_cooperation
from tests.oracle.plan import CITIES, GOOD_PROSPECTS
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Institution, Patent

ROUTES = ("open_licence", "pool", "auction", "pilot", "general")
STAGES = ("概念验证", "二次开发", "中试", "熟化")


def funnel(now: Snapshot, level: str = "province", key: str | None = None) -> list[Row]:
    counted = stock(now, _members(now, level, key))
    recorded = [n for n in counted if n.recorded]
    approved = [n for n in recorded if n.approved]
    listed = [n for n in approved if n.listed]
    matched = [n for n in listed if n.patent_no in matched_numbers(now)]
    evaluated = [n for n in matched if n.patent_no in evaluated_numbers(now)]
    wanted = {p.patent_no for p in now.evaluations if has_cooperation(p)}
    path = {
        "stock": counted, "recorded": recorded, "approved": approved, "listed": listed, "matched": matched,
        "evaluated": evaluated, "cooperation": [n for n in evaluated if n.patent_no in wanted],
    }  # fmt: skip
    sizes: dict[str, int | None] = {stage: len(found) for stage, found in path.items()}
    if not now.has("evaluations"):
        sizes.update(matched=None, evaluated=None, cooperation=None)

    rows: list[Row] = []
    for stage, size in sizes.items():
        before = rows[-1]["patents"] if rows else None
        rows.append(_stage(stage, size, len(counted), ratio(size, before)))
    products = {p.patent_no for p in now.products}
    rows.append(_stage("filed", _among(now, "filings", counted, filed_numbers(now)), len(counted), None))
    rows.append(_stage("product", _among(now, "products", counted, products), len(counted), None))
    return rows


def routes(now: Snapshot) -> list[Row]:
    return _routes(now, now.institutions)


def routes_city(now: Snapshot) -> list[Row]:
    return [
        {"city_code": code, "city_name": name, **row}
        for code, name in CITIES.items()
        for row in _routes(now, now.within(city=code))
    ]


def field_profile(now: Snapshot) -> list[Row]:
    rows: list[Row] = []
    counted = stock(now, now.institutions)
    for field, of_field in group_by(counted, lambda n: n.representative.field or "未填").items():
        approved = [n.representative for n in of_field if n.approved]
        stars = [p.stars for p in approved if p.stars is not None]
        highs = [now.plan.is_high(p.maturity) for p in approved if p.maturity is not None]
        rows.append(
            {
                "field": field,
                "patents": len(of_field),
                "approved": len(approved),
                "listed": sum(n.listed for n in of_field),
                "stars_mean": ratio(sum(stars), len(stars)),
                "maturity_high_share": ratio(sum(highs), len(highs)),
                "matched_patents": _among(now, "evaluations", of_field, matched_numbers(now)),
                "evaluated_patents": _among(now, "evaluations", of_field, evaluated_numbers(now)),
                "filed_patents": _among(now, "filings", of_field, filed_numbers(now)),
            }
        )
    return rows


def stars(now: Snapshot) -> list[Row]:
    approved = [n.representative.stars or 0 for n in stock(now, now.institutions) if n.approved]
    return [
        {"stars": n, "patents": approved.count(n), "share": ratio(approved.count(n), len(approved))} for n in range(6)
    ]


def portfolios(now: Snapshot) -> list[Row]:
    return [
        {
            "portfolio_id": p.portfolio_id,
            "portfolio_name": p.portfolio_name,
            "kind": p.kind,
            "field": p.field,
            "operator": p.operator,
            "formed_on": p.formed_on,
            "licensees": p.licensees,
            "patents": len({row.patent_no for row in now.patents if row.portfolio_id == p.portfolio_id}),
        }
        for p in now.portfolios
    ]


def pilots_stage(now: Snapshot) -> list[Row]:
    rows: list[Row] = []
    for stage in STAGES:
        row: Row = {"stage": stage}
        add_nulls(row, "started", "finished", "platforms")
        if now.has("pilots"):
            pilots = [p for p in now.pilots if p.stage == stage]
            row |= {
                "started": len(pilots),
                "finished": sum(p.finished_on is not None for p in pilots),
                "platforms": len({p.platform for p in pilots}),
            }
        rows.append(row)
    return rows


def matched_numbers(now: Snapshot) -> set[str]:
    return {p.patent_no for p in now.evaluations}


def evaluated_numbers(now: Snapshot) -> set[str]:
    return {p.patent_no for p in now.evaluations if p.evaluated_on is not None}


def filed_numbers(now: Snapshot) -> set[str]:
    """Numbers in a registered filing, of any year."""
    return {f.patent_no for f in now.filings if f.registered_on is not None}


def route_of(patent: Patent, now: Snapshot) -> str:
    """The first route that holds."""
    if patent.breadth == "多主体":
        return "open_licence"
    if patent.stars is not None and patent.stars >= now.plan.pool_stars and patent.portfolio_id is not None:
        return "pool"
    if patent.prospect in GOOD_PROSPECTS and patent.maturity is not None:
        return "auction" if now.plan.is_high(patent.maturity) else "pilot"
    return "general"


def _members(now: Snapshot, level: str, key: str | None) -> list[Institution]:
    if level == "province":
        return now.institutions
    if level == "city":
        return now.within(city=key)
    return [i for i in now.institutions if i.institution_id == key]


def _stage(stage: str, size: int | None, first: int, share_of_previous: Fraction | None) -> Row:
    return {
        "stage": stage,
        "label": None,
        "patents": size,
        "share_of_first": ratio(size, first),
        "share_of_previous": share_of_previous,
    }


def _among(now: Snapshot, table: str, counted: Iterable[Number], found: set[str]) -> int | None:
    """How many of the numbers were found; null when the table they were sought in is absent."""
    return sum(n.patent_no in found for n in counted) if now.has(table) else None


def _routes(now: Snapshot, institutions: list[Institution]) -> list[Row]:
    listed = [n for n in stock(now, institutions) if n.listed]
    by_route = group_by(listed, lambda n: route_of(n.representative, now))
    rows: list[Row] = []
    for route in ROUTES:
        counted = by_route.get(route, [])
        rows.append(
            {
                "route": route,
                "label": None,
                "patents": len(counted),
                "share": ratio(len(counted), len(listed)),
                "stars_4_up": sum((n.representative.stars or 0) >= 4 for n in counted),
                "matched_patents": _among(now, "evaluations", counted, matched_numbers(now)),
                "filed_patents": _among(now, "filings", counted, filed_numbers(now)),
            }
        )
    return rows
