"""What holds of every metric whatever the rows: bounds, ranks, no memory of the order of rows, no loss by progress.

INVARIANT_EXAMPLES=200 tries as many random worlds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from dashboard import metrics
from tests.oracle.bridge import Worlds
from tests.oracle.metrics import METRICS
from tests.oracle.random_worlds import random_snapshot
from tests.oracle.snapshot import Snapshot
from tests.support.worlds import World

EXAMPLES = range(int(os.environ.get("INVARIANT_EXAMPLES", 3)))

Rows = Sequence[Mapping[str, Any]]

_NESTED = (("approved", "recorded"), ("recorded", "stock"), ("listed", "approved"), ("approved", "stock"),
           ("evaluated", "matched"), ("with_need", "evaluated"), ("with_cooperation", "evaluated"),
           ("implemented", "approved"), ("industrialised", "approved"), ("approved_by_due", "stock"),
           ("institutions_met", "institutions"), ("institutions_missed", "institutions"), ("counted", "all_events"),
           ("declined", "assessed"), ("published", "submitted"), ("recognised_products", "products"))  # fmt: skip
"""Columns of which the first never exceeds the second, in whatever metric has both; but for what cities report."""

_REPORTED = {"declined"}
_GROWTH = {"yoy"}
_STATUSES = ("missed", "open", "met")


def _world(seed: int) -> tuple[Snapshot, World]:
    snapshot = random_snapshot(seed, institutions=8, patents=80)
    return snapshot, Worlds().of(snapshot)


@pytest.mark.parametrize("seed", EXAMPLES)
def test_counts_are_nested_and_shares_are_shares(seed: int) -> None:
    _, world = _world(seed)
    for name in METRICS:
        rates = [c.name for c in metrics.definition(name).columns if c.unit == "rate" and c.name not in _GROWTH]
        for row in world.query(name):
            for rate in rates:
                assert row[rate] is None or 0 <= row[rate] <= 1 or rate.startswith("declined"), (name, rate, row)
            for less, more in _NESTED:
                if less in row and more in row and less not in _REPORTED and None not in (row[less], row[more]):
                    assert row[less] <= row[more], (name, less, more, row)


@pytest.mark.parametrize("seed", EXAMPLES)
def test_ranks_count_those_before_them(seed: int) -> None:
    _, world = _world(seed)
    for name in METRICS:
        rows = world.query(name)
        columns = [c.name for c in metrics.definition(name).columns if c.unit == "rank" and c.name != "rank_change"]
        for column in columns:
            for group in {row.get("enterprise_group") for row in rows}:
                ranks = [r[column] for r in rows if r.get("enterprise_group") == group and r[column] is not None]
                assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks), (name, column, ranks)


@pytest.mark.parametrize("seed", EXAMPLES)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    snapshot, world = _world(seed)
    chance = Random(seed)
    mixed = {name: chance.sample(rows, len(rows)) for name, rows in snapshot.tables.items()}
    other = Worlds().of(replace(snapshot, tables=mixed))
    for name in METRICS:
        one, two = (_printed(w.query(name)) for w in (world, other))
        assert one == two, name


@pytest.mark.parametrize("seed", EXAMPLES)
def test_an_approval_more_never_lowers_a_city(seed: int) -> None:
    snapshot, world = _world(seed)
    waiting = [p for p in snapshot.tables["patents"] if p.review_status != "已通过" and p.granted_on <= snapshot.as_of]
    chosen = set(Random(seed).sample(range(len(waiting)), min(3, len(waiting))))
    approved = {(p.patent_no, p.institution_id) for i, p in enumerate(waiting) if i in chosen}
    rows = [
        replace(p, review_status="已通过", approved_on=snapshot.as_of)
        if (p.patent_no, p.institution_id) in approved
        else p
        for p in snapshot.tables["patents"]
    ]
    after = Worlds().of(replace(snapshot, tables={**snapshot.tables, "patents": rows}))
    for scope in ("territory", "municipal", "provincial"):
        for old, new in zip(*(w.query("inventory_city", scope=scope) for w in (world, after)), strict=True):
            assert (old["inventory_rate"] is None) == (new["inventory_rate"] is None)
            if old["inventory_rate"] is not None:
                assert new["inventory_rate"] >= old["inventory_rate"], (scope, old, new)
                assert _STATUSES.index(new["status"]) >= _STATUSES.index(old["status"]), (scope, old, new)


def _printed(rows: Rows) -> list[list[str]]:
    """Rows in any order; sums of amounts may differ in their last bit."""
    return sorted([str(round(v, 9) if isinstance(v, float) else v) for v in row.values()] for row in rows)
