"""Reason codes, their precedence, duplicates, and what is kept of a bad row (exports.md)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.support.raw import ENTERPRISE, INSTITUTION, PATENT, Cleaned, Row, patents

FIRST, SECOND, THIRD = "ZL201910200007.0", "ZL201910200014.0", "ZL201910200021.0"
PASSED = {"review_status": "已通过", "approved_on": "2024-03-20"}


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"overflow": "1", "title": None}, "E-SHAPE", None),
        ({"title": None, "patent_no": "x"}, "E-MISSING", "title"),
        ({"review_status": "已通过", "approved_on": ""}, "E-MISSING", "approved_on"),
        ({"filed_on": None, "granted_on": "?"}, "E-MISSING", "filed_on"),
        ({"filed_on": "不详", "granted_on": "?"}, "E-DATE", "filed_on"),
        ({"patent_no": "x", "granted_on": "?"}, "E-PATENT-NO", "patent_no"),
        ({"granted_on": "?", "legal_status": "?"}, "E-DATE", "granted_on"),
        ({"review_status": "已通过", "approved_on": "?"}, "E-DATE", "approved_on"),
        ({"legal_status": "?", "patent_type": "实用新型"}, "E-VALUE", "legal_status"),
        ({"converted_before": "?"}, "E-VALUE", "converted_before"),
        ({"patent_type": "实用新型", "filed_on": "2023-01-01"}, "E-TYPE-MISMATCH", "patent_type"),
        ({"filed_on": "2021-06-16", "recorded_on": "2030-01-01"}, "E-DATE-ORDER", "granted_on"),
        ({"recorded_on": "2024-04-27", "institution_id": "U9"}, "E-FUTURE", "recorded_on"),
        ({"approved_on": "2024-04-27"}, "E-FUTURE", "approved_on"),
        ({"institution_id": "U9"}, "E-UNKNOWN-INSTITUTION", "institution_id"),
    ],
)
def test_a_faulty_row_is_rejected_with_its_first_code(change: Row, code: str, column: str | None) -> None:
    cleaned = patents(change, {"patent_no": SECOND})
    assert cleaned.rejects() == [("patents", code, column)]
    assert cleaned.warnings() == []
    assert cleaned.values("patents", "patent_no") == [SECOND]


@pytest.mark.parametrize(
    ("change", "code", "column", "value"),
    [
        ({"patent_no": "201910200007"}, "W-CHECK-ADDED", "patent_no", FIRST),
        ({"stars": "9"}, "W-VALUE", "stars", None),
        ({"intents": "卖"}, "W-VALUE", "intents", None),
        ({"industrialised": "?"}, "W-VALUE", "industrialised", None),
        ({"recorded_on": "?"}, "W-DATE", "recorded_on", None),
        ({"lapsed_on": "2024-04-27"}, "W-DATE", "lapsed_on", None),
        ({"approved_on": "?"}, "W-DATE", "approved_on", None),
        ({**PASSED, "recorded_on": "2024-03-21"}, "W-STAGE-ORDER", "approved_on", date(2024, 3, 20)),
        ({**PASSED, "listed_on": "2024-03-19"}, "W-STAGE-ORDER", "approved_on", date(2024, 3, 20)),
        (
            {**PASSED, "recorded_on": "2024-03-22", "listed_on": "2024-03-19"},
            "W-STAGE-ORDER",
            "approved_on",
            date(2024, 3, 20),
        ),
    ],
)
def test_a_doubtful_cell_is_cleared_or_noted_and_the_row_stays(
    change: Row, code: str, column: str, value: object
) -> None:
    cleaned = patents(change)
    assert cleaned.rejects() == []
    assert cleaned.warnings() == [("patents", code, column)]
    assert cleaned.values("patents", column) == [value]


def test_one_row_may_carry_several_remarks() -> None:
    cleaned = patents({"stars": "9", "recorded_on": "?", "patent_no": "201910200007"})
    assert sorted(cleaned.warnings()) == [
        ("patents", "W-CHECK-ADDED", "patent_no"),
        ("patents", "W-DATE", "recorded_on"),
        ("patents", "W-VALUE", "stars"),
    ]
    assert cleaned.rows("files")[1]["warnings"] == 3


def test_within_a_code_the_leftmost_column_of_the_sheet_is_named() -> None:
    faulty = {**PATENT, "title": None, "patent_type": None}
    moved = {("patents", "patent_type"): 0, ("patents", "title"): 5}
    assert Cleaned(institutions=[INSTITUTION], patents=[faulty]).rejects()[0][2] == "title"
    assert Cleaned(positions=moved, institutions=[INSTITUTION], patents=[faulty]).rejects()[0][2] == "patent_type"


def test_a_rejected_row_keeps_value_and_cells_as_read() -> None:
    cleaned = patents({"patent_no": " x " + "长" * 300})
    reject = cleaned.rows("rejects")[0]
    assert reject["value"] == (" x " + "长" * 300)[:200]
    assert json.loads(reject["cells"])["title"] == "一种装置"
    assert (reject["file"], reject["row_no"], reject["institution_id"]) == ("patents.csv", 2, "U1")


def test_of_a_row_with_a_cell_too_many_nothing_is_stored() -> None:
    reject = patents({"overflow": "1"}, {"patent_no": SECOND}).rows("rejects")[0]
    assert (reject["code"], reject["value"], reject["cells"], reject["institution_id"]) == ("E-SHAPE", None, None, None)


def test_identical_rows_are_skipped_and_noted() -> None:
    cleaned = patents({}, {"patent_no": "201910200007.0", "title": " 一种 装置"}, {"stars": "-"})
    assert cleaned.values("patents", "source_row") == [2]
    assert cleaned.warnings() == [("patents", "W-DUPLICATE", "patent_no")] * 2
    files = cleaned.rows("files", "rows_read", "accepted", "rejected", "skipped", "warnings")[1]
    assert files == {"rows_read": 3, "accepted": 1, "rejected": 0, "skipped": 2, "warnings": 2}


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([{**PASSED, "listed_on": "2024-03-21"}, {**PASSED, "listed_on": "2024-03-25"}, {**PASSED, "title": "丙"}], 3),
        ([{**PASSED}, {"title": "乙"}], 2),
        ([{"review_status": "已通过", "approved_on": "2024-03-21"}, {**PASSED}], 2),
        ([{"recorded_on": "2024-03-01"}, {"recorded_on": "2024-03-02"}, {"title": "乙"}], 3),
        ([{"title": "甲"}, {"title": "乙"}], 3),
        ([{"title": "甲"}, {"title": "乙"}, {"title": "甲"}], 3),
    ],
)
def test_of_two_rows_for_one_patent_the_one_furthest_along_stays(rows: list[Row], kept: int) -> None:
    cleaned = patents(*rows)
    assert cleaned.values("patents", "source_row") == [kept]
    assert {r[1] for r in cleaned.rejects()} == {"E-DUPLICATE"}


def test_elsewhere_the_later_row_stays() -> None:
    cleaned = Cleaned(institutions=[INSTITUTION, {**INSTITUTION, "city_code": "苏州"}, INSTITUTION])
    assert cleaned.values("institutions", "city_code") == ["320500"]
    assert cleaned.rejects() == [("institutions", "E-DUPLICATE", "institution_id")]
    assert cleaned.warnings() == [("institutions", "W-DUPLICATE", "institution_id")]


def test_a_patent_may_stand_once_for_each_institution() -> None:
    second = {**INSTITUTION, "institution_id": "U2"}
    cleaned = patents({}, {"institution_id": "U2"}, institutions=[INSTITUTION, second])
    assert cleaned.values("patents", "institution_id") == ["U1", "U2"]


def test_codes_of_enterprises_and_optional_codes() -> None:
    evaluation = {"patent_no": FIRST, "enterprise_id": "E1", "pushed_on": "2024-04-02"}
    product = {
        "product_no": "P1",
        "product_name": "品",
        "patent_no": FIRST,
        "registered_on": "2024-04-01",
        "stage": "备案",
    }
    case = {
        "case_id": "A1",
        "case_name": "例",
        "city_code": "南京",
        "institution_id": "U9",
        "submitted_on": "2024-04-01",
    }
    cleaned = Cleaned(
        institutions=[INSTITUTION],
        patents=[PATENT],
        enterprises=[ENTERPRISE],
        evaluations=[evaluation, {**evaluation, "enterprise_id": "E9"}],
        products=[{**product, "enterprise_id": "E9"}],
        cases=[case],
    )
    assert cleaned.rejects() == [("evaluations", "E-UNKNOWN-ENTERPRISE", "enterprise_id")]
    assert cleaned.warnings() == [("products", "W-VALUE", "enterprise_id"), ("cases", "W-VALUE", "institution_id")]
    assert cleaned.values("products", "enterprise_id") + cleaned.values("cases", "institution_id") == [None, None]


def test_an_optional_code_is_checked_only_against_a_table_that_is_there() -> None:
    product = {
        "product_no": "P1",
        "product_name": "品",
        "patent_no": FIRST,
        "registered_on": "2024-04-01",
        "stage": "备案",
        "enterprise_id": "E9",
    }
    cleaned = Cleaned(institutions=[INSTITUTION], patents=[PATENT], products=[product])
    assert cleaned.values("products", "enterprise_id") == ["E9"]
    assert cleaned.warnings() == []


def test_facts_about_unknown_patents_stay_and_are_noted() -> None:
    filing = {
        "filing_no": "B1",
        "patent_no": THIRD,
        "kind": "转让",
        "institution_id": "U1",
        "recipient": "某公司",
        "effective_on": "2030-01-01",
    }
    pilot = {"patent_no": THIRD, "platform": "中心", "stage": "中试", "started_on": "2024-04-01"}
    cleaned = Cleaned(
        institutions=[INSTITUTION], patents=[PATENT, {**PATENT, "patent_no": "x"}], filings=[filing], pilots=[pilot]
    )
    assert cleaned.warnings() == [
        ("filings", "W-UNKNOWN-PATENT", "patent_no"),
        ("pilots", "W-UNKNOWN-PATENT", "patent_no"),
    ]
    assert cleaned.values("filings", "effective_on") == [date(2030, 1, 1)]


def test_every_file_balances() -> None:
    cleaned = patents({}, {}, {"patent_no": "x"}, {"patent_no": SECOND, "stars": "9"})
    for row in cleaned.rows("files"):
        assert row["rows_read"] == row["accepted"] + row["rejected"] + row["skipped"]


def test_nothing_raw_is_left_behind() -> None:
    cleaned = patents({"overflow": "1"}, {"patent_no": SECOND})
    names = [name for (name,) in cleaned.connection.execute("select table_name from duckdb_tables()").fetchall()]
    scratch = ("raw_", "typed_", "duplicates_", "findings_", "files_", "known_")
    assert sorted(name for name in names if name.startswith(scratch)) == ["known_patents", "raw_columns", "raw_sheets"]
