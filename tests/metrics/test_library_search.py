"""The search of the library: what a word or number finds, each filter, order, pages, and what an account may find."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from dashboard import metrics
from dashboard.scope import PROVINCE, Scope
from tests.support.rows import cells
from tests.support.worlds import World

INSTITUTIONS = """
institution_id,institution_name,city_code
a,甲大学,320100
b,乙大学,320100
c,丙学院,320500
"""

# 1 is joint: a listed it, c only recorded it. 2 is an increment, 3 had been converted, 6 is an old number.
PATENTS = """
patent_no,institution_id,title,patent_type,granted_on,converted_before,review_status,recorded_on,approved_on,listed_on,field,stars,maturity,prospect,breadth,portfolio_id
ZL201310699744.2,a,一种石墨烯电池及LED灯,发明,2021-06-15,false,已通过,2024-01-05,2024-02-01,2024-03-01,材料,5,产品,好,,
ZL201310699744.2,c,一种石墨烯电池及LED灯,发明,2021-06-15,false,待院审,2024-01-02,,,能源,2,概念,,,
ZL202410000001.X,b,石墨烯涂层,发明,2024-02-01,false,已通过,,2024-03-05,,材料,4,仿真,较好,,Z
ZL201520000002.7,b,电池100%回收_装置,实用新型,2020-06-15,true,已通过,,2024-03-02,2024-03-06,,,,,,
ZL201610000003.8,c,电池的石墨烯电极,发明,2020-05-01,false,已通过,,2024-03-03,2024-03-04,能源,3,初样,一般,多主体,Z
ZL201710000004.5,c,石墨烯 (GO) 的'制备' a*/b,发明,2020-04-01,false,校审退回,2024-02-03,,,能源,1,方案,,,
ZL91100001.9,c,水泵,发明,1995-01-01,false,未建档,,,,,,,,,
"""
ALL = ("ZL201310699744.2", "ZL202410000001.X", "ZL201610000003.8", "ZL201710000004.5", "ZL201520000002.7",
       "ZL91100001.9")  # fmt: skip


@cache
def world() -> World:
    return World("2024-04-30", {"institutions": INSTITUTIONS, "patents": PATENTS})


def rows(account: Scope = PROVINCE, /, **parameters: Any) -> list[dict[str, Any]]:
    return world().query("library_search", account, **{"stage": "all", **parameters})


def found(account: Scope = PROVINCE, /, **parameters: Any) -> list[str]:
    """Places in ALL of the numbers found, in their order."""
    return [str(ALL.index(row["patent_no"]) + 1) for row in rows(account, **parameters)]


@pytest.mark.parametrize(
    "written",
    ["ZL201310699744.2", "201310699744.2", "2013106997442", "201310699744", "zl 2013 1 0699744.2",
     "CN201310699744.2", "ＺＬ２０１３１０６９９７４４．２", "2013-1-0699744",
     "0699744", "699744.2", "6997442", "2013\u30001069\u00a09744"],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    assert found(words=written) == ["1"]


@pytest.mark.parametrize("written", ["202410000001.X", "202410000001x", "0001X", "CN 202410000001"])
def test_a_check_character_may_be_a_letter(written: str) -> None:
    assert found(words=written) == ["2"]


@pytest.mark.parametrize("written", ["91100001.9", "911000019", "ZL 91 1 00001"])
def test_old_numbers_are_found_too(written: str) -> None:
    assert found(words=written) == ["6"]


@pytest.mark.parametrize("written", ["201310699744.3", "2013106997443", "201310699744.22", "ZL2013106997442A"])
def test_another_number_is_not_found(written: str) -> None:
    assert found(words=written) == []


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("石墨烯", ["1", "2", "3", "4"]),
        ("石墨烯 电池", ["1", "3"]),
        ("电池\u3000石墨烯", ["1", "3"]),
        ("  电池  石墨烯  电极 ", ["3"]),
        ("led", ["1"]),
        ("ＬＥＤ 灯", ["1"]),
        ("100", ["5"]),
        ("没有", []),
        ("一 种 石 墨 烯 电 池", ["1"]),
        ("一 种 石 墨 烯 电 极", []),
        ("", list("123456")),
        ("   ", list("123456")),
    ],
)
def test_every_word_must_occur_in_the_title(words: str, places: list[str]) -> None:
    assert sorted(found(words=words)) == places


@pytest.mark.parametrize(
    ("words", "places"),
    [("%", ["5"]), ("_", ["5"]), ("100%", ["5"]), ("1%0", []), ("(GO)", ["4"]), ("'制备'", ["4"]), ("a*/b", ["4"]),
     (".", []), ("电.", []), ("[电池]", []), ("$words", []), ("电池\\", []), ("'; drop table patents; --", [])],
)  # fmt: skip
def test_signs_are_plain_text(words: str, places: list[str]) -> None:
    assert found(words=words) == places


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"stage": "approved"}, "1235"),
        ({"stage": "listed"}, "135"),
        ({"stage": "unlisted"}, "2"),
        ({"stage": "recorded"}, "4"),
        ({"stage": "none"}, "6"),
        ({"class": "stock"}, "1346"),
        ({"class": "increment"}, "2"),
        ({"class": "other"}, "5"),
        ({"type": "实用新型"}, "5"),
        ({"field": "材料"}, "12"),
        ({"field": "未填"}, "56"),
        ({"stars": "5"}, "1"),
        ({"stars": "4-5"}, "12"),
        ({"stars": "0"}, "56"),
        ({"maturity": "初样"}, "3"),
        ({"maturity": "high"}, "13"),
        ({"maturity": "未填"}, "56"),
        ({"route": "open_licence"}, "3"),
        ({"route": "auction"}, "1"),
        ({"portfolio": "Z"}, "23"),
        ({"city": "320100"}, "125"),
        ({"city": "320500"}, "1346"),
        ({"institution": "c"}, "1346"),
        ({"institution": "c", "city": "320100"}, ""),
        ({"city": "320500", "stage": "listed"}, "3"),
        ({"words": "石墨烯", "field": "能源", "stars": "3-5"}, "3"),
    ],
)
def test_each_filter(asked: dict[str, str], places: str) -> None:
    assert sorted(found(**asked)) == list(places)
    matrix = world().query("library_matrix", **{"stage": "all", **asked})
    assert sum(row["patents"] for row in matrix) == len(places)


def test_approved_are_found_by_default() -> None:
    assert sorted(str(ALL.index(r["patent_no"]) + 1) for r in world().query("library_search")) == list("1235")


def test_a_joint_patent_shows_the_row_of_who_is_asked_for() -> None:
    names = "institution_name stage stage_on stars"
    (first,) = rows(words="LED")
    assert cells(first, names) == ["甲大学", "listed", "2024-03-01", 5]
    assert first["title"] == "一种石墨烯电池及LED灯"
    (second,) = rows(words="LED", city="320500")
    assert cells(second, names) == ["丙学院", "recorded", "2024-01-02", 2]


@pytest.mark.parametrize(
    ("sort", "direction", "places"),
    [
        ("stars", "desc", "123456"),
        ("stars", "asc", "432156"),
        ("maturity", "desc", "132456"),
        ("maturity", "asc", "423156"),
        ("stage_on", "desc", "523146"),
        ("stage_on", "asc", "413256"),
        ("granted_on", "asc", "643512"),
        ("patent_no", "asc", "153426"),
        ("patent_no", "desc", "624351"),
        ("title", "asc", "165342"),
        ("title", "desc", "243561"),
    ],
)
def test_order_with_nothing_last(sort: str, direction: str, places: str) -> None:
    assert found(sort=sort, direction=direction) == list(places)


def test_pages_divide_the_hits() -> None:
    pages = [rows(size=4, page=n) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 2, 0]
    assert [r["patent_no"] for page in pages for r in page] == list(ALL)
    assert {r["hits"] for page in pages for r in page} == {6}


@pytest.mark.parametrize(
    ("account", "places"),
    [
        (Scope("steward"), "123456"),
        (Scope("city", "320100"), "125"),
        (Scope("city", "320500"), "1346"),
        (Scope("city", "320200"), ""),
        (Scope("institution", "b"), "25"),
        (Scope("institution", "c"), "1346"),
    ],
)
def test_an_account_finds_its_own(account: Scope, places: str) -> None:
    assert sorted(found(account)) == list(places)
    assert {r["hits"] for r in rows(account, size=1)} == ({len(places)} if places else set())
    matrix = world().query("library_matrix", account, stage="all")
    assert sum(row["patents"] for row in matrix) == len(places)


def test_what_is_asked_for_does_not_widen_an_account() -> None:
    assert found(Scope("city", "320500"), city="320100") == []
    assert found(Scope("institution", "b"), institution="a") == []
    assert {r["institution_id"] for r in rows(Scope("city", "320500"))} == {"c"}
    assert world().query("patent_record", Scope("institution", "b"), patent=ALL[0]) == []
    (row,) = world().query("patent_record", Scope("institution", "c"), patent=ALL[0])
    assert cells(row, "institution_id stars listed_on") == ["c", 2, None]


def test_the_matrix_takes_the_row_that_stands_for_a_number() -> None:
    matrix = world().query("library_matrix", **{"class": "stock"})
    assert [cells(r, "stars maturity patents stock listed") for r in matrix] == [
        [5, "产品", 1, 1, 1],
        [3, "初样", 1, 1, 1],
    ]


def test_both_metrics_take_the_same_filters() -> None:
    search, matrix = (metrics.definition(name).parameters for name in ("library_search", "library_matrix"))
    assert {name: p for name, p in search.items() if name in matrix} == dict(matrix)
    assert set(search) - set(matrix) == {"sort", "direction", "size", "page"}


def test_routes_found_are_those_counted() -> None:
    for row in world().query("routes"):
        assert len(found(route=row["route"])) == row["patents"]
    for row in world().query("routes_city"):
        assert len(found(route=row["route"], city=row["city_code"])) == row["patents"]


@pytest.mark.parametrize("city", [None, "320100", "320500", "320200"])
def test_stages_found_are_those_counted(city: str | None) -> None:
    (counted,) = (
        [r for r in world().query("inventory_city") if r["city_code"] == city]
        if city
        else world().query("inventory_province")
    )
    stock = {stage: found(stage=stage, city=city, **{"class": "stock"}) for stage in ("all", "approved", "listed")}
    assert [len(places) for places in stock.values()] == cells(counted, "stock approved listed")
