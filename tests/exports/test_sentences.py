"""Every number in every sentence of all fourteen bulletins, read back and compared with the metrics, digit by digit.

A sentence is taken apart into clauses. Each clause must be one that is known here, digits stand only where a figure is
named, and each figure is the metric's exact value rounded half up to the digits printed: nothing here asks the code
that wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from dashboard import wording
from dashboard.exports.bulletin import model
from dashboard.exports.bulletin.model import Bulletin
from tests.exports import bulletin_source
from tests.support import samples
from tests.support.worlds import JIANGSU, World

DATE = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
FIGURE = r"[\d,]+(?:\.\d+)?"
PERIODS = {
    "当日": ("2024-03-24", "2024-03-31"), "周": ("2024-03-28", "2024-04-04"), "节前": ("2024-03-20", "2024-03-30"),
    "月底": ("2024-04-23", samples.FIRST), "年": (samples.FIRST, samples.SECOND), "首期": (None, "2024-04-10"),
}  # fmt: skip
"""Pairs of snapshots of the sample exports: on a date of the plan, a week, ten days, a quiet week, over years, none."""
EDITIONS = [(period, place) for period in PERIODS for place in (None, *(c.code for c in JIANGSU.cities))]

Row = Mapping[str, Any]
Expected = Mapping[str, Any]
Clause = tuple[str, Callable[[re.Match[str]], Expected]]


@cache
def _worlds(period: str) -> tuple[World | None, World]:
    first, second = PERIODS[period]
    before = World(first, _known_on(first)) if first else None
    return before, World(second, _known_on(second), before)


def _known_on(day: str) -> dict[str, Any]:
    """The sample exports, what was approved and listed later taken out."""
    tables: dict[str, Any] = dict(samples.exports())
    tables["patents"] = [
        {
            **row,
            "review_status": "待院审" if row["approved_on"] > day else row["review_status"],
            "approved_on": "" if row["approved_on"] > day else row["approved_on"],
            "listed_on": "" if max(row["approved_on"], row["listed_on"]) > day else row["listed_on"],
        }
        for row in tables["patents"]
    ]
    return tables


class Truth:
    """The metrics of a pair of snapshots as rows, for the province or one city."""

    def __init__(self, period: str, code: str | None) -> None:
        self.before, self.now = _worlds(period)
        self.code = code
        self.place = next((c.name for c in JIANGSU.cities if c.code == code), "全省")

    def all(self, metric: str, **equal: Any) -> list[dict[str, Any]]:
        return [row for row in self.now.query(metric) if all(row[k] == v for k, v in equal.items())]

    def one(self, metric: str, **equal: Any) -> dict[str, Any]:
        (row,) = self.all(metric, **equal)
        return row

    def city(self, metric: str) -> dict[str, Any]:
        return self.one(metric, city_code=self.code)

    @property
    def inventory(self) -> dict[str, Any]:
        return self.city("inventory_city") if self.code else self.one("inventory_province")

    @property
    def behind(self) -> list[dict[str, Any]]:
        """Institutions of the place that lack something, the largest gap first."""
        mine = {"city_code": self.code} if self.code else {}
        found = [row for row in self.all("inventory_institution", **mine) if (row["gap"] or 0) > 0]
        return sorted(found, key=lambda row: -row["gap"])

    def ties(self, metric: str, row: Row, **equal: Any) -> int:
        return sum(other["rank"] == row["rank"] for other in self.all(metric, **equal))


def _part(part: float, whole: float) -> Fraction:
    return Fraction(part) / Fraction(whole)


def _same(said: str, value: Any, is_percent: bool) -> bool:
    """Whether a printed number is the value, rounded to the digits it is printed with, with its separators."""
    places = len(said.partition(".")[2])
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    exact *= 100 if is_percent else 1
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return said == f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def _pattern(text: str) -> re.Pattern[str]:
    """A clause with `<name>` for a figure, `<name%>` for a share printed in percent, `D` for a date."""
    named = re.sub(r"(?<!\?P)<(\w+)(%?)>", lambda m: f"(?P<{m[1]}{'_percent' if m[2] else ''}>{FIGURE}){m[2]}", text)
    return re.compile(named.replace("D", DATE))


def _if(holds: bool) -> Callable[[re.Match[str]], Expected]:
    """What a clause without figures says must hold."""

    def check(said: re.Match[str]) -> Expected:
        assert holds, said[0]
        return {}

    return check


def _moved(row: Row, said: re.Match[str], name: str = "change_pp") -> Expected:
    """A change in points: its size, and its direction in words."""
    word = said.groupdict().get("direction")
    change = row[name] or 0
    assert (word in ("提高", "超出")) == (change > 0 and word is not None)
    return {name: abs(change)}


def _progress(truth: Truth) -> list[Clause]:
    row = truth.inventory
    since = rf"(?:，较(?:上周|{DATE})(?:持平|(?P<direction>提高|下降)<change_pp>个百分点))?"
    place = (
        rf"(?:，(?P<tied>居|并列)全省第<rank>位(?:，位次较(?:上周|{DATE})(?:不变|(?P<way>上升|下降)<rank_change>位))?)?"
    )
    whole = truth.one("inventory_province")
    previous = truth.before.query("inventory_province")[0] if truth.before else {"approved": 0}
    added = truth.city("change_city")["net_approved"] if truth.code else whole["approved"] - previous["approved"]

    start = f"截至D，{truth.place}<institutions>家高校和科研机构应盘点存量专利<stock>件，已盘点入库<approved>件"

    def first(said: re.Match[str]) -> Expected:
        if said["tied"]:
            assert (said["tied"] == "并列") == (truth.ties("inventory_city", row) > 1)
        if said["way"]:
            assert (said["way"] == "上升") == (row["rank_change"] > 0)
        return {**row, **_moved(row, said), "rank_change": abs(row.get("rank_change") or 0)}

    def net(said: re.Match[str]) -> Expected:
        assert (said["more"] in ("新增盘点入库", "盘点入库净增加")) == (added > 0)
        return {"net": abs(added)}

    return [
        (start + f"，盘点进度达<inventory_rate%>{since}{place}", first),
        ("应达<required_rate%>(?:，正好达到|，(?P<direction>相差|超出)<lead_pp>个百分点)",
         lambda said: {**row, **_moved(row, said, "lead_pp")}),
        (f"(?:本周|{DATE}以来)(?P<more>新增盘点入库|盘点入库净减少|盘点入库净增加)<net>件", net),
        (f"(?:本周|{DATE}以来)(?:没有新增盘点入库|盘点入库数没有变化)", _if(added == 0)),
        ("尚无专利入转化资源库", _if(row["listed"] == 0)),
        ("已入转化资源库<listed>件，占已盘点入库的<listing_rate%>", lambda _: row),
        ("完成全部存量专利盘点入库的单位<institutions_done>家，占<done%>",
         lambda _: {**row, "done": _part(row["institutions_done"], row["institutions"])}),
        ("当前里程碑逾期未达标<institutions_missed>家，占<missed%>",
         lambda _: {**row, "missed": _part(row["institutions_missed"], row["institutions"])}),
        ("存量专利占全省的<part%>，全省盘点率<inventory_rate%>",
         lambda _: {"part": _part(row["stock"], whole["stock"]), "inventory_rate": whole["inventory_rate"]}),
        (f"截至D，{truth.place}没有应盘点的存量专利", _if(row["stock"] == 0)),
        ("没有更早一期数据，本期不作比较", _if(truth.before is None)),
        ("当前里程碑没有单位逾期未达标", _if(row.get("institutions_missed") == 0)),
        ("尚无单位完成全部存量专利盘点入库", _if(row.get("institutions_done") == 0)),
    ]  # fmt: skip


_COUNTS = "(?:<met>家按期达标)?、?(?:<late>家逾期达标)?、?(?:<missed>家未达标)?、?(?:<open>家尚未达标)?"
_STOP = rf"(?:(?:(?P<day>{DATE})节点(?:（数据截至当日到期）)?|距(?P<ahead>{DATE})节点还有<left>天)：)?"


def _milestones(truth: Truth) -> list[Clause]:
    labels = {group.label: group.code for group in JIANGSU.groups}
    state: dict[str, Any] = {}

    def due(said: re.Match[str]) -> str:
        """The date that the clause stands under, as the metric has it; the days to it are checked."""
        named = said["day"] or said["ahead"]
        if named:
            year, month, day = re.fullmatch(r"(?:(\d+)年)?(\d+)月(\d+)日", named).groups()  # type: ignore[union-attr]
            state["due"] = f"{year or truth.now.as_of.year}-{int(month):02d}-{int(day):02d}"
        return str(state["due"])

    def left(day: str) -> int:
        return (wording.as_day(day) - truth.now.as_of).days

    def group(said: re.Match[str]) -> Expected:
        row = truth.one("milestone_group", group=labels[said["label"]], due_on=due(said))
        absent = {name for name in ("met", "late", "missed", "open") if said[name] is None}
        assert not any(row[name] for name in absent)
        return {**row, "left": left(row["due_on"])}

    def city(said: re.Match[str]) -> Expected:
        mine = {row["institution_id"] for row in truth.all("inventory_institution", city_code=truth.code)}
        rows = [row for row in truth.all("milestone_institution", due_on=due(said))
                if row["institution_id"] in mine and row["stock"]]  # fmt: skip
        found = {name: sum(row["status"] == name for row in rows) for name in ("met", "late", "missed", "open")}
        assert all(found[name] == 0 for name in found if said[name] is None)
        return {**found, "count": len(rows), "left": left(state["due"])}

    names = "|".join(map(re.escape, labels))
    return [
        (rf"{_STOP}(?P<label>{names})应达<share%>，<institutions>家中{_COUNTS}", group),
        (rf"{_STOP}有任务的<count>家单位中，{_COUNTS}", city),
        (f"{truth.place}没有持有存量专利的单位，没有到期的任务", _if(truth.inventory["stock"] == 0)),
    ]


def _cities(truth: Truth) -> list[Clause]:
    rows = truth.all("inventory_city")
    known = [row for row in rows if row["inventory_rate"] is not None]
    rates = {row["city_name"]: row["inventory_rate"] for row in known}
    whole, row = truth.one("inventory_province"), truth.inventory
    ahead = sum(r["lead_pp"] >= 0 for r in known)

    def named(said: re.Match[str], *groups: str) -> list[str]:
        return [name for group in groups for name in said[group].removesuffix("并列").split("、")]

    def extremes(said: re.Match[str]) -> Expected:
        for name in named(said, "top"):
            assert rates[name] == max(rates.values())
        for name in named(said, "low"):
            assert rates[name] == min(rates.values())
        return {"best": max(rates.values()), "worst": min(rates.values())}

    def risen(said: re.Match[str]) -> Expected:
        best = max(r["change_pp"] for r in known)
        assert {r["city_name"] for r in known if r["change_pp"] == best} >= set(named(said, "names"))
        return {"change": best}

    def moved(said: re.Match[str]) -> Expected:
        steps = max((r["rank_change"] for r in known), key=lambda n: n * (1 if said["way"] == "上升" else -1))
        assert {r["city_name"] for r in known if r["rank_change"] == steps} >= set(named(said, "names"))
        return {"steps": abs(steps)}

    def gap(said: re.Match[str]) -> Expected:
        firsts = [r for r in known if r["rank"] == 1]
        assert named(said, "firsts") == [r["city_name"] for r in firsts]
        assert (said["first"] == "并列") == (len(firsts) > 1)
        assert (said["tied"] == "并列") == (truth.ties("inventory_city", row) > 1)
        best = firsts[0]["inventory_rate"]
        return {**row, "best": best, "behind": (best - row["inventory_rate"]) * 100}

    def own(said: re.Match[str]) -> Expected:
        assert (said["tied"] == "并列") == (truth.ties("inventory_city", row) > 1)
        return row

    def lift(said: re.Match[str]) -> Expected:
        other = next(r for r in known if r["city_name"] == named(said, "names")[0])
        needed = int(said["needed"].replace(",", ""))
        target, stock = Fraction(other["approved"], other["stock"]), row["stock"]
        assert Fraction(row["approved"] + needed, stock) > target >= Fraction(row["approved"] + needed - 1, stock)
        assert other["rank"] == max(r["rank"] for r in known if r["rank"] < row["rank"])
        return {"needed": needed}

    own_rate = f"{truth.place}盘点率<inventory_rate%>，(?P<tied>居|并列)全省第<rank>位"
    return [
        ("(?P<top>[^，]+)盘点率最高（<best%>），(?P<low>[^，]+)最低（<worst%>）", extremes),
        ("(?:较上期|本周)没有城市盘点率提高", _if(not any((r["change_pp"] or 0) > 0 for r in known))),
        (r"(?:本周|较上期)提高最多的是(?P<names>[^（]+)（＋<change>个百分点）", risen),
        ("<above>个市盘点率高于全省水平（<inventory_rate%>），<ahead>个市达到或超过应达进度，占<share%>", lambda _: {
            "above": sum(round(v, 9) > round(whole["inventory_rate"], 9) for v in rates.values()), "ahead": ahead,
            "share": _part(ahead, len(known)), "inventory_rate": whole["inventory_rate"],
        }),
        (rf"各市位次较(?:上周|{DATE})没有变化", _if(not any(r["rank_change"] for r in known))),
        (rf"(?:位次较(?:上周|{DATE})：)?(?P<names>.+)(?P<way>上升|下降)<steps>位，[升降]幅最大", moved),
        (f"{own_rate}，与(?P<first>居|并列)首位的(?P<firsts>[^（]+)（<best%>）相差<behind>个百分点", gap),
        (own_rate, own),
        ("按目前各市数据，再盘点入库<needed>件，盘点率即可超过位次在前的(?P<names>.+)", lift),
        (f"位次在前的.+已全部完成，{truth.place}全部完成后与其并列", _if(max(rates.values()) == 1)),
        ("距当前应完成数还差<short>件", lambda _: {"short": row["required"] - row["approved"]}),
        (f"{truth.place}没有存量专利，不参加排名", _if(row["stock"] == 0)),
    ]  # fmt: skip


def _institutions(truth: Truth) -> list[Clause]:
    behind = truth.behind
    gaps = {row["institution_name"]: row["gap"] for row in behind}
    total = sum(gaps.values())

    def lacking(said: re.Match[str]) -> Expected:
        found = re.findall(rf"([^、：]+?)（差({FIGURE})件）", said["list"])
        assert [name for name, _ in found] == [row["institution_name"] for row in behind[: len(found)]]
        assert all(_same(number, gaps[name], False) for name, number in found)
        return {"count": len(behind), "total": total}

    def largest(said: re.Match[str]) -> Expected:
        lacking(said)
        return {"named": 3, "share": _part(sum(row["gap"] for row in behind[:3]), total)}

    def outlook(said: re.Match[str]) -> Expected:
        rows = truth.all("forecast_institution")
        found = dict(re.findall(rf"(已完成|可按期|有风险|停滞)({FIGURE})家", said["list"]))
        for code, word in wording.OUTLOOKS.items():
            assert int(found.get(word, 0)) == sum(row["outlook"] == code for row in rows)
        return {"pace": JIANGSU.pace_days}

    def lever(said: re.Match[str]) -> Expected:
        assert said["name"] == behind[0]["institution_name"]
        return {"points": Fraction(behind[0]["gap"] * 100, truth.inventory["stock"])}

    first = f"{truth.place}<count>家单位尚未达到当前里程碑的应完成数，按单位合计相差<total>件"
    return [
        (f"{first}：(?P<list>.+)", lacking),
        (first, lambda _: {"count": len(behind), "total": total}),
        ("缺口最大的<named>家为(?P<list>.+)，合计占缺口的<share%>", largest),
        ("按最近<pace>天的入库速度推算：(?P<list>.+)", outlook),
        (rf"如(?P<name>.+)补齐缺口，{truth.place}盘点率约可提高<points>个百分点", lever),
        (f"{truth.place}(?:各单位均已达到当前里程碑的应完成数|没有持有存量专利的单位)", _if(not behind)),
    ]


def _evaluation(truth: Truth) -> list[Clause]:
    labels = {group.label: group.code for group in JIANGSU.enterprise_groups}
    names = "|".join(map(re.escape, labels))
    state: dict[str, Row] = {}
    groups = truth.all("evaluation_group")
    with_need, with_wish, evaluated = (
        sum(row[name] for row in groups) for name in ("with_need", "with_cooperation", "evaluated")
    )

    def group(said: re.Match[str]) -> Expected:
        if truth.code:
            mine = truth.all("evaluation_city", city_code=truth.code, enterprise_group=labels[said["label"]])
            (row,) = mine
            tied = truth.ties("evaluation_city", row, enterprise_group=row["enterprise_group"]) > 1
            assert (said["tied"] == "并列") == tied
            return row
        state["row"] = row = truth.one("evaluation_group", enterprise_group=labels[said["label"]])
        return {**row, **_moved(row, said)}

    def unmatched(said: re.Match[str]) -> Expected:
        name = "evaluation_city" if truth.code else "evaluation_group"
        mine = {"city_code": truth.code} if truth.code else {}
        assert not truth.one(name, enterprise_group=labels[said["label"]], **mine)["matched"]
        return {}

    since = rf"(?:，较(?:上周|{DATE})(?:持平|(?P<direction>提高|下降)<change_pp>个百分点))?"
    place = "(?:，(?P<tied>居|并列)全省第<rank>位)?"
    own = truth.place if truth.code else ""
    return [
        (
            f"{own}(?P<label>{names})应评价<matched>对，已评价<evaluated>对，评价率<evaluation_rate%>{since}{place}",
            group,
        ),
        ("D应达<share%>，(?:还差<gap>对|已达到应评价数)", lambda _: state["row"]),
        ("已评价的<evaluated>对中，提出技术改进需求的<need>对，占<part%>", lambda _: {
            "evaluated": evaluated, "need": with_need, "part": _part(with_need, evaluated),
        }),
        ("有产学研合作意愿的<wish>对，占<part%>", lambda _: {"wish": with_wish, "part": _part(with_wish, evaluated)}),
        (f"{own}(?P<label>{names})没有匹配专利", unmatched),
    ]  # fmt: skip


def _events(truth: Truth) -> list[Clause]:
    whole, rows = truth.one("events_province"), truth.all("events_city")
    row = truth.city("events_city") if truth.code else whole
    none = [r["city_name"] for r in rows if r["counted"] == 0]
    year = f"{truth.now.as_of.year}年以来，{truth.place}"
    scope = [row] if truth.code else rows
    held = f"{year}举办计数活动<counted>场，(?P<tied>居|并列)全省第<rank>位"

    def idle(said: re.Match[str]) -> Expected:
        assert said["names"].split("、") == none[:3] or said["names"].split("、") == none
        return {"count": len(none)}

    def place(said: re.Match[str]) -> Expected:
        assert (said["tied"] == "并列") == (truth.ties("events_city", row) > 1)
        return row

    return [
        (f"{year}计数活动<counted>场，<cities_met>个市已达到全年<target>场的要求，占<share%>",
         lambda _: {**whole, "share": _part(whole["cities_met"], whole["cities"])}),
        (f"{year}计数活动<counted>场，尚无设区市达到全年<target>场的要求", lambda _: whole),
        ("尚未举办计数活动的有(?P<names>.+?)(?:等<count>市)?", idle),
        ("(?:活动现场)?签约<deals>份，签约金额<amount>万元",
         lambda _: {name: sum(r[name] for r in scope) for name in ("deals", "amount")}),
        (f"{year}尚未举办计数活动，全年应办<target>场", lambda _: row),
        (f"{held}，全年应办<target>场，(?:还差<shortfall>场|已达到全年要求)", place),
    ]  # fmt: skip


def _filings(truth: Truth) -> list[Clause]:
    rows = truth.all("filings_city")
    row = truth.city("filings_city") if truth.code else truth.one("filings_province")
    late = {name: sum(r[name] for r in ([row] if truth.code else rows)) for name in ("unregistered", "unreported")}
    year = f"{truth.now.as_of.year}年以来，{truth.place}"

    def filed(said: re.Match[str]) -> Expected:
        if said["way"]:
            assert (said["way"] == "增长") == (row["yoy"] > 0)
        if truth.code:
            assert (said["tied"] == "并列") == (truth.ties("filings_city", row) > 1)
        return {**row, "yoy": abs(row["yoy"] or 0)}

    def parts(said: re.Match[str]) -> Expected:
        both = row["transfer_patents"] + row["licence_patents"] - row["patents"]
        assert (said["both"] is not None) == (both > 0)
        return {**row, "both": both}

    growth = "(?:，同比(?P<way>增长|下降)<yoy%>|，与上年同期持平|，上年同期为零，同比—)"
    return [
        (f"{year}转让许可备案专利<patents>件{growth}(?:，(?P<tied>居|并列)全省第<rank>位)?", filed),
        ("合同<contracts>份，涉及<times>件次", lambda _: row),
        ("其中转让<transfer_patents>件，许可<licence_patents>件(?:（<both>件既转让又许可）)?", parts),
        (f"{year}没有已备案的转让许可", _if(row["patents"] == 0)),
        ("(?:各市合计)?(?:<unregistered>件次尚未备案)?、?(?:<unreported>件次已备案未反馈平台)?", lambda _: late),
    ]


def _attention(truth: Truth) -> list[Clause]:
    mine = {"city_code": truth.code} if truth.code else {}
    rows = truth.all("attention", **mine)

    def counts(said: re.Match[str]) -> Expected:
        for kind, word in wording.ATTENTION.items():
            found = re.search(rf"{word}({FIGURE})条", said["list"])
            assert int(found[1] if found else 0) == sum(row["kind"] == kind for row in rows)
        return {"count": len(rows)}

    def message(said: re.Match[str]) -> Expected:
        plain = re.sub(r"(\d+)年(\d+)月(\d+)日", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}", said["message"])
        assert plain.replace(",", "") in [row["message"] for row in rows]
        return {}

    return [
        ("需关注事项<count>条：(?P<list>.+)", counts),
        (r"[1-5]．(?P<message>.+)", message),
        (f"{truth.place}没有逾期、回落或停滞的单位和事项", _if(not rows)),
    ]


def _annex(_: Truth) -> list[Clause]:
    return [("本期数据按下列(?:表格和)?口径统计，分母为零或缺少表格的以“—”表示", _if(True))]


READERS: Mapping[str, Callable[[Truth], list[Clause]]] = {
    model.PROGRESS: _progress, model.MILESTONES: _milestones, model.CITIES: _cities, model.INSTITUTIONS: _institutions,
    model.EVALUATION: _evaluation, model.EVENTS: _events, model.FILINGS: _filings, model.ATTENTION: _attention,
    model.ANNEX: _annex,
}  # fmt: skip


def _check(clause: str, known: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Expected]]]) -> int:
    """Compare a clause with the metrics; returns how many figures it holds."""
    found = [(match, expected) for pattern, expected in known if (match := pattern.fullmatch(clause))]
    assert found, f"not known: {clause}"
    match, expected = found[0]
    values = expected(match)
    figures = {name: said for name, said in match.groupdict().items() if said and re.fullmatch(FIGURE, said)}
    for name, said in figures.items():
        is_percent = name.endswith("_percent")
        value = values[name.removesuffix("_percent")]
        assert _same(said, value, is_percent), (clause, name, said, value)
    return len(figures)


def _made(period: str, place: str | None) -> Bulletin:
    before, now = _worlds(period)
    return bulletin_source.bulletin(now, before, place)


@pytest.mark.parametrize(("period", "place"), EDITIONS)
def test_every_figure_of_every_sentence_is_the_metrics(period: str, place: str | None) -> None:
    truth, compared = Truth(period, place), 0
    made = _made(period, place)
    assert [section.name for section in made.sections] == list(model.SECTIONS)
    for section in made.sections:
        known = [(_pattern(text), expected) for text, expected in READERS[section.name](truth)]
        for sentence in section.sentences:
            is_message = section.name == model.ATTENTION
            for clause in [sentence.rstrip("。")] if is_message else re.split("[；。]", sentence.rstrip("。")):
                compared += _check(clause, known)
    assert compared >= (3 if truth.inventory["stock"] else 1)


def test_a_wrong_figure_would_be_found() -> None:
    """The reading itself: a digit off, a direction turned round, or a clause that nobody knows fails."""
    truth = Truth("周", None)
    known = [(_pattern(text), expected) for text, expected in _progress(truth)]
    sentence = _made("周", None).sections[0].sentences[0].rstrip("。")
    first = sentence.split("；")[0]
    assert _check(first, known) >= 4
    stock = wording.value(truth.inventory["stock"], "patents")
    for wrong in (first.replace(f"专利{stock}件", f"专利{int(stock) + 1}件"), first.replace("应盘点", "约有"),
                  re.sub(r"(\d)%", lambda m: f"{(int(m[1]) + 1) % 10}%", first)):  # fmt: skip
        with pytest.raises(AssertionError):
            _check(wrong, known)
