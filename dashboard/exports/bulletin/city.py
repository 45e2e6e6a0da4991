"""One city's bulletin: its place among the cities, its institutions, and what would lift it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import Target, bars
from dashboard.charts.chart import Row, records
from dashboard.charts.cities import city_bars
from dashboard.exports.bulletin import model, province, tables, words
from dashboard.exports.bulletin.model import Figure, Section, Table, figure
from dashboard.exports.bulletin.source import Source
from dashboard.exports.bulletin.tables import Order
from dashboard.policy import City

DRAWN = 15
"""Institutions in the chart of gaps."""


def sections(source: Source, city: City, order: Order) -> list[Section]:
    """All sections of a city's bulletin, in order."""
    mine = _mine(source.frame("inventory_institution"), city)
    urgent, rest = province.attention(source, city.name, _mine(source.frame("attention"), city))
    return [
        progress(source, city),
        milestones(source, city, mine),
        standing(source, city, order),
        institutions(source, city, mine),
        evaluation(source, city),
        events(source, city, order),
        filings(source, city, order),
        urgent,
        annex(source, city, rest),
    ]


def row_of(frame: pd.DataFrame, city: City) -> Row:
    return next(row for row in records(frame) if row["city_code"] == city.code)


def _mine(frame: pd.DataFrame, city: City) -> pd.DataFrame:
    return frame[frame["city_code"] == city.code].reset_index(drop=True)


def _place(frame: pd.DataFrame, row: Row) -> str:
    return words.place(row["rank"], int((frame["rank"] == row["rank"]).sum()))


def progress(source: Source, city: City) -> Section:
    frame = source.frame("inventory_city")
    now = row_of(frame, city)
    if not now["stock"]:
        return Section(model.PROGRESS, [f"截至{words.day(source.as_of)}，{city.name}没有应盘点的存量专利。"])
    since, whole = province.compared(source), source.row("inventory_province")
    due = f"应达{words.rate(now['required_rate'])}" + words.lead(now["lead_pp"])
    told = [
        (
            f"截至{words.day(source.as_of)}，{city.name}{words.count(now['institutions'], 'institutions')}"
            f"高校和科研机构应盘点存量专利{words.count(now['stock'], 'patents')}，"
            f"已盘点入库{words.count(now['approved'], 'patents')}，"
            f"盘点进度达{words.rate(now['inventory_rate'])}{words.moved(now['change_pp'], since)}，{_place(frame, now)}"
            f"{words.climbed(now['rank_change'], since)}；{due}。"
        ),
        _part(now, whole),
        *_changed(source, city),
        province.listed(now),
    ]
    funnel = tables.funnel(source, f"{city.name}存量专利转化各阶段", level="city", key=city.code)
    return Section(model.PROGRESS, told, [funnel])


def _part(now: Row, whole: Row) -> str:
    share = words.share(now["stock"], whole["stock"])
    return f"存量专利占全省的{share}，全省盘点率{words.rate(whole['inventory_rate'])}。"


def _changed(source: Source, city: City) -> list[str]:
    row = row_of(source.frame("change_city"), city)
    if source.before is None or wording.is_null(row["net_approved"]):
        return ["没有更早一期数据，本期不作比较。"]
    net = int(row["net_approved"])
    when = words.period(source.as_of, source.before)
    if net == 0:
        return [f"{when}盘点入库数没有变化。"]
    return [f"{when}盘点入库净{'增加' if net > 0 else '减少'}{words.count(abs(net), 'patents')}。"]


def milestones(source: Source, city: City, mine: pd.DataFrame) -> Section:
    names = mine.set_index("institution_id")["institution_name"]
    duties = source.frame("milestone_institution")
    duties = duties[duties["institution_id"].isin(names.index) & (duties["stock"] > 0)]
    if duties.empty:
        return Section(model.MILESTONES, [f"{city.name}没有持有存量专利的单位，没有到期的任务。"])
    told = [_stop(source, day, rows) for day, rows in duties.groupby("due_on", sort=True)]
    missed = duties[duties["status"].isin(["missed", "late"])]
    missed = missed.assign(institution_name=missed["institution_id"].map(names))
    parts: list[Table | Figure] = []
    if len(missed):
        columns = [
            *source.columns("inventory_institution", "institution_name"),
            *source.columns("milestone_institution", "due_on", "share", "stock", "required", "approved_by_due",
                            "achieved_on", "days_late", "status"),
        ]  # fmt: skip
        ordered = missed.sort_values(["status", "days_late"], ascending=[False, False], kind="stable")
        parts.append(tables.table(source, "milestone_institution", "未按期达标的单位", columns,
                                  ordered.reset_index(drop=True)))  # fmt: skip
    return Section(model.MILESTONES, told, parts)


