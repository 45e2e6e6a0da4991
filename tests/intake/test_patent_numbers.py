"""Patent numbers by ZC 0006-2003, in every written form (exports.md)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.raw import INSTITUTION, PATENT, Cleaned

KEPT = "ZL201310699744.2"


OLD = {"filed_on": "1985-04-01", "granted_on": "2003-11-05"}
"""Dates that no form of a number rules out."""


def read(cells: dict[str, Any], patent_type: str = "发明", as_of: str = "2024-04-26") -> dict[str, Any]:
    """By cell: the canonical number, with the code found behind it if any; the code alone for a rejected one.

    Each cell stands with an institution of its own, so that equal numbers are no duplicates.
    """
    institutions = [{**INSTITUTION, "institution_id": f"U{i}"} for i in range(len(cells))]
    rows = [
        {**PATENT, "patent_no": cell, "patent_type": patent_type, "institution_id": f"U{i}", **OLD}
        for i, cell in enumerate(cells)
    ]
    cleaned = Cleaned(as_of, institutions=institutions, patents=rows)
    numbers = {r["source_row"]: r["patent_no"] for r in cleaned.rows("patents")}
    codes = {r["row_no"]: r["code"] for r in cleaned.rows("rejects") + cleaned.rows("warnings")}
    return {cell: " ".join(filter(None, (numbers.get(place), codes.get(place)))) for place, cell in enumerate(cells, 2)}


def test_written_forms_of_one_number() -> None:
    expected = dict.fromkeys(
        [
            "ZL201310699744.2",
            "zl201310699744.2",
            "CN201310699744.2",
            "201310699744.2",
            "2013106997442",
            "ZL 2013 1069 9744.2",
            "ZL201310699744．2",
            "ＺＬ２０１３１０６９９７４４.２",
            "2013.106997442",
            "20131069974.42",
            "2013106997442.0",
            "ZL2013106997442.0",
            " ZL201310699744. 2",
            '="201310699744.2"',
        ],
        KEPT,
    )
    assert read(expected) == expected


def test_a_zero_behind_twelve_digits_is_the_check_character() -> None:
    assert read({"201029092038.0": 0}, "实用新型") == {"201029092038.0": "ZL201029092038.0"}


def test_a_missing_check_character_is_added_and_noted() -> None:
    expected = dict.fromkeys(["201310699744", "ZL201310699744", "201310699744."], f"{KEPT} W-CHECK-ADDED")
    assert read(expected) == expected


def test_anything_else_is_rejected() -> None:
    expected = dict.fromkeys(
        [
            "2.01311E+12",
            "ZL201310699744.3",
            "20131069974.2",
            "2013106997443.0",
            "2013106997442.00",
            "201310699744.2.0",
            "20131069974",
            "ZL201310699744.22",
            "ZL201310699744-2",
            "US201310699744.2",
            "2013X06997442",
            "ZL",
            "200210699744.0",
            "202510200007.1",
            "201340699744.9",
            "201310699744X",
            "850001239.0",
            "\uffff#N/A",
            "201029092039.0",
        ],
        "E-PATENT-NO",
    )
    assert read(expected) == expected


def test_old_numbers_before_october_2003_and_check_characters() -> None:
    expected = {
        "85100001": "ZL85100001.0 W-CHECK-ADDED",
        "ZL85100001.0": "ZL85100001.0",
        "851000010": "ZL85100001.0",
        "03112345.6": "E-PATENT-NO",
        "84100001": "E-PATENT-NO",
        "04100001": "E-PATENT-NO",
        "201910200007.0": "ZL201910200007.0",
        "ZL201910200168.X": "ZL201910200168.X",
        "201910200168x": "ZL201910200168.X",
    }
    assert read(expected) == expected


def test_years_up_to_the_snapshots() -> None:
    assert read({"202410000001": 0, "202510000001": 0}) == {
        "202410000001": "ZL202410000001.X W-CHECK-ADDED",
        "202510000001": "E-PATENT-NO",
    }
    assert read({"202510000001": 0}, as_of="2025-02-28") == {"202510000001": "ZL202510000001.4 W-CHECK-ADDED"}


@pytest.mark.parametrize(("patent_type", "digits"), [("发明", "18"), ("实用新型", "29"), ("外观设计", "3")])
def test_the_type_digit_must_fit_the_type(patent_type: str, digits: str) -> None:
    found = read({f"2019{digit}0200007": 0 for digit in "12389"}, patent_type)
    assert {cell[4] for cell, result in found.items() if result.endswith("W-CHECK-ADDED")} == set(digits)
    assert {result for cell, result in found.items() if cell[4] not in digits} == {"E-TYPE-MISMATCH"}


def check_character(digits: str) -> str:
    total = sum(int(d) * w for d, w in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=False)) % 11
    return "X" if total == 10 else str(total)


bodies = st.builds("{}{}{:07d}".format, st.integers(2003, 2024), st.sampled_from("18"), st.integers(0, 9_999_999))


@settings(max_examples=5, deadline=None)
@given(st.lists(bodies, min_size=20, max_size=20, unique=True))
def test_any_right_number_comes_back_canonical_and_any_wrong_one_is_refused(numbers: list[str]) -> None:
    right = {f"cn{body} {check_character(body).lower()}": f"ZL{body}.{check_character(body)}" for body in numbers}
    wrong = {f"ZL{body}.{'0123456789X'['X9876543210'.index(check_character(body))]}": body for body in numbers}
    wrong = {cell: "E-PATENT-NO" for cell, body in wrong.items() if cell != f"ZL{body}.{check_character(body)}"}
    assert read(right | wrong) == right | wrong
