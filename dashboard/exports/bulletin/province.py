"""The province's bulletin: sentences, tables and charts from the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import followups, highlights, wording
from dashboard.charts.bars import Target, bars
from dashboard.charts.chart import Row, records
from dashboard.charts.cities import city_bars
from dashboard.charts.curves import group_curves
from dashboard.charts.evaluation import group_targets
from dashboard.charts.events import event_bars
from dashboard.charts.institutions import stock_scatter
from dashboard.charts.milestones import milestone_matrix
from dashboard.exports.bulletin import base_maps, model, tables, words
from dashboard.exports.bulletin.model import Figure, Section, Table, figure
from dashboard.exports.bulletin.source import Source
from dashboard.exports.bulletin.tables import Order
from dashboard.places import Places

WHOLE = "全省"
FURTHEST = 15
"""Institutions in the table of those furthest behind; the annex has all."""
LISTED = 5
"""Follow-ups that are told in sentences; the table has all."""


def sections(source: Source, places: Places, order: Order) -> list[Section]:
    """All sections of the province's bulletin, in order."""
    urgent, rest = attention(source, WHOLE, source.frame("attention"))
    return [
        progress(source),
        milestones(source),
        cities(source, places, order),
        institutions(source),
        evaluation(source),
        events(source, order),
        filings(source, order),
        urgent,
        annex(source, rest),
    ]


def compared(source: Source) -> str:
    """较上周 or 较4月19日; nothing without a snapshot before."""
    return words.since(source.as_of, source.before) if source.before else ""


def progress(source: Source) -> Section:
    now, before = source.row("inventory_province"), source.row_before("inventory_province")
    if not now["stock"]:
        return Section(model.PROGRESS, [f"截至{words.day(source.as_of)}，全省没有应盘点的存量专利。"])
    moved = words.moved(now["change_pp"], compared(source))
    due = f"应达{words.rate(now['required_rate'])}" + words.lead(now["lead_pp"])
    told = [
        (
            f"截至{words.day(source.as_of)}，全省{words.count(now['institutions'], 'institutions')}"
            f"高校和科研机构应盘点存量专利{words.count(now['stock'], 'patents')}，"
            f"已盘点入库{words.count(now['approved'], 'patents')}，"
            f"盘点进度达{words.rate(now['inventory_rate'])}{moved}；{due}。"
        ),
        _added(source, now, before),
        listed(now),
        _done(now),
    ]
    daily, duties = source.frame("inventory_daily", level="group"), source.frame("milestone_group")
    curves = figure(
        "inventory_daily", "各组盘点率与应达进度", group_curves, daily, duties,
        labels=group_labels(source), as_of=source.as_of,
    )  # fmt: skip
    return Section(
        model.PROGRESS,
        [text for text in told if text],
        [tables.funnel(source, "全省存量专利转化各阶段"), curves],
    )


def listed(now: Row) -> str:
    if not now["listed"]:
        return "尚无专利入转化资源库。"
    return f"已入转化资源库{words.count(now['listed'], 'patents')}，占已盘点入库的{words.rate(now['listing_rate'])}。"


def _added(source: Source, now: Row, before: Row | None) -> str:
    if before is None or source.before is None:
        return "没有更早一期数据，本期不作比较。"
    count = int(now["approved"]) - int(before["approved"])
    when = words.period(source.as_of, source.before)
    if count == 0:
        return f"{when}没有新增盘点入库。"
    word = "新增盘点入库" if count > 0 else "盘点入库净减少"
    return f"{when}{word}{words.count(abs(count), 'patents')}。"


def _done(now: Row) -> str:
    whole = now["institutions"]
    done, missed = now["institutions_done"], now["institutions_missed"]
    first = "尚无单位完成全部存量专利盘点入库" if not done else (
        f"完成全部存量专利盘点入库的单位{words.count(done, 'institutions')}，占{words.share(done, whole)}"
    )  # fmt: skip
    second = "当前里程碑没有单位逾期未达标" if not missed else (
        f"当前里程碑逾期未达标{words.count(missed, 'institutions')}，占{words.share(missed, whole)}"
    )  # fmt: skip
    return f"{first}；{second}。"


def group_labels(source: Source) -> dict[str, str]:
    return {group.code: group.label for group in source.policy.groups}


def milestones(source: Source) -> Section:
    frame = source.frame("milestone_group")
    told = [_stop(source, day, rows) for day, rows in frame.groupby("due_on", sort=True)]
    matrix = figure(
        "milestone_group",
        "各组里程碑完成情况",
        milestone_matrix,
        frame,
        labels=group_labels(source),
        as_of=source.as_of,
    )
    return Section(
        model.MILESTONES,
        [text for text in told if text] or ["各组都没有存量专利，没有到期的任务。"],
        [tables.groups(source), matrix],
    )


