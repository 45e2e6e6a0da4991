"""What a page says when there is nothing to show: what is missing, and what to do."""

from __future__ import annotations

import html

import streamlit as st

from dashboard.errors import DashboardError, OutOfScope
from dashboard.ui import markup

NO_SNAPSHOT = "还没有快照"


def empty(what: str, do: str = "") -> None:
    """Nothing falls under the filters: `what` there is none of, and what to do about it."""
    _box(what, do)


def missing(table: str) -> None:
    """The export folder of this snapshot held no such table, so nothing can be said: that is not zero."""
    _box(f"本快照没有“{table}”表，这里的数字无从计算（不等于零）。", "请在下次导出时一并提供该表，再重新导入。")


def no_snapshot() -> None:
    """Nothing has been published yet."""
    _box(f"{NO_SNAPSHOT}，页面暂无内容。", "请用 python -m dashboard import 文件夹 --date 日期 导入一周的导出表。")


def problem(error: DashboardError) -> None:
    """An error that has its own sentence; asked-for rows outside the account's scope among them."""
    todo = "请回到总览，或联系省工作专班开通查看范围。" if isinstance(error, OutOfScope) else ""
    _box(str(error), todo)
    st.html(f'<div class="zl-line">{markup.link("回到总览", "overview")}</div>')


def crashed(error: Exception) -> bool:
    """What a visitor sees of an error nobody foresaw; the details are in the server's log. Handled: True."""
    st.error(f"页面出错（{type(error).__name__}），详情已写入服务器日志。请刷新重试；再次出现请告诉管理员。")
    return True


def _box(what: str, do: str) -> None:
    st.html(f'<div class="zl-state">{html.escape(what)}<br>{html.escape(do)}</div>')
