"""The parts of the page 账号: the accounts and what may be done with them, the audit trail."""

from __future__ import annotations

import datetime as dt
import html

import pandas as pd
import streamlit as st

from dashboard.access import accounts, audit
from dashboard.access.accounts import ROLES, Record
from dashboard.access.audit import ACTIONS, Line
from dashboard.metrics import Column
from dashboard.ui import account, address, blocks, data, markup, steward_forms
from dashboard.ui.markup import Look

PAGE = 50
ACCOUNTS = (
    Column(name="name", label="账号", unit="text"),
    Column(name="role", label="角色", unit="text"),
    Column(name="place", label="范围", unit="text"),
    Column(name="state", label="状态", unit="text"),
    Column(name="signed_in_at", label="最近登录", unit="text"),
    Column(name="password_at", label="密码设于", unit="text"),
)
TRAIL = (
    Column(name="position", label="序号", unit="count"),
    Column(name="at", label="时间", unit="text"),
    Column(name="actor", label="操作者", unit="text"),
    Column(name="action", label="动作", unit="text"),
    Column(name="subject", label="对象", unit="text"),
    Column(name="details", label="细节", unit="text"),
)
DETAILS = {
    "address": "来自", "file": "文件", "sha256": "sha256", "snapshot": "快照", "role": "角色", "place": "范围",
    "before": "原角色", "count": "个数", "rows": "行数", "is_demo": "演示",
}  # fmt: skip
"""The Chinese word of each circumstance that entries carry."""


def accounts_list() -> None:
    """Every account with its role, place, state and last sign-in; beside it, what may be done."""
    found = accounts.all_of(account.desk().store)
    left, right = st.columns([8, 4], gap="large")
    with left:
        blocks.heading(
            f"账号（{len(found)} 个）", says="省工作专班和数据管理员看全省，设区市看本市，高校院所看本单位。"
        )
        frame = pd.DataFrame([_row(record) for record in found], columns=[column.name for column in ACCOUNTS])
        st.html(markup.table(frame, ACCOUNTS, Look(height=560), caption="账号"))
    with right:
        steward_forms.add()
        if found:
            steward_forms.change([record.account for record in found])


def audit_trail() -> None:
    """Whether the chain holds, and its entries by action, newest first, page by page."""
    store = account.desk().store
    verdict = audit.verify(store)
    told = verdict.fault or f"共 {verdict.count:,} 条，逐条核对完好；末条校验值 {verdict.digest[:16]}…，请另存备查。"
    blocks.heading("审计记录", says=f"{'不完好：' if verdict.fault else ''}{told}")
    everything = address.ALL
    with st.container(horizontal=True):
        chosen = address.select(
            "action", "动作", [everything, *ACTIONS], everything, text=lambda a: ACTIONS.get(a, "全部动作"), width=150
        )
    action = None if chosen == everything else chosen
    pages = max(-(-audit.count(store, action) // PAGE), 1)
    page = address.page_number("at", pages)
    lines = audit.newest(store, PAGE, (page - 1) * PAGE, action)
    frame = pd.DataFrame([_entry(line) for line in lines], columns=[column.name for column in TRAIL])
    st.html(markup.table(frame, TRAIL, Look(height=520), caption="审计记录"))
    address.page_switch("at", pages)


def _row(record: Record) -> tuple[str, ...]:
    state = "已停用" if record.is_disabled else "演示" if record.is_demo else "可用"
    found = record.account
    place = _places().get(found.key or "", found.key or "全省")
    return found.name, ROLES[found.role], place, state, _moment(record.signed_in_at), _moment(record.password_at)


def _places() -> dict[str, str]:
    return {city.code: city.name for city in data.plan().cities}


def _entry(line: Line) -> tuple[object, ...]:
    at = dt.datetime.fromisoformat(line.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    details = {name: ROLES.get(value, value) if name in ("role", "before") else value
               for name, value in line.details.items()}  # fmt: skip
    told = "，".join(f"{DETAILS.get(name, name)} {value}" for name, value in details.items())
    return line.position, at, line.actor, ACTIONS.get(line.action, line.action), line.subject, told


def _moment(seconds: float | None) -> str:
    if seconds is None:
        return "—"
    return html.escape(dt.datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M"))
