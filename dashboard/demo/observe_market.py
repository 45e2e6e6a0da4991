"""What the enterprises' and the filings' tables show on a day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.demo import columns
from dashboard.demo.chance import as_date
from dashboard.demo.enterprises import COOPERATION, NO_NEED
from dashboard.demo.filings import SELF
from dashboard.demo.labels import Labels

EXPERT_WEEK = 7


def enterprises(labels: Labels, day: int) -> dict[str, Any]:
    firms = labels.world.enterprises
    here = np.flatnonzero(firms.joined <= day)
    return {
        "enterprise_id": labels.enterprises.take(pa.array(here)),
        "enterprise_name": pa.array(labels.enterprise_names).take(pa.array(here)),
        "city_code": columns.words(firms.city[here], labels.cities),
        "categories": columns.words(firms.category[here], ["；".join(names) for names in firms.categories]),
    }


def evaluations(labels: Labels, day: int) -> dict[str, Any]:
    found = columns.dated(labels.world.evaluations, labels.world.evaluations.pushed, day)
    done, needs = found.evaluated <= day, labels.world.settings.words.needs
    need = np.where(
        found.need >= 0, found.need, np.array([-1, len(needs), len(needs) + 1])[-1 - np.minimum(found.need, -1)]
    )
    cooperation = np.where(found.cooperation < 3, found.cooperation, -1)
    return {
        "patent_no": labels.numbers(found.patent),
        "enterprise_id": columns.words(found.enterprise, labels.enterprises),
        "pushed_on": columns.days(found.pushed, day),
        "evaluated_on": columns.days(found.evaluated, day),
        "score": columns.counts(found.score, done),
        "improvement_need": columns.words(columns.where(need, done), [*needs, *NO_NEED[1:]]),
        "cooperation": columns.words(columns.where(cooperation, done), COOPERATION[:3]),
    }


def experts(labels: Labels, day: int) -> dict[str, Any]:
    found = columns.dated(labels.world.experts, labels.world.experts.joined, day)
    size = len(found.enterprise)
    return {
        "expert_id": pa.array([f"YSZJ{n + 1:05d}" for n in range(size)], pa.string()),
        "enterprise_id": columns.words(found.enterprise, labels.enterprises),
        "field": columns.words(found.field, labels.fields),
        "joined_on": columns.days(found.joined, day),
        "reviews": columns.counts(found.weekly * ((day - found.joined) // EXPERT_WEEK)),
    }


def filings(labels: Labels, day: int) -> dict[str, Any]:
    world, everything = labels.world, labels.world.filings
    found = columns.dated(everything, everything.effective, day)
    owners, firms = world.institutions, world.enterprises
    outside = world.settings.outside_places
    names = labels.enterprise_names + [f"{city}示例技术有限公司" for _, city in outside]
    names += [f"{one.name}技术转移中心有限公司" for one in owners]
    own = found.recipient == SELF
    elsewhere = (found.recipient < 0) & ~own
    beyond = np.where(elsewhere, -1 - found.recipient, 0)
    homes = {city: place for place, city in enumerate(labels.cities)}
    home = np.array([homes[one.city] for one in owners])[found.institution]
    name = np.where(own, len(firms.city) + len(outside) + found.institution, np.maximum(found.recipient, 0))
    place = np.where(own, home, firms.city[np.maximum(found.recipient, 0)])
    places = [(world.policy.province.name, city.name) for city in world.policy.cities] + list(outside)
    at = np.where(found.unplaced, -1, np.where(elsewhere, len(world.policy.cities) + beyond, place))
    years = [as_date(number).year for number in found.effective.tolist()]
    numbers = [f"YS{year}{n:07d}" for year, n in zip(years, found.contract.tolist(), strict=True)]
    return {
        "filing_no": pa.array(numbers, pa.string()),
        "patent_no": labels.numbers(found.patent),
        "kind": columns.words(found.kind, list(world.settings.market.kinds)),
        "institution_id": columns.words(found.institution, labels.institutions),
        "recipient": columns.words(np.where(elsewhere, len(firms.city) + beyond, name), names),
        "recipient_province": columns.words(at, [province for province, _ in places]),
        "recipient_city": columns.words(at, [city for _, city in places]),
        "effective_on": columns.days(found.effective, day),
        "registered_on": columns.days(found.registered, day),
        "amount": columns.amounts(found.amount),
        "reported_on": columns.days(found.reported, day),
    }


def products(labels: Labels, day: int) -> dict[str, Any]:
    found = columns.dated(labels.world.products, labels.world.products.registered, day)
    known = found.product.tolist()
    return {
        "product_no": pa.array([f"YSCP{n + 1:06d}" for n in known], pa.string()),
        "product_name": pa.array([f"示例产品{n + 1:04d}型" for n in known], pa.string()),
        "patent_no": labels.numbers(found.patent),
        "enterprise_id": columns.words(found.enterprise, labels.enterprises),
        "registered_on": columns.days(found.registered, day),
        "stage": columns.words((found.recognised <= day).astype(np.int64), ("备案", "认定")),
        "sales": columns.amounts(found.sales),
    }