def _stop(source: Source, day: Any, rows: pd.DataFrame) -> str:
    found = rows["status"].value_counts()
    told = [("met", "家按期达标"), ("late", "家逾期达标"), ("missed", "家未达标"), ("open", "家尚未达标")]
    counted = words.counted([(int(found.get(code, 0)), text) for code, text in told])
    return f"{words.stop(day, source.as_of)}：有任务的{words.count(len(rows), 'institutions')}单位中，{counted}。"


def standing(source: Source, city: City, order: Order) -> Section:
    frame, whole = source.frame("inventory_city"), source.row("inventory_province")
    now = row_of(frame, city)
    told = [*_neighbours(frame, now), *lift(frame, now, city)] or [f"{city.name}没有存量专利，不参加排名。"]
    chart = figure(
        "inventory_city", "各市盘点率", city_bars, frame, value="inventory_rate", unit="rate",
        target=Target("全省应达", whole["required_rate"]), highlight=city.name,
    )  # fmt: skip
    return Section(model.CITIES, told, [tables.cities(source, order, city.name), chart])


def _neighbours(frame: pd.DataFrame, now: Row) -> list[str]:
    if wording.is_null(now["rank"]):
        return []
    known = frame.dropna(subset=["inventory_rate"])
    best = records(known[known["rank"] == 1])
    if now["rank"] == 1:
        return [f"{now['city_name']}盘点率{words.rate(now['inventory_rate'])}，{_place(frame, now)}。"]
    behind = (float(best[0]["inventory_rate"]) - float(now["inventory_rate"])) * 100
    gap = wording.value(behind, "pp").lstrip("＋")
    return [
        (
            f"{now['city_name']}盘点率{words.rate(now['inventory_rate'])}，{_place(frame, now)}，"
            f"与{'并列' if len(best) > 1 else '居'}首位的{words.names([str(row['city_name']) for row in best], '市')}"
            f"（{words.rate(best[0]['inventory_rate'])}）相差{gap}个百分点。"
        )
    ]


def lift(frame: pd.DataFrame, now: Row, city: City) -> list[str]:
    """What would lift the city: patents it needs to pass the next one above, and to reach what is due."""
    if wording.is_null(now["rank"]):
        return []
    told = []
    above = frame[(frame["rank"] < now["rank"])]
    if len(above):
        tied = records(above[above["rank"] == above["rank"].max()])
        nearest, name = tied[0], words.names([str(row["city_name"]) for row in tied], "市")
        needed = to_pass(int(now["approved"]), int(now["stock"]), int(nearest["approved"]), int(nearest["stock"]))
        told.append(
            f"按目前各市数据，再盘点入库{words.count(needed, 'patents')}，盘点率即可超过位次在前的{name}。"
            if needed is not None
            else f"位次在前的{name}已全部完成，{city.name}全部完成后与其并列。"
        )
    short = max(int(now["required"]) - int(now["approved"]), 0)
    if short:
        told.append(f"距当前应完成数还差{words.count(short, 'patents')}。")
    return told


def to_pass(approved: int, stock: int, other_approved: int, other_stock: int) -> int | None:
    """The least number of approvals that brings approved ÷ stock above the other's; None if none can."""
    needed = other_approved * stock // other_stock - approved + 1
    return needed if approved + needed <= stock else None


