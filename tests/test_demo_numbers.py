"""Invented patent numbers have the real form and a true check character."""

from __future__ import annotations

import numpy as np

from dashboard import contract as contracts
from dashboard import policy
from dashboard.contract import PatentNumber
from dashboard.demo import numbers
from dashboard.places import Places


def rules() -> PatentNumber:
    places = Places.at()
    return contracts.load(places.contract, policy.load(places.policy)).patent_number


def check_character(digits: str) -> str:
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return "X" if remainder == 10 else str(remainder)


def test_the_check_character_of_the_standards_example() -> None:
    assert check_character("201310699744") == "2"


def test_both_forms_carry_a_true_check_character_and_no_number_comes_twice() -> None:
    size = 30_000
    years = np.repeat([2001, 2015, 2023], size // 3)
    types = np.tile([1, 2, 3], size // 3)
    old = years == 2001
    made = numbers.numbers(rules(), years, types, old).to_pylist()
    assert len(set(made)) == size
    assert all(check_character(no[2:-2]) == no[-1] for no in made)
    assert {(len(no), no[:4]) for no in made} == {(12, "ZL01"), (16, "ZL20")}
    assert {no[6] for no in made if len(no) == 16} == {"1", "2", "3"}
    assert any(no.endswith(".X") for no in made)
