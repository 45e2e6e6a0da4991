"""The comparison itself: strict where the contract is, blind only to free wording and free order."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.compare import differences

COLUMNS = ("city_code", "label", "approved", "rate")
ROWS: list[dict[str, Any]] = [
    {"city_code": "320100", "label": "甲", "approved": 3, "rate": Fraction(1, 3)},
    {"city_code": "320500", "label": "乙", "approved": 0, "rate": None},
]


def test_equal_numbers_and_free_wording_are_no_difference() -> None:
    found: list[dict[str, Any]] = [
        {"city_code": "320100", "label": None, "approved": 3.0, "rate": 1 / 3},
        {"city_code": "320500", "label": "x", "approved": 0, "rate": None},
    ]
    assert differences(ROWS, found, COLUMNS, ordered=True) == []


@pytest.mark.parametrize(
    "cells", [{"rate": 0}, {"approved": None}, {"approved": 1e-8}, {"city_code": "320501"}, {"rate": "x"}]
)
def test_null_for_zero_and_other_cells_are_differences(cells: dict[str, Any]) -> None:
    assert len(differences(ROWS, [ROWS[0], {**ROWS[1], **cells}], COLUMNS, ordered=True)) == 1


def test_order_matters_only_where_it_is_fixed() -> None:
    assert differences(ROWS, ROWS[::-1], COLUMNS, ordered=False) == []
    assert differences(ROWS, ROWS[::-1], COLUMNS, ordered=True) != []


def test_rows_too_few_and_columns_in_another_order_are_named() -> None:
    assert "missing city_code=320500" in "\n".join(differences(ROWS, ROWS[:1], COLUMNS, ordered=False))
    swapped = [dict(reversed(row.items())) for row in ROWS]
    assert differences(ROWS, swapped, COLUMNS, ordered=False)[0].startswith("columns")


def test_dates_compare_with_iso_text() -> None:
    rows = [{"day": date(2024, 2, 29)}]
    assert differences(rows, [{"day": "2024-02-29"}], ("day",), ordered=True) == []
    assert differences(rows, [{"day": "2024-03-01"}], ("day",), ordered=True) != []
