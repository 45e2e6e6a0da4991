"""What the world shows on a day: the twelve tables of the input contract, typed, nothing dated later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from dashboard.demo import columns, observe_activities, observe_market
from dashboard.demo.chance import NEVER, Bools, Ints
from dashboard.demo.labels import IMPLEMENTATIONS, Labels
from dashboard.demo.patents import TYPE_DIGITS, Category, Rows
from dashboard.demo.reviews import STATUSES, Reviews

INTENTS = (
    "转让；许可",
    "许可",
    "转让",
    "开放许可；许可",
    "作价入股；转让",
    "自行产业化",
    "无意愿",
    "许可；自行产业化",
    "转让；许可；作价入股",
    "开放许可",
)


def tables(labels: Labels, day: int) -> dict[str, pa.Table]:
    """Table name → typed rows as of the day number `day`; cities, institutions and enterprises by code."""
    return {form.name: columns.table(form, MAKERS[form.name](labels, day)) for form in labels.world.contract.tables}


def institutions(labels: Labels, day: int) -> dict[str, Any]:
    owners = labels.world.institutions
    return {
        "institution_id": labels.institutions,
        "institution_name": pa.array([one.name for one in owners]),
        "kind": pa.array([one.kind for one in owners]),
        "affiliation": pa.array([one.affiliation for one in owners]),
        "city_code": pa.array([one.city for one in owners]),
        "demonstration": pa.array([one.demonstration for one in owners]),
        "capacity_programme": pa.array([one.capacity_programme for one in owners]),
    }


def patents(labels: Labels, day: int) -> dict[str, Any]:
    shown = _shown(labels, day)
    rows = columns.taken(labels.world.patents.rows, shown)
    way = columns.taken(labels.world.reviews, shown)
    known = way.recorded <= day
    return {
        "patent_no": labels.numbers(rows.identity),
        "patent_type": columns.words(rows.type, list(TYPE_DIGITS)),
        "institution_id": columns.words(
            np.where(rows.moved <= day, rows.moved_to, rows.institution), labels.institutions
        ),
        "co_owners": _co_owners(labels, rows.partner, rows.wording),
        "filed_on": columns.days(rows.filed, day),
        "granted_on": columns.days(rows.granted, day),
        "field": columns.words(rows.field, labels.fields),
        "legal_status": columns.words((rows.lapsed <= day).astype(np.int64), ("有效", "失效")),
        "lapsed_on": columns.days(np.where(rows.undated_lapse, NEVER, rows.lapsed), day),
        "converted_before": columns.flags(rows.converted <= day),
        **_stages(way, day),
        **_judgements(labels, way, known),
        **_texts(labels, shown, known, rows.wording),
        "implementation": _implementation(labels, shown, rows, way, day),
        "intents": columns.words(columns.where(rows.wording % len(INTENTS), known), INTENTS),
        "portfolio_id": _portfolio(labels, shown, known, day),
    }


def _stages(way: Reviews, day: int) -> dict[str, Any]:
    approved, listed = way.approved_as_of(day), way.listed_as_of(day)
    late_form = way.swapped & (approved + 2 <= day)
    return {
        "recorded_on": columns.days(np.where(late_form, approved + 2, way.recorded), day),
        "review_status": columns.words(way.status_as_of(day), STATUSES),
        "approved_on": columns.days(approved, day),
        "listed_on": columns.days(listed, day),
    }


def _judgements(labels: Labels, way: Reviews, known: Bools) -> dict[str, Any]:
    prospects = list(labels.world.settings.patents.prospects)
    return {
        "industrialised": columns.flags(way.industrialised, known),
        "maturity": columns.words(columns.where(way.maturity, known), labels.world.policy.maturity_levels),
        "stars": columns.counts(way.stars, known),
        "prospect": columns.words(columns.where(way.prospect, known), prospects),
        "breadth": columns.words(columns.where(way.several_users.astype(np.int64), known), ("单一主体", "多主体")),
    }


def _texts(labels: Labels, shown: Ints, known: Bools, wording: Ints) -> dict[str, Any]:
    """Title and class of every row; the descriptions of recorded ones, with gaps."""
    texts = columns.taken(labels.texts, shown)
    return {
        "title": texts.title,
        "ipc": texts.ipc,
        "product": columns.only(texts.product, known & (wording % 5 > 0)),
        "advantages": columns.only(texts.advantages, known & (wording % 11 > 0)),
        "performance": columns.only(texts.performance, known & (wording % 7 > 0)),
        "outlook": columns.only(texts.outlook, known & (wording % 13 > 0)),
    }


def _implementation(labels: Labels, shown: Ints, rows: Rows, way: Reviews, day: int) -> pa.Array:
    """What the first contract made of the patent, else its own use; converted ones count as licensed."""
    first, made = (column[shown] for column in labels.first_filing)
    own = np.where(way.own_use, IMPLEMENTATIONS.index("自行实施"), IMPLEMENTATIONS.index("未实施"))
    own = np.where(rows.category == Category.CONVERTED, IMPLEMENTATIONS.index("许可"), own)
    codes = columns.where(np.where(first <= day, made, own), way.recorded <= day)
    return columns.words(codes, IMPLEMENTATIONS)


def _portfolio(labels: Labels, shown: Ints, known: Bools, day: int) -> pa.Array:
    portfolio = labels.world.portfolios.of_row[shown]
    formed = labels.world.portfolios.formed[portfolio] <= day
    return columns.words(columns.where(portfolio, known & formed), labels.portfolios)


def _shown(labels: Labels, day: int) -> Ints:
    rows = labels.world.patents.rows
    visible = (rows.visible_from <= day) & (rows.visible_until > day) & (rows.granted <= day)
    return np.flatnonzero(visible)


def _co_owners(labels: Labels, partner: Ints, wording: Ints) -> pa.Array:
    names = [one.name for one in labels.world.institutions] + labels.enterprise_names
    firm = len(labels.world.institutions) + wording % len(labels.enterprise_names)
    chance = round(labels.world.settings.patents.with_enterprise * 1000)
    shared = wording // 1000 % 1000 < chance
    return columns.words(np.where(partner >= 0, partner, np.where(shared, firm, -1)), names)


MAKERS: dict[str, Callable[[Labels, int], dict[str, Any]]] = {
    "institutions": institutions,
    "patents": patents,
    "enterprises": observe_market.enterprises,
    "evaluations": observe_market.evaluations,
    "experts": observe_market.experts,
    "filings": observe_market.filings,
    "products": observe_market.products,
    "events": observe_activities.events,
    "assessments": observe_activities.assessments,
    "portfolios": observe_activities.portfolios,
    "pilots": observe_activities.pilots,
    "cases": observe_activities.cases,
}
