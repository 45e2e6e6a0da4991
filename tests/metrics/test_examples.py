"""Each metric's header carries a worked example: it comes out exactly so."""

from __future__ import annotations

import pytest

from dashboard import metrics
from dashboard.scope import PROVINCE
from tests.support import compare
from tests.support.worlds import World


def example_world(name: str) -> World:
    example = metrics.definition(name).example
    before = example.previous
    previous = World(str(before["as_of"]), before["given"]) if before else None
    return World(example.as_of.isoformat(), example.given, previous)


@pytest.mark.parametrize("name", metrics.names())
def test_worked_example_comes_out(name: str) -> None:
    metric = metrics.definition(name)
    world = example_world(name)
    columns, expected = compare.read(metric.example.expect)
    frame = metrics.run(world.connection, name, PROVINCE, metric.example.parameters).frame
    assert list(frame.columns) == [c.name for c in metric.columns] == columns
    assert compare.differences(world.query(name, **metric.example.parameters), expected, columns) == []


@pytest.mark.parametrize("name", metrics.names())
def test_header_says_what_it_is(name: str) -> None:
    metric = metrics.definition(name)
    assert all([metric.title, metric.clause, metric.definition, metric.grain])
    assert all(column.label for column in metric.columns)
