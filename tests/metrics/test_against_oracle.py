"""Every metric against the oracle of `tests/oracle`, which counts the same rows in plain Python from the contract.

ORACLE_EXAMPLES=200 runs as many random worlds, and asks every combination of parameters everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboard import metrics
from tests.oracle import odd
from tests.oracle.bridge import Worlds, disagreements
from tests.oracle.metrics import METRICS, Parameters, variants
from tests.oracle.random_worlds import random_snapshot
from tests.oracle.snapshot import Snapshot

DEFAULT_EXAMPLES = 5
EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", DEFAULT_EXAMPLES))
SNAPSHOTS = odd.snapshots()
THOROUGH = {"odd-2024-04-30", "odd-2025-02-28", "big-2024-05-10", "moved", "absent"}


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return Worlds()


@pytest.mark.parametrize("name", METRICS)
def test_metric_has_the_columns_and_parameters_of_the_contract(name: str) -> None:
    definition = metrics.definition(name)

    assert tuple(column.name for column in definition.columns) == METRICS[name].columns
    assert tuple(definition.parameters) == METRICS[name].parameters


@pytest.mark.parametrize("label", SNAPSHOTS)
def test_metrics_agree_on_the_odd_snapshots(label: str, worlds: Worlds) -> None:
    everything = label in THOROUGH or EXAMPLES > DEFAULT_EXAMPLES
    assert _disagreements(SNAPSHOTS[label], worlds, label, everything=everything) == []


@settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate)
)
@given(seed=st.integers(0, 2**32), institutions=st.integers(5, 15), patents=st.integers(50, 200))
def test_metrics_agree_on_random_worlds(seed: int, institutions: int, patents: int) -> None:
    snapshot = random_snapshot(seed, institutions, patents)
    assert _disagreements(snapshot, Worlds(), seed, everything=False) == []


def _disagreements(now: Snapshot, worlds: Worlds, seed: str | int, *, everything: bool) -> list[str]:
    world, random = worlds.of(now), Random(seed)
    return [
        f"{name} {parameters}: {line}"
        for name in METRICS
        for parameters in _asked(list(variants(name, now)), random, everything=everything)
        for line in disagreements(world, now, name, parameters)
    ]


def _asked(found: Sequence[Parameters], random: Random, *, everything: bool) -> Sequence[Parameters]:
    """All combinations of parameters, or the first, which gives none, and two others."""
    first, *others = found
    return found if everything else [first, *random.sample(others, min(2, len(others)))]