def _stop(source: Source, day: Any, rows: pd.DataFrame) -> str:
    """One date of the plan: each group's share due and who reached it."""
    said = [
        f"{group_labels(source)[str(row['group'])]}应达{wording.share(row['share'])}，"
        f"{words.count(row['institutions'], 'institutions')}中{_counts(row)}"
        for row in records(rows)
        if row["institutions"]
    ]
    if not said:
        return ""
    return f"{words.stop(day, source.as_of)}：{'；'.join(said)}。"


def _counts(row: Row) -> str:
    found = [(row["met"], "按期达标"), (row["late"], "逾期达标"), (row["missed"], "未达标"), (row["open"], "尚未达标")]
    return words.counted([(number, f"家{text}") for number, text in found])


def cities(source: Source, places: Places, order: Order) -> Section:
    frame, whole = source.frame("inventory_city"), source.row("inventory_province")
    week = highlights.Week(
        source.as_of, source.before, whole, source.row_before("inventory_province"), frame, source.frame("attention")
    )
    known = frame.dropna(subset=["inventory_rate"])
    above = int((known["inventory_rate"].round(9) > round(float(whole["inventory_rate"] or 0), 9)).sum())
    told = [words.tight(highlights.standing(week))]
    if len(known):
        ahead = int((known["lead_pp"] >= 0).sum())
        told.append(
            f"{above}个市盘点率高于全省水平（{words.rate(whole['inventory_rate'])}），"
            f"{ahead}个市达到或超过应达进度，占{words.share(ahead, len(known))}。"
        )
    told += _climbers(known, compared(source))
    target = Target("应达", whole["required_rate"])
    shown = {"value": "inventory_rate", "unit": "rate"}
    return Section(
        model.CITIES,
        told,
        [
            tables.cities(source, order),
            figure("inventory_city", "各市盘点率", city_bars, frame, target=target, **shown),
            figure("inventory_city", base_maps.TITLE, base_maps.province_map, source.policy, places, frame, **shown),
        ],
    )


def _climbers(known: pd.DataFrame, since: str) -> list[str]:
    moved = known.dropna(subset=["rank_change"])
    if moved.empty or not since:
        return []
    best, worst = int(moved["rank_change"].max()), int(moved["rank_change"].min())
    said = []
    if best > 0:
        risen = [str(n) for n in moved.loc[moved["rank_change"] == best, "city_name"]]
        said.append(f"{words.names(risen, '市')}上升{best}位，升幅最大")
    if worst < 0:
        fallen = [str(n) for n in moved.loc[moved["rank_change"] == worst, "city_name"]]
        said.append(f"{words.names(fallen, '市')}下降{-worst}位，降幅最大")
    return [f"位次{since}：{'；'.join(said)}。"] if said else [f"各市位次{since}没有变化。"]


