"""The policy as small tables of a snapshot, so that every statement reads its dates, shares and words by joining."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from dashboard.contract import Contract
from dashboard.policy import Obligation, Policy

_SHARE = pa.decimal128(18, 12)
_OBLIGATIONS = pa.schema(
    [("group_code", pa.string()), ("position", pa.int32()), ("due_on", pa.date32()), ("share", _SHARE)]
)


def plan_tables(policy: Policy, contract: Contract, as_of: date) -> dict[str, pa.Table]:
    """All `plan…` tables by name.

    `plan` has one row: as-of date, baseline, thresholds (days, patents, stars, fractions) and weights. The others
    list cities, groups, obligation dates (share as a fraction, factor of 基本完成 applied), enterprise groups with
    their categories, and `plan_terms` (`list_name`, `position`, `term`): the plan's and the contract's words.
    """
    return {
        "plan": _plan(policy, as_of),
        "plan_cities": _rows(
            [("position", pa.int32()), ("city_code", pa.string()), ("city_name", pa.string()),
             ("short_name", pa.string()), ("tile_column", pa.int32()), ("tile_row", pa.int32())],
            [(i, c.code, c.name, c.short_name, *c.tile) for i, c in enumerate(policy.cities, 1)],
        ),
        "plan_groups": _rows(
            [("position", pa.int32()), ("group_code", pa.string()), ("label", pa.string()),
             ("by_demonstration", pa.bool_()), ("by_capacity_programme", pa.bool_()),
             ("stock_below", pa.int64()), ("is_rest", pa.bool_())],
            [(i, g.code, g.label, "demonstration" in g.any_of, "capacity_programme" in g.any_of,
              g.stock_below, "otherwise" in g.any_of) for i, g in enumerate(policy.groups, 1)],
        ),
        "plan_obligations": _obligations(policy.obligations()),
        "plan_enterprise_groups": _rows(
            [("position", pa.int32()), ("group_code", pa.string()), ("label", pa.string()), ("is_rest", pa.bool_())],
            [(i, g.code, g.label, not g.categories) for i, g in enumerate(policy.enterprise_groups, 1)],
        ),
        "plan_enterprise_categories": _rows(
            [("position", pa.int32()), ("group_code", pa.string()), ("category", pa.string())],
            [(i, g.code, c) for i, g in enumerate(policy.enterprise_groups, 1) for c in g.categories],
        ),
        "plan_enterprise_obligations": _obligations(policy.enterprise_obligations()),
        "plan_terms": _terms(policy, contract),
    }  # fmt: skip


def _plan(policy: Policy, as_of: date) -> pa.Table:
    attention, weights = policy.attention, policy.weights
    row: dict[str, tuple[pa.DataType, Any]] = {
        "as_of": (pa.date32(), as_of),
        "policy_id": (pa.string(), policy.id),
        "province_code": (pa.string(), policy.province.code),
        "province_name": (pa.string(), policy.province.name),
        "baseline_on": (pa.date32(), policy.baseline.day),
        "event_target": (pa.int64(), policy.events.target),
        "pool_stars": (pa.int64(), policy.pool_stars),
        "no_approval_days": (pa.int64(), attention.no_approval_days),
        "unreported_days": (pa.int64(), attention.unreported_days),
        "batch_share": (_SHARE, attention.batch_share),
        "batch_min_stock": (pa.int64(), attention.batch_min_stock),
        "pace_days": (pa.int64(), policy.pace_days),
        **{f"weight_{part}": (pa.float64(), weight) for part, weight in weights.model_dump().items()},
    }
    return _rows([(name, kind) for name, (kind, _) in row.items()], [tuple(value for _, value in row.values())])


def _obligations(obligations: tuple[Obligation, ...]) -> pa.Table:
    rows: list[tuple[str, int, date, Decimal]] = []
    for obligation in obligations:
        position = 1 + sum(code == obligation.group for code, *_ in rows)
        rows.append((obligation.group, position, obligation.due_on, obligation.share))
    return _rows(list(zip(_OBLIGATIONS.names, _OBLIGATIONS.types, strict=True)), rows)


def _terms(policy: Policy, contract: Contract) -> pa.Table:
    levels = policy.maturity_levels
    lists = {
        "maturity_levels": levels,
        "maturity_high": levels[levels.index(policy.maturity_high_from) :],
        "good_prospects": policy.good_prospects,
        "no_need_words": policy.no_need_words,
        "counted_levels": policy.events.counted_levels,
        "counted_kinds": policy.events.counted_kinds,
        "null_words": contract.null_words,
    }
    rows = [(name, i, term) for name, terms in lists.items() for i, term in enumerate(terms, 1)]
    return _rows([("list_name", pa.string()), ("position", pa.int32()), ("term", pa.string())], rows)


def _rows(fields: list[tuple[str, pa.DataType]], rows: list[tuple[Any, ...]]) -> pa.Table:
    schema = pa.schema(fields)
    columns = zip(*rows, strict=True) if rows else ([] for _ in fields)
    return pa.table([pa.array(list(v), type=f.type) for v, f in zip(columns, schema, strict=True)], schema=schema)
