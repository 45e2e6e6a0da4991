"""The invented world as a whole: everything that happens up to the plan's last due date, made once from the seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import contract as contracts
from dashboard.contract import Contract
from dashboard.demo import activities, enterprises, filings, institutions, patents, reviews, rhythm, settings
from dashboard.demo.activities import Assessments, Cases, Events, Pilots, Portfolios
from dashboard.demo.enterprises import Enterprises, Evaluations, Experts
from dashboard.demo.filings import Filings, Products
from dashboard.demo.institutions import Institution
from dashboard.demo.patents import Patents
from dashboard.demo.reviews import Reviews
from dashboard.demo.rhythm import Calendar
from dashboard.demo.settings import Settings
from dashboard.places import Places
from dashboard.policy import Policy


@dataclass(frozen=True)
class World:
    """All facts with their days; a week's folder shows those up to its date (see `observe`)."""

    settings: Settings
    policy: Policy
    contract: Contract
    calendar: Calendar
    institutions: Sequence[Institution]
    patents: Patents
    reviews: Reviews
    enterprises: Enterprises
    experts: Experts
    evaluations: Evaluations
    filings: Filings
    products: Products
    events: Events
    assessments: Assessments
    portfolios: Portfolios
    pilots: Pilots
    cases: Cases


def build(policy: Policy, places: Places, scale: float) -> World:
    """The world at `scale` (1: the published stock of the province); equal arguments give equal worlds.

    Raises:
        SetupError: reference lists or demo.yaml are missing, wrong, or not of the policy's province.
    """
    made = settings.load(places)
    rules = contracts.load(places.contract, policy)
    calendar = Calendar.of(made, policy)
    owners = institutions.build(made, policy, places)
    stock = patents.build(made, rules.patent_number, calendar, owners, scale)
    curves = rhythm.curves(made, calendar, owners)
    way = reviews.build(made, calendar, curves, owners, len(policy.maturity_levels), stock.rows)
    firms = enterprises.enterprises(made, policy, calendar, scale)
    pushed, firms = enterprises.evaluations(made, calendar, stock.rows, way, firms)
    return World(
        settings=made,
        policy=policy,
        contract=rules,
        calendar=calendar,
        institutions=owners,
        patents=stock,
        reviews=way,
        enterprises=firms,
        experts=enterprises.experts(made, calendar, firms, scale),
        evaluations=pushed,
        filings=filings.filings(made, calendar, owners, stock.rows, firms, scale),
        products=filings.products(made, calendar, stock.rows, way, firms, scale),
        events=activities.events(made, policy, calendar),
        assessments=activities.assessments(made, owners, calendar, scale),
        portfolios=activities.portfolios(made, calendar, stock.rows, scale),
        pilots=activities.pilots(made, calendar, stock.rows, way, scale),
        cases=activities.cases(made, policy, calendar, owners),
    )
