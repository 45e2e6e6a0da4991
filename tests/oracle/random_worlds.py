"""Small random snapshots in cleaned form: joint patents, moved and withdrawn rows, absent and empty tables, dates
that crowd around the days that matter. One seed is one snapshot with its predecessor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from tests.oracle import records
from tests.oracle.plan import JIANGSU, MATURITY, Milestone
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import CLASSES, Institution, Patent
from tests.oracle.timeline import as_known

Item = TypeVar("Item")
Tables = dict[str, list[Any]]

# Groups that small stocks can fall into, an obligation more through a factor below 1, and shares that floats get wrong.
TIGHT = replace(
    JIANGSU,
    small_stock=7,
    batch_min_stock=6,
    batch_percent=50,
    event_target=4,
    high_from="正样",
    no_approval_days=10,
    basically_complete_percent=95,
    milestones=(
        Milestone("A", date(2024, 3, 31), 100, basically_complete=True),
        Milestone("A", date(2024, 5, 31), 100),
        Milestone("B", date(2024, 3, 31), 28),
        Milestone("B", date(2024, 4, 30), 100),
        Milestone("C", date(2024, 3, 31), 7),
        Milestone("C", date(2024, 4, 15), 7),
        Milestone("C", date(2024, 4, 30), 55),
        Milestone("C", date(2024, 5, 31), 100),
        Milestone("lead", date(2024, 4, 30), 60),
        Milestone("lead", date(2024, 5, 31), 100),
        Milestone("other", date(2024, 5, 31), 29),
        Milestone("other", date(2024, 6, 30), 100, basically_complete=True),
    ),
)

AS_OF = [
    date.fromisoformat(d)
    for d in (
        "2024-01-01", "2024-02-29", "2024-03-14", "2024-03-30", "2024-03-31", "2024-04-01", "2024-04-15", "2024-04-30",
        "2024-05-10", "2024-05-24", "2024-05-31", "2024-06-01", "2024-06-30", "2024-12-31", "2025-01-01", "2025-02-28",
        "2025-03-14", "2025-12-31", "2026-02-28",
    )
]  # fmt: skip
_GRANTED = ("2015-01-01", "2021-06-15", "2023-12-30", "2023-12-31", "2024-01-01", "2024-01-02", "2024-02-29")
_LAPSED = ("2022-05-05", "2023-12-30", "2023-12-31", "2024-01-01", "2024-04-01")
_CITIES = ("320100", "320100", "320500", "320300", "321000", "321300")
_FIELDS = (None, "甲", "乙", "丙")
_NEEDS = (None, None, "提高良率", "无", "暂无", "没有", "没有。", "n/a", "NULL", "-", "—", "/", "None")
_NAMES = ("大学", "某_学院", "某%研究所", "科技大学", "学")
_OPTIONAL = tuple(name for name in CLASSES if name not in ("institutions", "patents"))


def random_snapshot(seed: int, institutions: int = 10, patents: int = 100) -> Snapshot:
    """A snapshot of about so many institutions and rows of 专利盘点; mostly with a previous one."""
    random = Random(seed)
    plan = random.choice((JIANGSU, TIGHT, TIGHT, TIGHT))
    as_of = random.choice(AS_OF)
    story = _Story(random, as_of, institutions, patents).tables()
    now = Snapshot(as_of, _present(random, as_known(story, as_of)), plan)
    if random.random() < 0.8:
        earlier = [d for d in (*AS_OF, as_of - timedelta(days=7)) if d < as_of]
        day = random.choice(earlier)
        before = _present(random, as_known(_Rewritten(random, story).tables(), day))
        now.previous = Snapshot(day, before, plan)
    return now


class _Story:
    """All rows that ever happen, some of them after the as-of date."""

    def __init__(self, random: Random, as_of: date, institutions: int, patents: int) -> None:
        self.random, self.as_of, self.patents = random, as_of, patents
        self.institutions = [self._institution(n) for n in range(institutions)]
        self.ids = [i.institution_id for i in self.institutions]
        # How much of its stock each institution gets approved, and the day on which it likes to do so.
        self.diligence = {i: random.choice((0.1, 0.5, 0.7, 0.9, 1.0, 1.0)) for i in self.ids}
        self.habit = {i: self._day() for i in self.ids}
        self.numbers = [f"p{n}" for n in range(patents)]
        self.enterprises = [self._enterprise(n) for n in range(8)]

    def tables(self) -> Tables:
        rows = [records.patent("first", self.ids[0]), *(self._patent() for _ in range(self.patents))]
        return {
            "institutions": self.institutions,
            "patents": _distinct(rows, "patent_no", "institution_id"),
            "enterprises": self.enterprises,
            "evaluations": self._several(60, self._evaluation, "patent_no", "enterprise_id"),
            "experts": self._several(8, self._expert, "expert_id"),
            "events": self._several(40, self._event, "event_id"),
            "filings": self._several(70, self._filing, "filing_no", "patent_no"),
            "products": self._several(25, self._product, "product_no", "patent_no"),
            "assessments": self._several(15, self._assessment, "institution_id", "month"),
            "portfolios": self._several(4, self._portfolio, "portfolio_id"),
            "pilots": self._several(15, self._pilot, "patent_no", "platform", "stage"),
            "cases": self._several(10, self._case, "case_id"),
        }

    def _several(self, most: int, make: Callable[[], Any], *key: str) -> list[Any]:
        return _distinct([make() for _ in range(self.random.randint(0, most))], *key)

    def _maybe(self, value: Item, chance: float = 0.5) -> Item | None:
        return value if self.random.random() < chance else None

    def _day(self) -> str:
        """A day on or beside one that matters: a milestone, the as-of date, a threshold before it, a turn of year."""
        back = self.random.choice((0, 0, 1, 7, 10, 13, 14, 15, 20, 21, 22, 29, 30, 31, 60, 366))
        anchors = [m.due_on for m in JIANGSU.milestones] + [date(2024, 1, 1), date(2025, 1, 1)]
        near = self.random.choice(anchors) + timedelta(days=self.random.choice((-1, 0, 0, 0, 1)))
        return self.random.choice((near, self.as_of - timedelta(days=back))).isoformat()

    def _number(self) -> str:
        return self.random.choice((*self.numbers, "unknown"))

    def _institution(self, n: int) -> Institution:
        random = self.random
        name = f"{chr(ord('子') + n)}{random.choice(_NAMES)}"
        affiliation = random.choice(("部属", "省属", "市属", "市属", "民办"))
        flags = {"demonstration": random.random() < 0.2, "capacity_programme": random.random() < 0.4}
        return records.institution(f"U{n:02}", random.choice(_CITIES), affiliation, institution_name=name, **flags)

    def _patent(self) -> Patent:
        """A row; a quarter of the numbers get a second row elsewhere, with facts of its own."""
        random = self.random
        # The first institutions hold most of the stock, so that all groups occur.
        owner = self.ids[min(int(random.expovariate(0.35)), len(self.ids) - 1)]
        unfinished = random.choice(("未建档", "待院审", "院审退回", "待校审", "校审退回"))
        status = "已通过" if random.random() < self.diligence[owner] else unfinished
        day = self.habit[owner] if random.random() < 0.5 else self._day()
        approved = day if status == "已通过" or random.random() < 0.1 else None
        row = records.patent(
            f"p{int(random.triangular(0, self.patents, 0))}", owner, approved,
            listed=self._maybe(self._day()) if approved else None,
            recorded=self._maybe(self._day(), 0.7),
            granted=random.choice(_GRANTED + _GRANTED[:3] * 3),
            legal_status=random.choice(("有效",) * 6 + ("失效",)),
            converted_before=random.random() < 0.1,
            review_status=status,
        )  # fmt: skip
        lapsed = self._maybe(records.day(random.choice(_LAPSED)), 0.7 if row.legal_status == "失效" else 0.05)
        recorded = self._maybe(row.recorded_on, 0.7) if status == "已通过" else row.recorded_on
        return replace(
            row, lapsed_on=lapsed, recorded_on=None if status == "未建档" else recorded,
            field=random.choice(_FIELDS), maturity=random.choice((None, *MATURITY)),
            stars=random.choice((None, 1, 2, 3, 4, 4, 5)), prospect=random.choice((None, "好", "较好", "一般", "较差")),
            breadth=random.choice((None, "单一主体", "单一主体", "多主体")),
            portfolio_id=self._maybe(f"g{random.randint(0, 3)}"),
            implementation=random.choice((None, None, "未实施", "自行实施", "许可", "转让", "作价入股")),
            industrialised=random.choice((None, False, True)),
        )  # fmt: skip

    def _enterprise(self, n: int) -> Any:
        kinds = (records.LEAD, "国家知识产权优势企业", "国有企业", "高新技术企业", "其他")
        return records.enterprise(f"e{n}", self.random.choice(_CITIES), *self.random.sample(kinds, 2))

    def _evaluation(self) -> Any:
        random = self.random
        cooperation = random.choice((None, "有", "无", "洽谈中"))
        enterprise_id = random.choice(self.enterprises).enterprise_id
        evaluated = self._maybe(self._day(), 0.6)
        return records.evaluation(self._number(), enterprise_id, evaluated, random.choice(_NEEDS), cooperation)

    def _expert(self) -> Any:
        enterprise_id = self.random.choice(self.enterprises).enterprise_id
        reviews = self._maybe(self.random.randint(0, 5))
        return records.expert(f"z{self.random.randint(0, 99)}", enterprise_id, self.random.choice(_FIELDS), reviews)

    def _event(self) -> Any:
        random = self.random
        held = random.choice((self._day(), f"{self.as_of.year}-01-01", f"{self.as_of.year - 1}-12-31"))
        counts = {name: self._maybe(random.randint(0, 9)) for name in ("patents", "deals")}
        return records.event(
            f"h{random.randint(0, 999)}", random.choice(_CITIES), held,
            random.choice(("省级", "市级", "县级", "园区")),
            random.choice(("对接", "路演", "拍卖", "交易", "展示", "推广", "培训", "宣传")),
            amount=self._maybe(Fraction(random.randint(0, 9999), 100)), **counts,
        )  # fmt: skip

    def _filing(self) -> Any:
        """Few contract numbers, so that contracts hold several patents, cities and kinds."""
        random = self.random
        owner = random.choice(self.institutions)
        year_before = f"{self.as_of.year - 1}-{self._day()[5:]}".replace("02-29", "02-28")
        registered = self._maybe(random.choice((self._day(), self._day(), year_before)), 0.85)
        recipient = random.choice((owner.institution_name + "公司", owner.institution_name[:-1], "某大学", "甲公司"))
        return records.filing(
            f"c{random.randint(0, 25)}", self._number(), owner.institution_id, registered,
            random.choice(("转让", "独占许可", "排他许可", "普通许可", "开放许可", "作价入股")),
            amount=self._maybe(str(random.randint(0, 99999) / 100), 0.8),
            reported=self._maybe(self._day()), recipient=recipient,
            place=(random.choice((None, "江苏省", "上海市")), random.choice((None, "南京市", "上海市"))),
        )  # fmt: skip

    def _product(self) -> Any:
        random = self.random
        sales = self._maybe(str(random.randint(0, 999) / 10))
        return records.product(
            f"r{random.randint(0, 9)}", self._number(), random.choice(("备案", "认定")), sales, self._day()
        )

    def _assessment(self) -> Any:
        counts = [self._maybe(self.random.randint(0, 20), 0.8) for _ in range(5)]
        return records.assessment(self.random.choice(self.ids), self._day()[:7], *counts)

    def _portfolio(self) -> Any:
        return records.portfolio(f"g{self.random.randint(0, 5)}", licensees=self._maybe(2))

    def _pilot(self) -> Any:
        random = self.random
        stage = random.choice(("概念验证", "二次开发", "中试", "熟化"))
        return records.pilot(self._number(), random.choice("ab"), stage, self._maybe(self._day()), self._day())

    def _case(self) -> Any:
        random = self.random
        published = random.choice((None, False, True))
        return records.case(f"a{random.randint(0, 99)}", random.choice(_CITIES), published, self._day())


class _Rewritten:
    """The same story as the week before told it: rows elsewhere, missing, further along than now."""

    def __init__(self, random: Random, story: Tables) -> None:
        self.random, self.story = random, story

    def tables(self) -> Tables:
        gone = {i.institution_id for i in self.story["institutions"][1:] if self.random.random() < 0.1}
        tables = {name: [r for r in rows if self._owner(r) not in gone] for name, rows in self.story.items()}
        left = tables["institutions"]
        tables["institutions"] = [
            replace(i, city_code=self.random.choice(_CITIES)) if self.random.random() < 0.15 else i for i in left
        ]
        ids = [i.institution_id for i in left]
        first, *others = tables["patents"]
        rows = [first, *(self._patent(row, ids) for row in others if self.random.random() > 0.1)]
        rows += [replace(row, patent_no=f"gone-{row.patent_no}") for row in rows if self.random.random() < 0.1]
        tables["patents"] = _distinct(rows, "patent_no", "institution_id")
        return tables

    def _patent(self, row: Patent, ids: Sequence[str]) -> Patent:
        chance = self.random.random()
        if chance < 0.1:
            return replace(row, institution_id=self.random.choice(ids))
        if chance < 0.2 and row.review_status != "已通过":
            return replace(row, review_status="已通过", approved_on=row.approved_on or row.granted_on)
        return replace(row, converted_before=not row.converted_before) if chance > 0.95 else row

    @staticmethod
    def _owner(record: Any) -> str | None:
        return getattr(record, "institution_id", None)


def _present(random: Random, tables: Tables) -> Tables:
    """Some optional tables left out, some emptied; those that need another follow it."""
    kept = dict(tables)
    for name in _OPTIONAL:
        chance = random.random()
        if chance < 0.12:
            del kept[name]
        elif chance < 0.24:
            kept[name] = []
    for name in ("evaluations", "experts"):
        if "enterprises" not in kept:
            kept.pop(name, None)
        elif name in kept and not kept["enterprises"]:
            kept[name] = []
    return kept


def _distinct(rows: Sequence[Item], *key: str) -> list[Item]:
    """The last row of each key."""
    return list({tuple(getattr(row, k) for k in key): row for row in rows}.values())
