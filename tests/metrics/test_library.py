"""The resource library: routes, fields and stars by the representative row; portfolios and pilots."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.rows import cells, only
from tests.support.worlds import World

INSTITUTIONS = """
institution_id,city_code
a,320100
b,320100
c,320500
"""

# What a route asks for, and what just misses it.
ROUTED = """
patent_no,institution_id,review_status,approved_on,listed_on,breadth,stars,portfolio_id,prospect,maturity
all,a,已通过,2024-03-01,2024-03-02,多主体,5,Z,好,产品
pool,a,已通过,2024-03-01,2024-03-02,单一主体,4,Z,好,产品
no portfolio,a,已通过,2024-03-01,2024-03-02,,5,,较好,初样
three stars,a,已通过,2024-03-01,2024-03-02,,3,Z,好,仿真
no stars,a,已通过,2024-03-01,2024-03-02,,,Z,好,概念
no maturity,a,已通过,2024-03-01,2024-03-02,,,,好,
fair,a,已通过,2024-03-01,2024-03-02,,,,一般,产品
not listed,a,已通过,2024-03-01,,多主体,5,Z,好,产品
not approved,a,校审退回,,2024-03-02,多主体,5,Z,好,产品
"""

USES = {
    "enterprises": "enterprise_id\ne\nf",
    "evaluations": "patent_no,enterprise_id,evaluated_on\nall,e,\nall,f,2024-04-01\nfair,e,\nunknown,e,2024-04-01",
    "filings": """
filing_no,patent_no,kind,institution_id,registered_on
K,all,转让,a,2019-03-01
L,pool,转让,a,
M,fair,普通许可,c,2024-03-01
""",
}

# Joint stock: b listed first; a and b listed on one day; nobody approved, b recorded first; a's row is no stock.
JOINT = """
patent_no,institution_id,converted_before,review_status,recorded_on,approved_on,listed_on,field,stars,maturity,breadth
1,a,false,已通过,2024-01-01,2024-02-01,2024-03-09,甲,1,概念,
1,b,false,已通过,2024-02-01,2024-03-05,2024-03-08,乙,5,产品,多主体
1,c,false,已通过,2024-01-01,2024-02-01,2024-03-10,丙,2,,
2,b,false,已通过,,2024-02-01,2024-03-08,乙,4,,多主体
2,a,false,已通过,,2024-02-02,2024-03-08,甲,,概念,
3,a,false,待院审,2024-02-02,,,甲,5,产品,
3,b,false,校审退回,2024-02-01,,,丁,5,产品,
3,c,false,未建档,,,,戊,5,产品,
4,a,true,已通过,,2024-01-01,2024-01-02,甲,5,产品,多主体
4,b,false,已通过,,2024-03-01,,,3,概念,
5,c,false,已通过,,2024-03-01,,乙,,产品,
"""


@cache
def routed() -> World:
    return World("2024-04-30", {"institutions": INSTITUTIONS, "patents": ROUTED, **USES})


@cache
def joint() -> World:
    return World("2024-04-30", {"institutions": INSTITUTIONS, "patents": JOINT})


def test_each_listed_patent_takes_the_first_route_that_holds() -> None:
    assert [cells(r, "route patents stars_4_up matched_patents filed_patents") for r in routed().query("routes")] == [
        ["open_licence", 1, 1, 1, 1],
        ["pool", 1, 1, 0, 0],
        ["auction", 1, 1, 0, 0],
        ["pilot", 2, 0, 0, 0],
        ["general", 2, 0, 1, 1],
    ]


def test_shares_are_of_the_listed_and_null_without_any() -> None:
    assert [r["share"] for r in routed().query("routes")] == pytest.approx([1 / 7, 1 / 7, 1 / 7, 2 / 7, 2 / 7])
    wuxi = [r for r in routed().query("routes_city") if r["city_code"] == "320200"]
    assert [cells(r, "patents share matched_patents") for r in wuxi] == [[0, None, 0]] * 5


def test_a_joint_patent_takes_the_route_of_its_representative_row() -> None:
    assert [r["patents"] for r in joint().query("routes")] == [1, 0, 0, 0, 1]
    rows = joint().query("routes_city")
    assert [r["patents"] for r in rows if r["city_code"] == "320100"] == [1, 0, 0, 0, 1]
    assert [r["patents"] for r in rows if r["city_code"] == "320500"] == [0, 0, 0, 0, 1]


def test_fields_come_from_the_representative_row() -> None:
    rows = joint().query("field_profile")
    names = "patents approved listed stars_mean maturity_high_share"
    assert {r["field"]: cells(r, names) for r in rows} == {
        "甲": [1, 1, 1, None, 0.0],  # 2: on equal days the smaller institution, without stars
        "乙": [2, 2, 1, 5.0, 1.0],  # 1 and 5, of which 5 has no stars
        "丁": [1, 0, 0, None, None],  # 3: recorded first; its stars are not approved
        "未填": [1, 1, 0, 3.0, 0.0],  # 4: only its stock row
    }


def test_stars_over_approved_stock() -> None:
    assert [cells(r, "stars patents share") for r in joint().query("stars")] == [
        [0, 2, 0.5],
        [1, 0, 0.0],
        [2, 0, 0.0],
        [3, 1, 0.25],
        [4, 0, 0.0],
        [5, 1, 0.25],
    ]


def test_stars_of_nothing_have_no_share() -> None:
    rows = World("2024-04-30", {"institutions": INSTITUTIONS, "patents": []}).query("stars")
    assert [cells(r, "stars patents share") for r in rows] == [[n, 0, None] for n in range(6)]


def test_field_uses_are_those_of_the_number() -> None:
    (row,) = routed().query("field_profile")
    assert cells(row, "field patents matched_patents evaluated_patents filed_patents") == ["未填", 9, 2, 1, 2]


def test_members_of_a_portfolio_are_distinct_accepted_numbers() -> None:
    patents = """
patent_no,institution_id,converted_before,portfolio_id
1,a,true,Z
1,b,false,Z
2,a,false,Z
3,a,false,unknown
"""
    portfolios = """
portfolio_id,portfolio_name,kind,formed_on,licensees
Z,组合,专利池,2024-02-29,3
Y,空,专利组合,,
"""
    given = {"institutions": INSTITUTIONS, "patents": patents, "portfolios": portfolios}
    rows = World("2024-04-30", given).query("portfolios")
    assert [cells(r, "portfolio_id kind formed_on licensees patents") for r in rows] == [
        ["Y", "专利组合", None, None, 0],
        ["Z", "专利池", "2024-02-29", 3, 2],
    ]


def test_pilots_always_have_four_stages() -> None:
    given = {"institutions": INSTITUTIONS, "pilots": """
patent_no,platform,stage,finished_on
1,甲,中试,2024-04-01
2,甲,中试,
1,乙,熟化,
"""}  # fmt: skip
    rows = World("2024-04-30", given).query("pilots_stage")
    assert [cells(r, "stage started finished platforms") for r in rows] == [
        ["概念验证", 0, 0, 0],
        ["二次开发", 0, 0, 0],
        ["中试", 2, 1, 1],
        ["熟化", 1, 0, 1],
    ]
    assert only(rows, stage="中试")["platforms"] == 1
