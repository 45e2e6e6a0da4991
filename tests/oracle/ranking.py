"""The composite score of the cities (参考)."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.conversion import conversion_city
from tests.oracle.counting import Row, add_ranks, by_key, minus, ratio, stock
from tests.oracle.evaluation import pooled_rate
from tests.oracle.events import events_city
from tests.oracle.filings import patents, registered
from tests.oracle.inventory import inventory_city
from tests.oracle.plan import CITIES, COMPONENTS
from tests.oracle.snapshot import Scope, Snapshot

Score = Fraction | None


def ranking_city(
    now: Snapshot,
    scope: Scope = "territory",
    year: int | None = None,
    weight_inventory: float | None = None,
    weight_evaluation: float | None = None,
    weight_events: float | None = None,
    weight_filings: float | None = None,
    weight_products: float | None = None,
) -> list[Row]:
    given = (weight_inventory, weight_evaluation, weight_events, weight_filings, weight_products)
    weights = [Fraction(d if g is None else g) for g, d in zip(given, now.plan.weights, strict=True)]
    before = by_key(ranking_city(now.previous, scope, year, *given), "city_code") if now.previous else {}
    scores = {
        "inventory": _inventory(now, scope),
        "evaluation": {code: pooled_rate(now, code) for code in CITIES},
        "events": {r["city_code"]: _capped(ratio(r["counted"], r["target"])) for r in events_city(now, year)},
        "filings": _over_best(_filings_per_stock(now, scope, year)),
        "products": _over_best({r["city_code"]: _products_per_approved(r) for r in conversion_city(now, scope)}),
    }
    rows: list[Row] = []
    for code, name in CITIES.items():
        parts = [_hundredfold(scores[c][code]) for c in COMPONENTS]
        rows.append(
            {
                "city_code": code,
                "city_name": name,
                **{f"{c}_score": part for c, part in zip(COMPONENTS, parts, strict=True)},
                "score": _weighted(parts, weights),
                "rank": None,
                "previous_rank": before[(code,)]["rank"] if before else None,
                "rank_change": None,
            }
        )
    add_ranks(rows, "score")
    for row in rows:
        row["rank_change"] = minus(row["previous_rank"], row["rank"])
    return rows


def _inventory(now: Snapshot, scope: Scope) -> dict[str, Score]:
    return {
        r["city_code"]: _capped(None if r["inventory_rate"] is None else ratio(r["inventory_rate"], r["required_rate"]))
        for r in inventory_city(now, scope)
    }


def _filings_per_stock(now: Snapshot, scope: Scope, year: int | None) -> dict[str, Score]:
    if not now.has("filings"):
        return dict.fromkeys(CITIES)
    found: dict[str, Score] = {}
    for code in CITIES:
        members = now.within(scope, code)
        ids = {i.institution_id for i in members}
        filed = patents(registered(now, [f for f in now.filings if f.institution_id in ids], year))
        found[code] = ratio(filed, len(stock(now, members)))
    return found


def _products_per_approved(row: Row) -> Score:
    return ratio(row["products"], row["approved"])


def _over_best(values: dict[str, Score]) -> dict[str, Score]:
    """Each over the best; null throughout when the best is 0 or there is none."""
    best = max((v for v in values.values() if v is not None), default=None)
    return {code: None if value is None else ratio(value, best) for code, value in values.items()}


def _capped(value: Score) -> Score:
    return None if value is None else min(Fraction(1), value)


def _hundredfold(value: Score) -> Score:
    return None if value is None else value * 100


def _weighted(parts: list[Score], weights: list[Fraction]) -> Score:
    known = [(part, weight) for part, weight in zip(parts, weights, strict=True) if part is not None]
    return ratio(sum((p * w for p, w in known), Fraction(0)), sum((w for _, w in known), Fraction(0)))
