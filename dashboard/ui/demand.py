"""企业评价: the groups of enterprises, the cities, and what the enterprises asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.charts.evaluation import demand_fields, expert_fields, group_targets
from dashboard.ui import blocks, presence, states, totals
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.headline import Figure, change_of
from dashboard.ui.links import to_institution
from dashboard.ui.markup import Look

NEEDS = 20
DUTIES = ("label", "due_on", "required", "status")
CITY = ("rank", "city_name", "matched", "evaluated", "evaluation_rate")
NEED_COLUMNS = ("evaluated_on", "improvement_need", "field", "title", "patent_no", "institution_name",
                "enterprise_name", "enterprise_city_name", "cooperation")  # fmt: skip


@kept
def figures(view: View) -> tuple[Figure, ...]:
    """The province's rate, each group's, and the pairs with a need (beside it those with a wish to cooperate)."""
    whole = totals.rate(view, "evaluation_province", "evaluation_rate", "evaluated", "matched", "evaluation_city")
    labels = {group.code: group.label for group in view.policy.enterprise_groups}
    groups = [_group(view, code, label) for code, label in labels.items()]
    return (whole, *groups, _wishes(view))


def _group(view: View, code: str, label: str) -> Figure:
    row = next(r for r in _rows(view) if r["enterprise_group"] == code)
    course = tuple(
        _known(r["evaluation_rate"]) for v in view.earlier() for r in _rows(v) if r["enterprise_group"] == code
    )
    made = f"{wording.value(row['evaluated'], 'pairs')} / {wording.value(row['matched'], 'pairs', with_unit=True)}"
    figure = Figure(
        label=label, value=wording.value(row["evaluation_rate"], "rate"), unit="",
        change=totals.compared(change_of(course, "rate")), note=made, course=course, metrics=("evaluation_group",),
    )  # fmt: skip
    return replace(figure, note=f"{made}，应 {wording.share(row['share'])}")


def _wishes(view: View) -> Figure:
    found = view.ask("evaluation_group").definition.column("with_need")
    course = tuple(_whole(v, "with_need") for v in view.earlier())
    wanted = wording.value(_whole(view, "with_cooperation"), found.unit, with_unit=True)
    return Figure(
        label=f"{found.label}（企业自填）", value=wording.value(course[-1], found.unit),
        unit=wording.UNITS[found.unit], change=totals.compared(change_of(course, found.unit)),
        note=f"有合作意愿 {wanted}", course=course, metrics=("evaluation_group", "evaluation_fields"),
    )  # fmt: skip


def _whole(view: View, column: str) -> float | None:
    """Both groups together; None where 企业评价 is absent."""
    values = [_known(row[column]) for row in _rows(view)]
    return None if None in values else sum(v for v in values if v is not None)


def _rows(view: View) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in view.ask("evaluation_group").frame.to_dict("records")]


def _known(value: Any) -> float | None:
    return None if wording.is_null(value) else float(value)


@kept
def targets(view: View) -> Chart:
    """Both groups against what they owe."""
    labels = {group.code: group.label for group in view.policy.enterprise_groups}
    return group_targets(view.ask("evaluation_group").frame, labels=labels)


@kept
def duties(view: View) -> Table:
    """What each group owes by each date."""
    found = view.ask("evaluation_milestones")
    columns = [found.definition.column(c) for c in DUTIES]
    return blocks.tabulate(view, found.frame, columns, title="各组企业的里程碑")


@kept
def cities(view: View, group: str, city: str | None) -> Table:
    """The cities by the rate of one group of enterprises."""
    result = view.ask("evaluation_city")
    label = next(g.label for g in view.policy.enterprise_groups if g.code == group)
    own = result.frame[result.frame["enterprise_group"] == group]
    return blocks.tabulate(
        view, own.sort_values(["rank", "city_code"], na_position="last"), [result.definition.column(c) for c in CITY],
        title=label, look=Look(bars=frozenset({"evaluation_rate"}), stress=lambda row: row["city_code"] == city),
    )  # fmt: skip


@kept
def fields(view: View) -> Chart:
    """Fields with the most needs and wishes."""
    return demand_fields(view.ask("evaluation_fields").frame)


@kept
def _experts(view: View) -> Chart | None:
    frame = view.ask("experts_field").frame
    return None if frame.empty else expert_fields(frame)


def experts(view: View) -> None:
    """Experts by field."""
    if presence.lacks(view, "experts"):
        return
    drawn = _experts(view)
    if drawn is None:
        states.empty("专家库中还没有专家。")
        return
    blocks.chart(view, drawn, "experts_field", key="experts")


def needs(view: View, city: str | None) -> None:
    """The newest needs that the account may see, of enterprises of `city` if given."""
    if not view.page("improvement_needs", NEEDS, 1, city=city)[1]:
        st.html('<div class="zl-title">近期技术改进需求</div>')
        states.empty("所选范围内没有企业提出技术改进需求。", "请在上方改选设区市，或等下一期快照。")
        return
    blocks.table(view, _needs(view, city), "improvement_needs", key="needs")


@kept
def _needs(view: View, city: str | None) -> Table:
    found, hits = view.page("improvement_needs", NEEDS, 1, city=city)
    return blocks.tabulate(
        view, found.frame, [found.definition.column(c) for c in NEED_COLUMNS],
        title=f"近期技术改进需求（最近 {min(NEEDS, hits)} 条）", whole=view.whole("improvement_needs", city=city),
        whole_columns=found.definition.columns,
        look=Look(height=560, links={"institution_name": to_institution(view)}),
        says="企业在评价时填写；专利有几个权利人单位时每个单位一行。导出含每个单位、每个企业所在市最近的 20 条。",
    )  # fmt: skip
