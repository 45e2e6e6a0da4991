"""A goal is met or missed by what was measured, at its worst page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.benchmarks import goals
from tests.benchmarks.browsing import Seen
from tests.benchmarks.goals import Found, Goal
from tests.benchmarks.load import Crowd, Load
from tests.benchmarks.rerun import Cost

PLAIN = Cost("events", 1.0, 0.4, 0.4, 50_000, 50_000, 0.3, 0.3, 0.3, 0.3, 40_000, 40_000)
OURS = Cost("events", 0.2, 0.02, 0.02, 80_000, 20_000, 0.03, 0.03, 0.01, 0.01, 40_000, 12_000)


def _reruns(ours: Cost) -> list[Goal]:
    return goals.judged(Found(reruns={(161_000, "events"): (OURS, None), (goals.MIDDLE, "events"): (ours, PLAIN)}))


def _met(found: list[Goal], words: str) -> bool:
    return next(goal.is_met for goal in found if words in goal.what)


def test_a_page_within_all_bounds_meets_every_goal() -> None:
    assert all(goal.is_met for goal in _reruns(OURS))


@pytest.mark.parametrize(
    ("worse", "words"),
    [
        ({"again_cpu": 0.07}, "a setting seen before"),
        ({"new_cpu": 0.07}, "a setting nobody had"),
        ({"first_cpu": 0.21}, "first load"),
        ({"wire": 30_001}, "sent for a changed filter"),
        ({"again_cpu": 0.014}, "in times of"),
        ({"again_cpu": float("nan")}, "a setting seen before"),
    ],
)
def test_one_figure_out_of_bounds_misses_its_goal(worse: dict[str, Any], words: str) -> None:
    assert not _met(_reruns(replace(OURS, **worse)), words)


def _load(sessions: int, wait: float, failures: int = 0, memory: float = 300) -> Load:
    return Load(Crowd(sessions, 2, 30), [wait] * 100, 20, ["x"] * failures, memory, 1)


@pytest.mark.parametrize(
    ("ours", "words", "is_met"),
    [
        (_load(50, 0.9), "p95", True),
        (_load(50, 1.1), "p95", False),
        (_load(20, 1.1), "p50", False),
        (_load(50, 0.5, failures=1), "failures", False),
        (_load(50, 0.5, memory=1001), "memory", False),
        (_load(200, 9.0), "failures", True),
    ],
)
def test_a_crowd_is_judged_by_its_size(ours: Load, words: str, is_met: bool) -> None:
    assert _met(goals.judged(Found(loads=[(ours, _load(ours.crowd.sessions, 10.0))])), words) == is_met


def test_the_browser_is_judged_by_its_worst_page() -> None:
    ours, theirs = Seen("a", 2.0, 1.5, 0.3, 10, 10, 10), Seen("a", 3.0, 2.0, 0.7, 10, 10, 10)
    slow = replace(ours, page="b", change=0.36)
    found = goals.judged(Found(browsers={"a": (ours, theirs), "b": (slow, theirs)}))
    assert [goal.is_met for goal in found] == [True, False]
    assert found[1].found == "0.51 (b)"