def institutions(source: Source, city: City, mine: pd.DataFrame) -> Section:
    holding = mine[mine["stock"] > 0]
    if holding.empty:
        return Section(model.INSTITUTIONS, [f"{city.name}没有持有存量专利的单位。"])
    behind = holding[holding["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    told = [*province.behind_sentences(behind, city.name), *_best_lever(source, city, behind)]
    parts: list[Table | Figure] = [
        tables.institutions(
            source,
            f"{city.name}各单位盘点进展",
            holding.sort_values("gap", ascending=False, kind="stable"),
            is_one_city=True,
        )
    ]
    if len(behind):
        chart = figure(
            "inventory_institution", "各单位距应完成数缺口", bars, behind.head(DRAWN),
            name="institution_name", value="gap", unit="patents", status="status",
        )  # fmt: skip
        parts.append(chart)
    return Section(model.INSTITUTIONS, told, parts)


def _best_lever(source: Source, city: City, behind: pd.DataFrame) -> list[str]:
    """What closing the largest gap would do for the city's rate (a patent held jointly counts once, so 约)."""
    if behind.empty:
        return []
    now, first = row_of(source.frame("inventory_city"), city), records(behind)[0]
    points = wording.value(float(first["gap"]) / float(now["stock"]) * 100, "pp").lstrip("＋")
    return [f"如{first['institution_name']}补齐缺口，{city.name}盘点率约可提高{points}个百分点。"]


def evaluation(source: Source, city: City) -> Section:
    frame = source.frame("evaluation_city")
    mine = _mine(frame, city)
    if mine["matched"].isna().all():
        return province.absent(model.EVALUATION, "企业评价")
    labels = {group.code: group.label for group in source.policy.enterprise_groups}
    told = []
    for row in records(mine):
        label = labels[str(row["enterprise_group"])]
        if not row["matched"]:
            told.append(f"{city.name}{label}没有匹配专利。")
            continue
        group = frame[frame["enterprise_group"] == row["enterprise_group"]]
        told.append(
            f"{city.name}{label}应评价{words.count(row['matched'], 'pairs')}，已评价"
            f"{words.count(row['evaluated'], 'pairs')}，评价率{words.rate(row['evaluation_rate'])}，"
            f"{_place(group, row)}。"
        )
    return Section(model.EVALUATION, told, [tables.enterprises_of_cities(source, mine, f"{city.name}企业评价进展")])


def events(source: Source, city: City, order: Order) -> Section:
    frame = source.frame("events_city")
    now = row_of(frame, city)
    if wording.is_null(now["counted"]):
        return province.absent(model.EVENTS, "对接活动")
    counted = f"{source.as_of.year}年以来，{city.name}"
    if not now["counted"]:
        counted += f"尚未举办计数活动，全年应办{words.count(now['target'], 'events')}。"
    else:
        rest = f"还差{words.count(now['shortfall'], 'events')}" if now["shortfall"] else "已达到全年要求"
        counted += (
            f"举办计数活动{words.count(now['counted'], 'events')}，{_place(frame, now)}，"
            f"全年应办{words.count(now['target'], 'events')}，{rest}。"
        )
    told = [counted]
    if now["deals"]:
        told.append(f"签约{words.count(now['deals'], 'contracts')}，签约金额{words.count(now['amount'], 'amount')}。")
    chart = province.held_by_city(source, city.name)
    return Section(model.EVENTS, told, [tables.events(source, order, city.name), chart])


def filings(source: Source, city: City, order: Order) -> Section:
    frame = source.frame("filings_city")
    now = row_of(frame, city)
    if wording.is_null(now["patents"]):
        return province.absent(model.FILINGS, "转让许可")
    year = f"{source.as_of.year}年以来，{city.name}"
    if not now["patents"]:
        told = [f"{year}没有已备案的转让许可。"]
    else:
        told = [
            (
                f"{year}转让许可备案专利{words.count(now['patents'], 'patents')}{words.yearly(now['yoy'])}，"
                f"{_place(frame, now)}；其中转让{words.count(now['transfer_patents'], 'patents')}，"
                f"许可{words.count(now['licence_patents'], 'patents')}{_both(now)}。"
            )
        ]
    late = words.counted([(now["unregistered"], "件次尚未备案"), (now["unreported"], "件次已备案未反馈平台")])
    told += [f"{late}。"] if late else []
    chart = province.filed_by_city(source, city.name)
    return Section(model.FILINGS, told, [tables.filings(source, order, city.name), chart])


def _both(now: Row) -> str:
    """What keeps the parts from adding up: a patent both transferred and licensed counts in each."""
    both = int(now["transfer_patents"]) + int(now["licence_patents"]) - int(now["patents"])
    return f"（{words.count(both, 'patents')}既转让又许可）" if both > 0 else ""


def annex(source: Source, city: City, rest: Sequence[Table]) -> Section:
    parts: list[Table | Figure] = []
    row = _mine(source.frame("conversion_city"), city)
    if not row["approved"].isna().all():
        columns = source.columns("conversion_city", *tables.CONVERSION)
        parts = [tables.table(source, "conversion_city", f"{city.name}专利实施与产业化", columns, row)]
    return Section(model.ANNEX, ["本期数据按下列口径统计，分母为零或缺少表格的以“—”表示。"], [*parts, *rest])