def institutions(source: Source) -> Section:
    frame = source.frame("inventory_institution")
    behind = frame[frame["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    told = [*behind_sentences(behind, "全省"), *_outlook(source, frame)]
    parts: list[Table | Figure] = []
    if len(behind):
        title = "距应完成数缺口较大的单位"
        parts.append(tables.institutions(source, title, behind.head(FURTHEST)))
    if (frame["stock"] > 0).any():
        parts.append(figure("inventory_institution", "存量规模与盘点率", stock_scatter, frame))
    return Section(model.INSTITUTIONS, told, parts)


def behind_sentences(behind: pd.DataFrame, where: str) -> list[str]:
    """How many institutions lack how much, and who lacks most."""
    if behind.empty:
        return [f"{where}各单位均已达到当前里程碑的应完成数。"]
    gap = int(behind["gap"].sum())
    top = behind.head(words.NAMED)
    named = "、".join(f"{r['institution_name']}（差{words.count(r['gap'], 'patents')}）" for r in records(top))
    first = (
        f"{where}{words.count(len(behind), 'institutions')}单位尚未达到当前里程碑的应完成数，"
        f"按单位合计相差{words.count(gap, 'patents')}"
    )
    if len(behind) <= len(top):
        return [f"{first}：{named}。"]
    part = words.share(top["gap"].sum(), gap)
    return [f"{first}。缺口最大的{len(top)}家为{named}，合计占缺口的{part}。"]


def _outlook(source: Source, frame: pd.DataFrame) -> list[str]:
    forecast = source.frame("forecast_institution")
    found = {code: int((forecast["outlook"] == code).sum()) for code in wording.OUTLOOKS}
    if not len(forecast):
        return []
    told = "、".join(f"{wording.OUTLOOKS[code]}{words.count(n, 'institutions')}" for code, n in found.items() if n)
    return [f"按最近{source.policy.pace_days}天的入库速度推算：{told}。"]


def evaluation(source: Source) -> Section:
    frame = source.frame("evaluation_group")
    if frame["matched"].isna().all():
        return absent(model.EVALUATION, "企业评价")
    labels = {group.code: group.label for group in source.policy.enterprise_groups}
    told = [_enterprises(source, row, labels[str(row["enterprise_group"])]) for row in records(frame)]
    matched, evaluated = int(frame["matched"].sum()), int(frame["evaluated"].sum())
    if not matched:
        return Section(model.EVALUATION, ["尚未向企业推送匹配专利。"], [tables.enterprises(source)])
    needs = int(frame["with_need"].sum())
    wishes = int(frame["with_cooperation"].sum())
    told.append(
        f"已评价的{words.count(evaluated, 'pairs')}中，提出技术改进需求的{words.count(needs, 'pairs')}，"
        f"占{words.share(needs, evaluated)}；有产学研合作意愿的{words.count(wishes, 'pairs')}，"
        f"占{words.share(wishes, evaluated)}。"
        if evaluated
        else "企业尚未反馈评价。"
    )
    chart = figure("evaluation_group", "企业评价率与应达进度", group_targets, frame, labels=labels)
    return Section(model.EVALUATION, told, [tables.enterprises(source), chart])


def _enterprises(source: Source, row: Row, label: str) -> str:
    if not row["matched"]:
        return f"{label}没有匹配专利。"
    due = wording.as_day(row["milestone_due"])
    gap = f"还差{words.count(row['gap'], 'pairs')}" if row["gap"] else "已达到应评价数"
    return (
        f"{label}应评价{words.count(row['matched'], 'pairs')}，已评价{words.count(row['evaluated'], 'pairs')}，"
        f"评价率{words.rate(row['evaluation_rate'])}{words.moved(row['change_pp'], compared(source))}；"
        f"{words.short_day(due, source.as_of)}应达{wording.share(row['share'])}，{gap}。"
    )


def events(source: Source, order: Order) -> Section:
    frame = source.frame("events_city")
    if frame["counted"].isna().all():
        return absent(model.EVENTS, "对接活动")
    return Section(model.EVENTS, _held(source, frame), [tables.events(source, order), held_by_city(source)])


def held_by_city(source: Source, highlight: str | None = None) -> Figure:
    """Counted events by city against the year's number and an even pace."""
    return figure(
        "events_city", "各市对接活动场次", event_bars, source.frame("events_city"),
        target=source.policy.events.target, pace=pace(source), highlight=highlight,
    )  # fmt: skip


def _held(source: Source, frame: pd.DataFrame) -> list[str]:
    whole = source.row("events_province")
    none = [str(n) for n in frame.loc[frame["counted"] == 0, "city_name"]]
    met = int(whole["cities_met"])
    reached = f"{met}个市已达到全年{whole['target']}场的要求，占{words.share(met, whole['cities'])}" if met else (
        f"尚无设区市达到全年{whole['target']}场的要求"
    )  # fmt: skip
    told = [f"{source.as_of.year}年以来，全省计数活动{words.count(whole['counted'], 'events')}，{reached}。"]
    if none:
        told.append(f"尚未举办计数活动的有{words.names(none, '市')}。")
    deals, amount = int(frame["deals"].sum()), float(frame["amount"].sum())
    if deals:
        told.append(f"活动现场签约{words.count(deals, 'contracts')}，签约金额{words.count(amount, 'amount')}。")
    return told


def pace(source: Source) -> int | None:
    """Whole events due by now, at an even pace over the year."""
    year_days = (source.as_of.replace(month=12, day=31) - source.as_of.replace(month=1, day=1)).days + 1
    return source.policy.events.target * source.as_of.timetuple().tm_yday // year_days


def filings(source: Source, order: Order) -> Section:
    whole, frame = source.row("filings_province"), source.frame("filings_city")
    if wording.is_null(whole["patents"]):
        return absent(model.FILINGS, "转让许可")
    told = [_filed(source, "全省", whole)]
    unregistered, unreported = int(frame["unregistered"].sum()), int(frame["unreported"].sum())
    late = words.counted([(unregistered, "件次尚未备案"), (unreported, "件次已备案未反馈平台")])
    if late:
        told.append(f"各市合计{late}。")
    parts: list[Table | Figure] = [tables.filings(source, order), filed_by_city(source)]
    if not source.frame("conversion_city")["approved"].isna().all():
        parts.append(tables.conversion(source))
    return Section(model.FILINGS, told, parts)


def filed_by_city(source: Source, highlight: str | None = None) -> Figure:
    """Patents on record by city; licences reach the record late, and the chart says so."""
    lag = source.policy.licence_lag_months
    return figure(
        "filings_city", "各市转让许可件数", city_bars, source.frame("filings_city"),
        value="patents", unit="patents", highlight=highlight,
        note=f"许可合同可在生效后{lag}个月内备案，最近{lag}个月的数字偏低。" if lag else "",
    )  # fmt: skip


def _filed(source: Source, where: str, row: Row) -> str:
    if not row["patents"]:
        return f"{source.as_of.year}年以来，{where}没有已备案的转让许可。"
    return (
        f"{source.as_of.year}年以来，{where}转让许可备案专利{words.count(row['patents'], 'patents')}"
        f"{words.yearly(row['yoy'])}；合同{words.count(row['contracts'], 'contracts')}，"
        f"涉及{words.count(row['times'], 'times')}。"
    )


def absent(name: str, table: str) -> Section:
    """What stands where the export held no such table: that is not zero."""
    return Section(name, [f"本期没有收到“{table}”表，本部分从略（不等于零）。"])


def attention(source: Source, where: str, frame: pd.DataFrame) -> tuple[Section, list[Table]]:
    """The section, worst first, and the table for the annex where the list is too long for it."""
    if frame.empty:
        return Section(model.ATTENTION, [f"{where}没有逾期、回落或停滞的单位和事项。"]), []
    institutions = source.frame("inventory_institution").set_index("institution_id")["institution_name"]
    city_names = {city.code: city.name for city in source.policy.cities}
    items = followups.follow_ups(frame, {str(k): str(v) for k, v in institutions.items()}, city_names)
    told = [
        f"需关注事项{len(items)}条："
        + "，".join(f"{wording.ATTENTION[kind]}{n}条" for kind, n in followups.counts(items).items())
        + "。",
        *(f"{i}．{words.readable(item.message)}。" for i, item in enumerate(followups.digest(items, LISTED), 1)),
    ]
    listed = pd.DataFrame(
        {
            "severity": [wording.SEVERITIES[item.severity] for item in items],
            "kind": [wording.ATTENTION[item.kind] for item in items],
            "city_code": [city_names[item.city_code] for item in items],
            "message": [item.message for item in items],
        }
    )
    wanted = [n for n in ("severity", "kind", "city_code", "message") if n != "city_code" or where == WHOLE]
    columns = source.columns("attention", *wanted)
    said = {"city_code": {"label": "设区市"}, "severity": {"unit": "status"}}
    columns = [c.model_copy(update=said.get(c.name, {})) for c in columns]
    shown = listed.head(FURTHEST) if len(listed) > FURTHEST else listed
    title = f"{where}需关注事项" + (f"（前{FURTHEST}条，全部见附件）" if len(listed) > FURTHEST else "")
    rest = (
        [tables.table(source, "attention", f"{where}全部需关注事项", columns, listed)] if len(listed) > FURTHEST else []
    )
    section = Section(model.ATTENTION, told, [tables.table(source, "attention", title, columns, shown), *_kinds(items)])
    return section, rest


def _kinds(items: Sequence[followups.FollowUp]) -> list[Figure]:
    found = followups.counts(list(items))
    if len(found) < 2:
        return []
    frame = pd.DataFrame({"kind": [wording.ATTENTION[k] for k in found], "found": list(found.values())})
    return [figure("attention", "需关注事项分类", bars, frame, name="kind", value="found", unit="count")]


def annex(source: Source, rest: Sequence[Table]) -> Section:
    frame = source.frame("inventory_institution")
    shown = frame[frame["stock"] > 0].sort_values("rank", kind="stable", na_position="last")
    parts: list[Table | Figure] = [tables.institutions(source, "各单位盘点进展", shown)]
    enterprises = source.frame("evaluation_city")
    if not enterprises["matched"].isna().all():
        parts.append(tables.enterprises_of_cities(source, enterprises, "各市企业评价进展"))
    return Section(model.ANNEX, ["本期数据按下列表格和口径统计，分母为零或缺少表格的以“—”表示。"], [*parts, *rest])
