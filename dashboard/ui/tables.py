"""Columns of tables that no metric has: what the catalogue of snapshots, metrics and the policy say."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import metrics, queries
from dashboard.metrics import Column
from dashboard.policy import Policy
from dashboard.snapshots import Entry, Store, checks

SNAPSHOTS = (
    Column(name="date", label="数据日期", unit="date"),
    Column(name="rows", label="采用行数", unit="count"),
    Column(name="stock", label="全省存量", unit="patents"),
    Column(name="publisher", label="发布人", unit="text"),
    Column(name="published_at", label="发布时间", unit="text", note="协调世界时"),
    Column(name="size", label="字节", unit="count"),
    Column(name="sha256", label="sha256", unit="text"),
    Column(name="state", label="说明", unit="text"),
)

CATALOGUE = (
    Column(name="title", label="指标", unit="text"),
    Column(name="name", label="名称", unit="text"),
    Column(name="clause", label="依据条款", unit="text"),
    Column(name="grain", label="粒度", unit="text"),
    Column(name="definition", label="定义", unit="text"),
)

PLAN = (
    Column(name="what", label="事项", unit="text"),
    Column(name="value", label="取值", unit="text"),
    Column(name="clause", label="条款", unit="text"),
    Column(name="quote", label="原文", unit="text"),
)

CHECKS = (
    Column(name="check", label="自检", unit="text"),
    Column(name="result", label="结果", unit="text"),
)


def snapshot_rows(store: Store) -> pd.DataFrame:
    """The published snapshots, newest first, and those that were replaced."""
    shown = [(entry, _state(store, entry)) for entry in reversed(store.entries())]
    aside = [(found.entry, f"已被 {found.replaced_by} 替换，文件保留") for found in reversed(store.replaced())]
    rows = [_snapshot(entry, state) for entry, state in (*shown, *aside)]
    return pd.DataFrame(rows, columns=[column.name for column in SNAPSHOTS])


def _state(store: Store, entry: Entry) -> str:
    return "文件已损坏，未使用" if store.is_known_damaged(entry) else "演示数据" if entry.is_demo else "正式"


def worded_examples(reasons: pd.DataFrame, headers: Mapping[str, str]) -> pd.DataFrame:
    """`quality_reasons` with the column at the end of each example under its Chinese header."""
    told = [" ".join([*place, headers.get(column, column)]) for *place, column in map(str.split, reasons["example"])]
    return reasons.assign(example=told)


def metric_rows() -> pd.DataFrame:
    """The metric catalogue, from the headers."""
    found = [metrics.definition(name) for name in metrics.names()]
    return pd.DataFrame([{c.name: getattr(metric, c.name) for c in CATALOGUE} for metric in found])


def check_rows() -> pd.DataFrame:
    """The checks that every snapshot passed before it was published."""
    said = [queries.header("checks", name)["title"] for name in checks.names()]
    return pd.DataFrame({"check": said, "result": "通过"})


def plan_rows(policy: Policy) -> pd.DataFrame:
    """The plan in force: each number with its clause and its words."""
    labels = {g.code: g.label for g in policy.groups} | {g.code: g.label for g in policy.enterprise_groups}
    rows = [
        ("统计基准日", str(policy.baseline.day), policy.baseline),
        *((f"分组：{group.label}", group.code, group) for group in policy.groups),
        *((_milestone(labels[m.group], m.basically_complete), f"{m.due_on} 应达 {m.share:.0%}", m)
          for m in (*policy.milestones, *policy.enterprise_milestones)),
        ("“基本完成”折算", f"{policy.basically_complete.factor:.0%}", policy.basically_complete),
        ("每市每年活动场次", f"不少于 {policy.events.target} 场", policy.events),
        *((f"工作目标（{goal.due_on}）", goal.note, goal) for goal in policy.goals),
    ]  # fmt: skip
    return pd.DataFrame(
        [(what, value, source.clause, source.quote) for what, value, source in rows], columns=[c.name for c in PLAN]
    )


def _milestone(group: str, basically: bool) -> str:
    return f"里程碑：{group}" + ("（基本完成）" if basically else "")


def _snapshot(entry: Entry, state: str) -> tuple[object, ...]:
    when = entry.published_at.strftime("%Y-%m-%d %H:%M")
    return (entry.date, entry.rows, entry.stock, entry.publisher, when, entry.size, entry.sha256[:16], state)
