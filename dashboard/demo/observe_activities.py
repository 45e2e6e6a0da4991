"""What the tables of events, assessments, portfolios, pilots and cases show on a day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.demo import columns
from dashboard.demo.activities import KINDS, LEVELS, STAGES
from dashboard.demo.labels import Labels

# Days from the first of a month until its assessments are reported.
MONTH_REPORTED = 34


def events(labels: Labels, day: int) -> dict[str, Any]:
    found, made = columns.dated(labels.world.events, labels.world.events.held, day), labels.world.settings
    cities = labels.world.policy.cities
    names = [
        f"{cities[city].short_name}专利{KINDS[kind]}活动（示例{n + 1:03d}）"
        for n, (city, kind) in enumerate(zip(found.city.tolist(), found.kind.tolist(), strict=True))
    ]
    counted = ("institutions", "enterprises", "patents", "intents", "deals")
    return {
        "event_id": pa.array([f"YSHD{n + 1:05d}" for n in range(len(names))], pa.string()),
        "event_name": pa.array(names, pa.string()),
        "held_on": columns.days(found.held, day),
        "city_code": columns.words(found.city, labels.cities),
        "level": columns.words(found.level, LEVELS),
        "kind": columns.words(found.kind, KINDS),
        "organiser": columns.words(found.organiser, made.organisers),
        "field": columns.words(found.field, labels.fields),
        **{name: columns.counts(found.counts[:, place]) for place, name in enumerate(counted)},
        "amount": pa.array(found.amount.astype(float)),
    }


def assessments(labels: Labels, day: int) -> dict[str, Any]:
    found = columns.dated(labels.world.assessments, labels.world.assessments.month + MONTH_REPORTED, day)
    return {
        "institution_id": columns.words(found.institution, labels.institutions),
        "month": columns.days(found.month, day),
        "assessed": columns.counts(found.assessed),
        "advised": columns.counts(found.assessed - found.declined),
        "declined": columns.counts(found.declined),
        "ordered_projects": columns.counts(found.ordered),
        "joint_projects": columns.counts(found.joint),
    }


def portfolios(labels: Labels, day: int) -> dict[str, Any]:
    everything = labels.world.portfolios
    here = np.flatnonzero(everything.formed <= day)
    field = everything.field[here]
    return {
        "portfolio_id": columns.words(here, labels.portfolios),
        "portfolio_name": pa.array(
            [f"{labels.fields[f]}示例组合{n + 1:03d}" for f, n in zip(field, here, strict=True)], pa.string()
        ),
        "kind": columns.words(everything.pool[here], ("专利组合", "专利池")),
        "field": columns.words(field, labels.fields),
        "operator": columns.words(everything.operator[here], labels.world.settings.operators),
        "formed_on": columns.days(everything.formed[here], day),
        "licensees": columns.counts(everything.licensees[here]),
    }


def pilots(labels: Labels, day: int) -> dict[str, Any]:
    found = columns.dated(labels.world.pilots, labels.world.pilots.started, day)
    return {
        "patent_no": labels.numbers(found.patent),
        "platform": columns.words(found.platform, labels.world.settings.platforms),
        "stage": columns.words(found.stage, STAGES),
        "started_on": columns.days(found.started, day),
        "finished_on": columns.days(found.finished, day),
    }


def cases(labels: Labels, day: int) -> dict[str, Any]:
    found = columns.dated(labels.world.cases, labels.world.cases.submitted, day)
    size = len(found.city)
    return {
        "case_id": pa.array([f"YSAL{n + 1:04d}" for n in range(size)], pa.string()),
        "case_name": pa.array([f"存量专利盘活示例案例{n + 1:03d}" for n in range(size)], pa.string()),
        "city_code": columns.words(found.city, labels.cities),
        "institution_id": columns.words(found.institution, labels.institutions),
        "submitted_on": columns.days(found.submitted, day),
        "published": columns.flags(found.published == 1, found.decided <= day),
    }
