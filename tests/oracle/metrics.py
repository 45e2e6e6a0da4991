"""The oracle's metrics by name: columns as metrics.md orders them, whether it fixes the rows' order, parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from tests.oracle import attention, change, conversion, evaluation, events, filings, inventory, library, milestones
from tests.oracle import ranking as ranks
from tests.oracle.counting import Row
from tests.oracle.plan import CITIES
from tests.oracle.snapshot import Snapshot

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Metric:
    """`ordered`: the contract fixes the order of the rows."""

    columns: tuple[str, ...]
    compute: Callable[..., list[Row]]
    ordered: bool = False
    parameters: tuple[str, ...] = ()

    def rows(self, now: Snapshot, parameters: Parameters) -> list[Row]:
        """The rows that must come out.

        Raises:
            AssertionError: the oracle's own rows do not have the columns of the contract.
        """
        found = self.compute(now, **parameters)
        for row in found:
            assert tuple(row) == self.columns, f"{tuple(row)} is not {self.columns}"
        return found


def _columns(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


_FILINGS = (
    "transfer_contracts, transfer_times, transfer_patents, licence_contracts, licence_times, licence_patents,"
    "open_licence_patents, patents, amount, unregistered, unreported, previous_year_patents, yoy, rank"
)
_ROUTES = "route, label, patents, share, stars_4_up, matched_patents, filed_patents"
_WEIGHTS = tuple(f"weight_{part}" for part in ("inventory", "evaluation", "events", "filings", "products"))

METRICS: dict[str, Metric] = {
    "inventory_institution": Metric(
        _columns(
            "institution_id, institution_name, city_code, city_name, affiliation, group, stock, recorded, approved,"
            "listed, inventory_rate, listing_rate, milestone_due, required, gap, status, achieved_on, rank,"
            "previous_rate, change_pp, approved_change"
        ),
        inventory.inventory_institution,
    ),
    "inventory_city": Metric(
        _columns(
            "city_code, city_name, institutions, institutions_met, institutions_missed, stock, recorded, approved,"
            "listed, inventory_rate, listing_rate, required, required_rate, lead_pp, status, rank, previous_rate,"
            "change_pp, previous_rank, rank_change"
        ),
        inventory.inventory_city,
        ordered=True,
        parameters=("scope",),
    ),
    "inventory_province": Metric(
        _columns(
            "institutions_total, institutions, institutions_met, institutions_missed, institutions_done, cities, stock,"
            "recorded, approved, listed, inventory_rate, listing_rate, required, required_rate, lead_pp, status,"
            "previous_rate, change_pp"
        ),
        inventory.inventory_province,
        parameters=("scope",),
    ),
    "change_city": Metric(
        _columns(
            "city_code, city_name, stock_entered, stock_left, stock_moved_in, stock_moved_out, net_stock,"
            "newly_approved, withdrawn, approved_entered, approved_left, approved_moved_in, approved_moved_out,"
            "net_approved"
        ),
        change.change_city,
        ordered=True,
    ),
    "milestone_group": Metric(
        _columns(
            "group, due_on, share, institutions, met, late, missed, open, stock, approved_by_due, rate_by_due,"
            "approved_now, rate_now"
        ),
        milestones.milestone_group,
    ),
    "milestone_institution": Metric(
        _columns("institution_id, due_on, share, stock, required, approved_by_due, achieved_on, days_late, status"),
        milestones.milestone_institution,
    ),
    "inventory_daily": Metric(_columns("key, day, approved, rate"), inventory.inventory_daily, parameters=("level",)),
    "evaluation_group": Metric(
        _columns(
            "enterprise_group, enterprises, matched, evaluated, evaluation_rate, milestone_due, share, required, gap,"
            "status, with_need, with_cooperation, previous_rate, change_pp"
        ),
        evaluation.evaluation_group,
        ordered=True,
    ),
    "evaluation_city": Metric(
        _columns(
            "city_code, city_name, enterprise_group, enterprises, matched, evaluated, evaluation_rate, rank,"
            "with_need, with_cooperation"
        ),
        evaluation.evaluation_city,
    ),
    "events_city": Metric(
        _columns(
            "city_code, city_name, year, counted, target, shortfall, status, all_events, dock, roadshow, auction,"
            "trade, exhibition, promotion, training, publicity, city_level, county_level, park_level, province_level,"
            "patents, deals, amount, rank"
        ),
        events.events_city,
        ordered=True,
        parameters=("year",),
    ),
    "filings_city": Metric(
        _columns(f"city_code, city_name, {_FILINGS}"), filings.filings_city, ordered=True, parameters=("year",)
    ),
    "filings_institution": Metric(
        _columns(f"institution_id, institution_name, city_code, city_name, {_FILINGS}"),
        filings.filings_institution,
        parameters=("year",),
    ),
    "filings_month": Metric(
        _columns("month, kind, contracts, times, patents, amount"), filings.filings_month, parameters=("year",)
    ),
    "filings_flow": Metric(
        _columns("city_code, city_name, recipient_province, recipient_city, patents, amount"),
        filings.filings_flow,
        parameters=("year",),
    ),
    "conversion_city": Metric(
        _columns(
            "city_code, city_name, approved, implemented, implementation_rate, industrialised, industrialisation_rate,"
            "product_patents, products, recognised_products, sales"
        ),
        conversion.conversion_city,
        ordered=True,
    ),
    "funnel": Metric(
        _columns("stage, label, patents, share_of_first, share_of_previous"),
        library.funnel,
        ordered=True,
        parameters=("level", "key"),
    ),
    "routes": Metric(_columns(_ROUTES), library.routes, ordered=True),
    "routes_city": Metric(_columns(f"city_code, city_name, {_ROUTES}"), library.routes_city, ordered=True),
    "field_profile": Metric(
        _columns(
            "field, patents, approved, listed, stars_mean, maturity_high_share, matched_patents, evaluated_patents,"
            "filed_patents"
        ),
        library.field_profile,
    ),
    "stars": Metric(_columns("stars, patents, share"), library.stars, ordered=True),
    "increment_city": Metric(
        _columns(
            "city_code, city_name, granted, recorded, approved, inventory_rate, assessed, advised, declined,"
            "declined_rate, ordered_projects, joint_projects"
        ),
        conversion.increment_city,
        ordered=True,
    ),
    "ranking_city": Metric(
        _columns(
            "city_code, city_name, inventory_score, evaluation_score, events_score, filings_score, products_score,"
            "score, rank, previous_rank, rank_change"
        ),
        ranks.ranking_city,
        ordered=True,
        parameters=("scope", "year", *_WEIGHTS),
    ),
    "attention": Metric(
        _columns("severity, kind, city_code, institution_id, message, value, threshold"),
        attention.attention,
        ordered=True,
    ),
    "forecast_institution": Metric(
        _columns("institution_id, pace_per_week, needed_per_week, projected_on, projected_rate, outlook"),
        milestones.forecast_institution,
    ),
    "experts_field": Metric(_columns("field, experts, enterprises, reviews"), evaluation.experts_field),
    "pilots_stage": Metric(_columns("stage, started, finished, platforms"), library.pilots_stage, ordered=True),
    "portfolios": Metric(
        _columns("portfolio_id, portfolio_name, kind, field, operator, formed_on, licensees, patents"),
        library.portfolios,
    ),
    "cases_city": Metric(_columns("city_code, city_name, submitted, published"), events.cases_city, ordered=True),
}

_SCOPES = ("territory", "municipal", "provincial")
_UNEVEN: tuple[Parameters, ...] = (
    {"weight_events": 55.5},
    dict.fromkeys(_WEIGHTS, 0),
    {**dict.fromkeys(_WEIGHTS, 0), "weight_inventory": 100},
    {**dict.fromkeys(_WEIGHTS, 0), "weight_products": 0.25, "weight_filings": 0.125},
    {"weight_inventory": 0, "weight_evaluation": 33.3},
)


def variants(name: str, now: Snapshot) -> Iterator[Parameters]:
    """Every combination of parameters worth asking of a metric on this snapshot; the first gives none."""
    parameters = METRICS[name].parameters
    yield {}
    if parameters == ("level", "key"):
        yield {"level": "province"}
        yield from ({"level": "city", "key": code} for code in CITIES)
        yield from ({"level": "institution", "key": i.institution_id} for i in now.institutions)
    elif parameters == ("level",):
        yield from ({"level": level} for level in ("province", "city", "group"))
    elif parameters == ("scope",):
        yield from ({"scope": scope} for scope in _SCOPES)
    elif parameters:
        years = [{"year": year} for year in _years(now)]
        scopes: list[Parameters] = [{"scope": scope} for scope in _SCOPES] if "scope" in parameters else [{}]
        yield from ({**scope, **year} for scope, year in product(scopes, years))
        if "scope" in parameters:
            yield from scopes
            yield from ({**scope, **weights} for scope, weights in product(scopes, _UNEVEN))


def _years(now: Snapshot) -> list[int]:
    """The as-of year, two before it, one without data, and one to come."""
    year = now.as_of.year
    return [year, year - 1, year - 2, 1999, year + 1]
