"""Transfers and licences: contracts, times and patents, whose year, and amounts once a contract."""

from __future__ import annotations

from functools import cache

import pytest

from dashboard.scope import Scope
from tests.support.rows import cells, only
from tests.support.worlds import World

INSTITUTIONS = """
institution_id,institution_name,city_code
a,甲大学,320100
b,乙学院,320500
c,丙学院,320500
d,丁研究所,321300
"""

# BIG: three patents, two cities, two kinds, its amount not on every row. Patent 1 is licensed twice and transferred.
FILINGS = """
filing_no,patent_no,kind,institution_id,recipient_province,recipient_city,registered_on,amount,reported_on
BIG,1,转让,a,江苏省,南京市,2024-03-01,,2024-03-02
BIG,2,作价入股,a,江苏省,南京市,2024-03-01,100,
BIG,3,转让,b,江苏省,南京市,2024-03-01,120,2024-03-02
L1,1,普通许可,a,江苏省,南京市,2024-01-01,7.5,
L2,1,独占许可,a,上海市,,2024-04-30,2.5,2024-04-30
L3,4,开放许可,a,,,2024-04-30,,2024-04-30
L3,5,排他许可,a,,,2024-04-30,,2024-04-30
UNREG,1,转让,a,江苏省,南京市,,900,
OLD,6,普通许可,c,江苏省,苏州市,2023-04-30,3,
LATE,7,普通许可,c,江苏省,苏州市,2023-05-01,3,2023-06-01
OLD,8,普通许可,c,江苏省,苏州市,2022-12-31,3,
STRAY,unknown,转让,c,江苏省,苏州市,2024-02-29,1,
"""

COUNTS = "transfer_contracts transfer_times transfer_patents licence_contracts licence_times licence_patents"


@cache
def world(as_of: str = "2024-04-30") -> World:
    return World(as_of, {"institutions": INSTITUTIONS, "patents": [], "filings": FILINGS})


def test_contracts_times_and_patents_differ() -> None:
    nanjing = only(world().query("filings_city"), city_code="320100")
    assert cells(nanjing, COUNTS) == [1, 2, 2, 3, 4, 3]
    assert cells(nanjing, "open_licence_patents patents") == [1, 4]


def test_a_filing_counts_though_its_patent_is_unknown() -> None:
    suzhou = only(world().query("filings_city"), city_code="320500")
    assert cells(suzhou, COUNTS + " patents") == [2, 2, 2, 0, 0, 0, 2]


def test_a_contract_of_two_cities_counts_in_full_in_each() -> None:
    rows = world().query("filings_city")
    assert only(rows, city_code="320100")["amount"] == 100 + 7.5 + 2.5
    assert only(rows, city_code="320500")["amount"] == 120 + 1


def test_unregistered_belongs_to_no_year_and_unreported_to_its_own() -> None:
    names = "unregistered unreported"
    assert cells(only(world().query("filings_city"), city_code="320100"), names) == [1, 2]
    assert cells(only(world().query("filings_city", year=2023), city_code="320100"), names) == [1, 0]
    assert cells(only(world().query("filings_city", year=2023), city_code="320500"), names) == [0, 1]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2024, [2, 1, 1.0]),  # to 30 April: the first of May 2023 is out
        (2023, [2, 1, 1.0]),  # a year that is over, against the whole year before
        (2022, [1, 0, None]),  # from nothing: no growth
        (2025, [0, 2, -1.0]),  # a year to come, up to the same day
        (1999, [0, 0, None]),
    ],
)
def test_growth_is_over_the_same_days_of_the_year_before(year: int, expected: list[object]) -> None:
    suzhou = only(world().query("filings_city", year=year), city_code="320500")
    assert cells(suzhou, "patents previous_year_patents yoy") == expected


@pytest.mark.parametrize(
    ("as_of", "registered_on", "previous"),
    [
        ("2024-02-29", "2023-02-28", 1),
        ("2024-02-29", "2023-03-01", 0),
        ("2025-02-28", "2024-02-28", 1),
        ("2025-02-28", "2024-02-29", 0),
    ],
)
def test_leap_day(as_of: str, registered_on: str, previous: int) -> None:
    filings = f"filing_no,patent_no,kind,institution_id,registered_on\nK,1,转让,a,{registered_on}"
    rows = World(as_of, {"institutions": INSTITUTIONS, "filings": filings}).query("filings_city")
    assert only(rows, city_code="320100")["previous_year_patents"] == previous


def test_cities_rank_by_patents_ties_alike() -> None:
    rows = world().query("filings_city")
    assert [(r["city_code"], r["rank"]) for r in rows if r["rank"] < 3] == [("320100", 1), ("320500", 2)]
    assert {r["rank"] for r in rows} == {1, 2, 3}


def test_institutions_count_their_own_rows() -> None:
    rows = world().query("filings_institution")
    names = "institution_name city_name transfer_times patents amount rank"
    assert cells(only(rows, institution_id="b"), names) == ["乙学院", "苏州市", 1, 1, 120, 2]
    assert cells(only(rows, institution_id="d"), names) == ["丁研究所", "宿迁市", 0, 0, 0, 4]


def test_an_account_sees_its_own_institutions_with_ranks_over_all() -> None:
    rows = world().query("filings_institution", Scope("city", "320500"))
    assert [(r["institution_id"], r["rank"]) for r in rows] == [("b", 2), ("c", 2)]
    (own,) = world().query("filings_institution", Scope("institution", "d"))
    assert cells(own, "institution_id rank") == ["d", 4]


def test_months_by_kind() -> None:
    rows = world().query("filings_month")
    assert [cells(r, "month kind contracts times patents amount") for r in rows] == [
        ["2024-01", "普通许可", 1, 1, 1, 7.5],
        ["2024-02", "转让", 1, 1, 1, 1],
        ["2024-03", "转让", 1, 2, 2, 120],
        ["2024-03", "作价入股", 1, 1, 1, 100],
        ["2024-04", "独占许可", 1, 1, 1, 2.5],
        ["2024-04", "排他许可", 1, 1, 1, 0],
        ["2024-04", "开放许可", 1, 1, 1, 0],
    ]


def test_flow_keeps_the_recipient_as_written() -> None:
    rows = world().query("filings_flow")
    assert [cells(r, "city_name recipient_province recipient_city patents amount") for r in rows] == [
        ["南京市", "未填", "未填", 2, 0],
        ["南京市", "江苏省", "南京市", 2, 107.5],
        ["南京市", "上海市", "未填", 1, 2.5],
        ["苏州市", "江苏省", "南京市", 1, 120],
        ["苏州市", "江苏省", "苏州市", 1, 1],
    ]


def test_one_filing_number_over_two_years_counts_in_each() -> None:
    rows = {year: world().query("filings_month", year=year) for year in (2022, 2023)}
    assert [cells(r, "month contracts amount") for r in rows[2022]] == [["2022-12", 1, 3]]
    assert [cells(r, "month contracts amount") for r in rows[2023]] == [["2023-04", 1, 3], ["2023-05", 1, 3]]
