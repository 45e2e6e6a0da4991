"""What became of approved patents, and what was granted since the baseline."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.counting import Row, add_nulls, group_by, increment, is_increment, is_stock, numbers, ratio
from tests.oracle.plan import CITIES
from tests.oracle.snapshot import Scope, Snapshot


def conversion_city(now: Snapshot, scope: Scope = "territory") -> list[Row]:
    """Approved numbers of stock and increment; `scope` serves ranking_city alone."""
    return [{"city_code": c, "city_name": n, **_conversion(now, c, scope)} for c, n in CITIES.items()]


def _conversion(now: Snapshot, city: str, scope: Scope) -> Row:
    rows = now.rows_of(now.within(scope, city))
    approved = [n for n in numbers(r for r in rows if is_stock(r, now.plan) or is_increment(r, now.plan)) if n.approved]
    implemented, industrialised = sum(n.implemented for n in approved), sum(n.industrialised for n in approved)
    row: Row = {
        "approved": len(approved),
        "implemented": implemented,
        "implementation_rate": ratio(implemented, len(approved)),
        "industrialised": industrialised,
        "industrialisation_rate": ratio(industrialised, len(approved)),
    }
    add_nulls(row, "product_patents", "products", "recognised_products", "sales")
    if now.has("products"):
        held = {n.patent_no for n in approved}
        products = [p for p in now.products if p.patent_no in held]
        by_product = group_by(products, lambda p: p.product_no)
        sales = (max(p.sales or Fraction(0) for p in rows) for rows in by_product.values())
        row |= {
            "product_patents": len({p.patent_no for p in products}),
            "products": len(by_product),
            "recognised_products": len({p.product_no for p in products if p.stage == "认定"}),
            "sales": sum(sales, Fraction(0)),
        }
    return row


def increment_city(now: Snapshot) -> list[Row]:
    sums = ("assessed", "advised", "declined", "ordered_projects", "joint_projects")
    rows: list[Row] = []
    for code, name in CITIES.items():
        counted = increment(now, now.within(city=code))
        approved = sum(n.approved for n in counted)
        row: Row = {
            "city_code": code,
            "city_name": name,
            "granted": len(counted),
            "recorded": sum(n.recorded for n in counted),
            "approved": approved,
            "inventory_rate": ratio(approved, len(counted)),
        }
        add_nulls(row, "assessed", "advised", "declined", "declined_rate", "ordered_projects", "joint_projects")
        if now.has("assessments"):
            months = [
                a for a in now.assessments if now.city_of[a.institution_id] == code and a.month.year == now.as_of.year
            ]
            row |= {column: sum(getattr(a, column) or 0 for a in months) for column in sums}
            row["declined_rate"] = ratio(row["declined"], row["assessed"])
        rows.append(row)
    return rows
