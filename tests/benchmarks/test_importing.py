"""The benchmark of the import runs and measures both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import importing, machine


def test_both_are_measured(tmp_path: Path) -> None:
    result = importing.compare(1610, tmp_path, 1)
    assert result.patents == pytest.approx(1610, rel=0.05)
    assert result.rows > result.patents
    for cost in (*result.bare, *result.ours):
        assert cost.cpu > 0
        assert cost.seconds > 0
        assert cost.memory > 10_000_000
    assert [path.name for path in tmp_path.iterdir()] == ["folder-1610"]
    assert len(result.line()) == len(importing.HEAD)


def test_a_process_that_fails_is_said_so() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        machine.run(["-c", "raise SystemExit(3)"])


def test_the_machine_is_named() -> None:
    assert "duckdb" in machine.describe("duckdb")
