"""A small odd data set: each row holds an edge, which its comment names. Cut at several dates, it makes snapshots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from tests.oracle.records import (
    LEAD,
    assessment,
    case,
    enterprise,
    evaluation,
    event,
    expert,
    filing,
    institution,
    patent,
    pilot,
    portfolio,
    product,
)
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Patent
from tests.oracle.timeline import as_known

NANJING, WUXI, XUZHOU, SUZHOU, YANGZHOU, ZHENJIANG, TAIZHOU = (
    "320100", "320200", "320300", "320500", "321000", "321100", "321200",
)  # fmt: skip

INSTITUTIONS = [
    institution("N1", NANJING, "部属", demonstration=True, capacity_programme=True),  # in two groups: A, the stricter
    institution("N2", NANJING, "市属", institution_name="城市学院"),
    institution("N3", NANJING, "民办"),  # in no scope but territory
    institution("S1", SUZHOU, "省属", capacity_programme=True),  # small and in the programme: A
    institution("S2", SUZHOU, "市属"),
    institution("X1", XUZHOU, "市属"),  # everything approved: done; ties with W1 for the first rank
    institution("W1", WUXI, "省属"),
    institution("Z1", ZHENJIANG, "省属"),  # nothing ever approved
    institution("T0", TAIZHOU, "市属"),  # rows, but none of them stock
    institution("Y0", YANGZHOU, "省属"),  # no rows at all
]

PATENTS = [
    # What is stock
    patent("granted-on-baseline", "N1", granted="2023-12-31", approved="2024-03-31"),  # stock; approved on the due day
    patent("granted-day-after", "N1", granted="2024-01-01", approved="2024-02-10"),  # increment
    patent("lapsed-before", "N1", legal_status="失效", lapsed="2023-12-30"),  # gone
    patent("lapsed-on-baseline", "N1", legal_status="失效", lapsed="2023-12-31", approved="2024-02-01"),  # gone
    patent("lapsed-day-after", "N1", legal_status="失效", lapsed="2024-01-01", approved="2024-02-02"),  # frozen in
    patent("lapsed-undated", "N1", legal_status="失效", approved="2024-02-03"),  # counts as lapsed by then
    patent("valid-though-lapsed", "N1", lapsed="2022-01-01"),  # 有效 decides: stock
    patent("lapses-later", "N1", legal_status="失效", lapsed="2024-04-10", approved="2024-04-01"),  # stays
    patent("converted", "N1", converted_before=True, approved="2024-02-05", implementation="转让"),  # no stock
    # Stages
    patent("recorded-only", "N1", recorded="2024-02-15", review_status="待院审"),
    patent("returned", "N1", recorded="2024-02-15", review_status="院审退回"),  # not approved
    patent("returned-with-days", "N1", recorded="2024-02-15", review_status="校审退回", approved_on=date(2024, 2, 20),
           listed_on=date(2024, 2, 21)),  # the days are ignored: neither approved nor listed
    replace(patent("approved-unrecorded", "N1", approved="2024-02-20"), recorded_on=None),  # recorded all the same
    patent("listed-before-approved", "N1", approved="2024-02-25", listed="2024-02-24"),  # W-STAGE-ORDER, kept
    # Joint: one city, S1+S2; the earliest days count, the representative is the listed row
    patent("joint-one-city", "S1", approved="2024-03-20", stars=2, field="甲", maturity="概念"),
    patent("joint-one-city", "S2", approved="2024-03-25", listed="2024-03-26", stars=5, field="乙", maturity="产品",
           portfolio_id="P1"),
    # Joint: two cities, returned in one; implemented where it is not approved
    patent("joint-two-cities", "N2", approved="2024-04-05", listed="2024-04-20", field="甲", prospect="好"),
    patent("joint-two-cities", "S2", recorded="2024-02-28", review_status="校审退回", implementation="许可",
           industrialised=True, field="丙", breadth="多主体"),
    # Joint: both listed, the earlier day is the representative; then equal days, the smaller institution
    patent("joint-both-listed", "N1", approved="2024-02-20", listed="2024-03-02", stars=1, breadth="多主体"),
    patent("joint-both-listed", "N3", approved="2024-02-22", listed="2024-03-01", stars=4, portfolio_id="P1"),
    patent("joint-equal", "N2", approved="2024-03-10", listed="2024-03-11", stars=3, field="甲"),
    patent("joint-equal", "N3", approved="2024-03-09", listed="2024-03-11", stars=4, field="乙"),
    # Joint: neither approved, the earlier record decides the field
    patent("joint-unapproved", "N3", recorded="2024-02-12", review_status="待校审", field="晚"),
    patent("joint-unapproved", "S1", recorded="2024-02-11", review_status="待院审", field="早"),
    # Joint: stock at one, converted at the other: only the stock row may lend anything to stock measures
    patent("joint-half-stock", "N2", recorded="2024-02-10", review_status="待院审", field="真"),
    patent("joint-half-stock", "N3", converted_before=True, approved="2024-02-09", listed="2024-02-09", field="假",
           implementation="作价入股"),
    # Joint: stock in one city, increment in another by its own row's day
    patent("joint-half-increment", "S1", granted="2023-12-31"),
    patent("joint-half-increment", "N2", granted="2024-01-05", approved="2024-02-27", implementation="自行实施"),
    # Joint increment: implemented by the row that is not approved
    patent("joint-increment", "S1", granted="2024-02-06", approved="2024-03-06"),
    patent("joint-increment", "S2", granted="2024-02-06", implementation="转让", industrialised=True),
    # Routes and attributes of listed patents; nulls among them
    patent("open-licence", "X1", approved="2024-03-01", listed="2024-03-02", breadth="多主体", stars=5,
           portfolio_id="P1", field="甲"),
    patent("pool", "X1", approved="2024-03-01", listed="2024-03-02", stars=4, portfolio_id="P1", prospect="好"),
    patent("pool-without-portfolio", "X1", approved="2024-03-01", listed="2024-03-02", stars=5, prospect="较好",
           maturity="初样", breadth="单一主体"),
    patent("portfolio-three-stars", "X1", approved="2024-03-01", listed="2024-03-02", stars=3, portfolio_id="P9",
           prospect="好", maturity="仿真"),
    patent("good-without-maturity", "X1", approved="2024-03-01", listed="2024-03-02", prospect="好"),
    patent("fair-and-mature", "X1", approved="2024-03-01", listed="2024-03-02", prospect="一般", maturity="产品"),
    patent("bare", "X1", approved="2024-03-01", listed="2024-03-02", industrialised=False, implementation="未实施"),
    patent("listed-not-approved", "X1", approved="2024-03-30"),
    # Ranks: W1 all approved like X1; its last one a day late
    patent("w-1", "W1", approved="2024-03-30"),
    patent("w-2", "W1", approved="2024-04-01"),
    # Nothing approved
    patent("z-1", "Z1"),
    patent("z-2", "Z1", recorded="2024-03-05", review_status="待院审"),
    # Not stock, at an institution that has none
    patent("t-converted", "T0", converted_before=True, approved="2024-02-20"),
    patent("t-increment", "T0", granted="2024-02-01", approved="2024-02-21", implementation="许可"),
    patent("t-increment-returned", "T0", granted="2024-02-01", recorded="2024-02-21", review_status="院审退回"),
]  # fmt: skip

ENTERPRISES = [
    enterprise("E1", NANJING, LEAD, "国有企业"),
    enterprise("E2", SUZHOU, "高新技术企业", "国家知识产权优势企业"),  # lead by its second category
    enterprise("E3", NANJING, "国家知识产权优势企业"),
    enterprise("O1", NANJING, "知识产权贯标企业"),
    enterprise("O2", SUZHOU),
    enterprise("O3", XUZHOU),  # nothing pushed to it
]

EVALUATIONS = [
    evaluation("pool", "E1", evaluated="2024-04-30", need="提高良率", cooperation="有"),  # on the due day
    evaluation("open-licence", "E1", evaluated="2024-04-29", need="n/a", cooperation="洽谈中"),  # a null word
    evaluation("bare", "E1", evaluated="2024-04-01", need="暂无", cooperation="无"),
    evaluation("joint-two-cities", "E2", need="有需求", cooperation="有"),  # not evaluated: neither counts
    evaluation("pool", "E2", evaluated="2024-06-03", need="没有"),  # the same patent at two enterprises
    evaluation("z-1", "E3", evaluated="2024-04-05", need="没有问题", cooperation="有"),  # evaluated but not listed
    evaluation("unknown-number", "E3", evaluated="2024-04-06", need="—"),  # in no accepted row
    evaluation("joint-one-city", "O1", evaluated="2024-05-31", need="降低成本"),
    evaluation("bare", "O1", cooperation="有"),  # evaluated by E1, cooperation only here: does not count
    evaluation("t-increment", "O2", evaluated="2024-06-30", need="无"),
    evaluation("w-1", "O2"),
]

EXPERTS = [
    expert("Z1", "E1", "甲", 3),
    expert("Z2", "E1", "甲"),
    expert("Z3", "E2", None),  # 未填, no reviews: 0
    expert("Z4", "E2", "乙", 0),
]

EVENTS = [
    *(event(f"h{n}", NANJING, f"2024-0{n}-10", level, kind, patents=10, deals=n, amount=None)
      for n, (level, kind) in enumerate(
          [("市级", "对接"), ("县级", "路演"), ("园区", "拍卖"), ("市级", "交易"), ("市级", "展示")], 1)),
    event("h6", NANJING, "2024-05-11", "市级", "推广"),
    event("by-province", SUZHOU, "2024-02-10", "省级", "对接", deals=7),  # not counted: level
    event("training", SUZHOU, "2024-02-10", "市级", "培训"),  # not counted: kind
    event("publicity", SUZHOU, "2024-02-29", "园区", "宣传"),  # not counted: kind; leap day
    event("counted", SUZHOU, "2024-02-29", "园区", "推广"),
    event("last-year", SUZHOU, "2023-12-31", "市级", "拍卖", patents=4),
    event("new-year", SUZHOU, "2024-01-01", "市级", "拍卖", amount=None),
    event("year-after", XUZHOU, "2025-01-01", "县级", "路演"),
]  # fmt: skip

FILINGS = [
    # One contract of three patents: once by contract, three times by row; its amount is its largest
    filing("F1", "pool", "X1", "2024-02-29", amount="100", reported="2024-03-05"),
    filing("F1", "open-licence", "X1", "2024-02-29", amount="120.5"),
    filing("F1", "unknown-number", "X1", "2024-02-29"),  # counts though no accepted patent has it
    # The same patent licensed twice, transferred once
    filing("F2", "pool", "X1", "2024-03-01", "普通许可", "30.25"),
    filing("F3", "pool", "X1", "2024-03-31", "开放许可", place=(None, None)),
    # One contract of two cities and two kinds
    filing("F4", "joint-two-cities", "N2", "2024-04-10", "独占许可", "10", place=("上海市", None)),
    filing("F4", "joint-two-cities-b", "S2", "2024-04-10", "转让", "25", place=("上海市", None)),
    filing("F4", "joint-two-cities-c", "N2", "2024-04-10", "转让", "12", place=("上海市", None)),
    filing("F5", "bare", "X1", None, "作价入股", "500", recipient="X1大学资产公司"),  # unregistered; to itself
    filing("F5", "pool", "X1", None, "作价入股", "500", recipient="X1大学资产公司"),  # the same contract: once
    filing("F6", "n-1", "N2", "2024-04-09", "排他许可", recipient="某某城市学院科技公司"),  # 31 days before 05-10
    filing("F7", "n-2", "N2", "2024-04-10", "排他许可", recipient="城市大学"),  # exactly 30 days
    # The year before, around the day that is compared
    filing("F8", "pool", "X1", "2023-02-28", "转让", "8", reported="2023-03-01"),
    filing("F9", "bare", "X1", "2023-03-01", "普通许可", "9", reported="2023-03-01"),
    filing("G1", "y-1", "S2", "2023-12-31", "转让", "7"),
    filing("G2", "y-1", "S2", "2024-01-01", "转让", "0"),
    filing("G3", "z-1", "Z1", "2025-01-01", "独占许可", "6", reported="2025-01-02"),
    filing("G4", "t-increment", "T0", "2024-02-29", "普通许可", "5"),  # an institution without stock
    filing("G5", "s-1", "S1", "2025-02-28", "开放许可"),
]  # fmt: skip

PRODUCTS = [
    product("R1", "pool", "认定", "100"),  # one product of two patents, sales once, the larger
    product("R1", "open-licence", "备案", "110.5"),
    product("R2", "pool", sales=None),  # one patent of two products
    product("R3", "z-1", "认定", "12"),  # not approved: reached by another path
    product("R4", "joint-two-cities", "备案", "3"),  # approved in one of its cities
    product("R5", "unknown-number"),
    product("R6", "joint-increment", "认定"),
]

ASSESSMENTS = [
    assessment("N1", "2024-01", 20, 15, 5, 1, 0),
    assessment("N2", "2024-02", 10, 9, 1),
    assessment("S1", "2024-02", None, None, None, 3),  # nothing assessed: the rate is null, not 0
    assessment("X1", "2024-02", 0, 0, 0, 0, 0),
    assessment("N1", "2023-12", 99, 99, 99, 99, 99),  # another year
    assessment("N1", "2025-01", 7, 5, 2, 1, 1),
]

PORTFOLIOS = [
    portfolio("P1", licensees=2, formed_on=date(2024, 2, 29)),  # three distinct numbers name it
    portfolio("P2", "专利组合", field="甲", operator="运营中心"),  # none does, licensees unknown; P9 has no record
]

PILOTS = [
    pilot("pool", "概念验证中心", "中试"),
    pilot("bare", "概念验证中心", "中试", finished="2024-04-30"),
    pilot("pool", "省产研院", "中试", finished="2024-04-30"),
    pilot("unknown-number", "省产研院", "概念验证"),
]

CASES = [case("c1", NANJING, True), case("c2", NANJING, None), case("c3", SUZHOU, False, "2024-05-01")]

ODD: dict[str, list[Any]] = {
    "institutions": INSTITUTIONS, "patents": PATENTS, "enterprises": ENTERPRISES, "evaluations": EVALUATIONS,
    "experts": EXPERTS, "events": EVENTS, "filings": FILINGS, "products": PRODUCTS, "assessments": ASSESSMENTS,
    "portfolios": PORTFOLIOS, "pilots": PILOTS, "cases": CASES,
}  # fmt: skip

_REQUIRED = ("institutions", "patents")
_OPTIONAL = tuple(name for name in ODD if name not in _REQUIRED)


def _many(institution_id: str, days: list[tuple[str | None, int]]) -> list[Patent]:
    """Stock patents of one institution: so many approved on each day (None: not approved)."""
    approved = [day for day, count in days for _ in range(count)]
    return [patent(f"{institution_id}-{n}", institution_id, approved=day) for n, day in enumerate(approved)]


BIG: dict[str, list[Any]] = {
    "institutions": [
        institution("B300", NANJING, "省属", capacity_programme=True),  # not small, in the programme: B
        institution("C300", SUZHOU, "市属"),  # C: 300 of its own and a joint one, so 91, 181, 301 are required
        institution("D300", NANJING, "部属", demonstration=True, capacity_programme=True),  # demonstration wins: A
        institution("A299", SUZHOU, "省属", capacity_programme=True),  # 299: A
        institution("F100", XUZHOU, "市属"),
        institution("F099", XUZHOU, "市属"),
    ],
    "patents": [
        # half of it on the due day itself; the rest after the second
        *_many("B300", [("2024-03-30", 149), ("2024-03-31", 1), ("2024-04-30", 149), ("2024-05-01", 1)]),
        # the first duty a day late; 180 of 181 on the second due day; on the way to the third, not fast enough
        *_many("C300", [("2024-03-31", 89), ("2024-04-01", 2), ("2024-04-30", 88), ("2024-05-02", 1), (None, 120)]),
        patent("big-joint", "C300", approved="2024-04-29"),
        patent("big-joint", "A299", approved="2024-02-28"),
        *_many("D300", [("2024-02-20", 270), ("2024-05-20", 30)]),  # 270 in one day: exactly 0.9, no finding
        *_many("A299", [("2024-03-05", 269), (None, 29)]),
        *_many("F100", [("2024-02-28", 91), (None, 9)]),  # over 0.9 of 100
        *_many("F099", [("2024-02-28", 99)]),  # all in one day, but too few to say
    ],
    "events": [event("h1", NANJING, "2024-01-10"), event("h2", NANJING, "2024-02-10")],
}


def _chain(tables: dict[str, list[Any]], *days: str) -> list[Snapshot]:
    """Snapshots of one story, each the previous of the next."""
    found = [Snapshot(date.fromisoformat(d), as_known(tables, date.fromisoformat(d))) for d in days]
    for before, now in pairwise(found):
        now.previous = before
    return found


def _edited(edit: Callable[[Any], Any], name: str, tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    rows = [edit(row) for row in tables[name]]
    return {**tables, name: [row for row in rows if row is not None]}


def _patents_before(row: Patent) -> Patent | None:
    """The week before: what moved, entered, left, was withdrawn since."""
    match row.patent_no, row.institution_id:
        case "w-1", _:
            return None  # enters approved
        case "z-1", _:
            return replace(row, institution_id="S1")  # moves from Suzhou to Zhenjiang
        case "w-2", _:
            return replace(row, institution_id="X1")  # moves approved
        case "returned", _:
            return replace(row, review_status="已通过", approved_on=date(2024, 2, 20))  # withdrawn since
        case "joint-two-cities", "S2":
            return replace(row, review_status="已通过", approved_on=date(2024, 2, 28))  # withdrawn in one city only
        case "joint-one-city", "S2":
            return replace(row, institution_id="N1")  # leaves Nanjing, still stands in Suzhou by its other row
        case "converted" | "lapsed-undated", _:
            return replace(row, converted_before=False, legal_status="有效")  # leave approved
        case _:
            return row


def _moved_institution() -> Snapshot:
    """Against a week before in which rows stood elsewhere, one institution in another city, one not at all."""
    now = date(2024, 5, 10)
    tables = as_known(ODD, now)
    before = _edited(_patents_before, "patents", as_known(ODD, date(2024, 5, 3)))
    before = _edited(lambda i: replace(i, city_code=TAIZHOU) if i.institution_id == "X1" else i, "institutions", before)
    before = _edited(lambda i: None if i.institution_id == "Y0" else i, "institutions", before)
    return Snapshot(now, tables, previous=Snapshot(date(2024, 5, 3), before))


def _with_optional(state: Callable[[str], list[Any] | None]) -> dict[str, list[Any]]:
    """The data set on a day of May with each optional table as `state` says: its rows, none, or absent (None)."""
    known = as_known(ODD, date(2024, 5, 10))
    chosen = {name: state(name) for name in _OPTIONAL}
    return {name: known[name] for name in _REQUIRED} | {name: rows for name, rows in chosen.items() if rows is not None}


def snapshots() -> dict[str, Snapshot]:
    """The odd snapshots by name; a chain's dates are those that sit on an edge."""
    day, before = date(2024, 5, 10), date(2024, 5, 3)
    full, absent = as_known(ODD, before), _with_optional(lambda _: None)
    empty = _with_optional(lambda _: [])
    required = {name: full[name] for name in _REQUIRED}
    nothing_yet: dict[str, list[Any]] = {
        "institutions": INSTITUTIONS[-2:],
        "patents": [p for p in PATENTS if p.institution_id == "T0"],
    }
    small = _chain(
        ODD, "2024-02-29", "2024-03-30", "2024-03-31", "2024-04-30", "2024-05-10", "2024-05-31", "2024-06-30",
        "2024-12-31", "2025-02-28", "2025-03-14", "2025-12-31",
    )  # fmt: skip
    big = _chain(BIG, "2024-03-31", "2024-04-30", "2024-05-10", "2024-05-31")
    return {
        **{f"odd-{s.as_of}": s for s in small},
        **{f"big-{s.as_of}": s for s in big},
        "moved": _moved_institution(),
        "absent": Snapshot(day, absent, previous=Snapshot(before, full)),
        "absent-before": Snapshot(day, as_known(ODD, day), previous=Snapshot(before, required)),
        "empty": Snapshot(day, empty, previous=Snapshot(before, full)),
        "no-stock": Snapshot(day, nothing_yet),
        "before-baseline": Snapshot(date(2023, 12, 30), as_known(ODD, date(2023, 12, 30))),
        **{f"without-{name}": _without(name) for name in _OPTIONAL},
    }


def _without(name: str) -> Snapshot:
    """One table absent, with those that cannot be without it."""
    gone = {name, "evaluations", "experts"} if name == "enterprises" else {name}
    known = as_known(ODD, date(2024, 5, 10))
    return Snapshot(date(2024, 5, 10), _with_optional(lambda n: None if n in gone else known[n]))
