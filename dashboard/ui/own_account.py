"""The parts of the page 我的账号: change the own password, see and end the own sessions."""

from __future__ import annotations

import datetime as dt
import html
import re

import streamlit as st

from dashboard.access import accounts, passwords, sessions, signin
from dashboard.access.sessions import Open
from dashboard.errors import DashboardError, UsageError
from dashboard.ui import account, blocks

_BROWSERS = (
    (r"Edg/(\d+)", "Edge"), (r"Firefox/(\d+)", "Firefox"), (r"Chrome/(\d+)", "Chrome"),
    (r"Version/(\d+).* Safari/", "Safari"),
)  # fmt: skip
"""Signs, the more particular first: most browsers also name those that they are like."""

_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def password() -> None:
    """Another password for the one that is typed again; every session ends, this one too."""
    visitor = account.current()
    rule = f"{passwords.SHORTEST} 到 {passwords.LONGEST} 个字符，任何字符都可以，例如一句话。改好后所有登录都会结束。"
    blocks.heading("修改密码", says=rule)
    with st.form("own-password", border=False):
        now = st.text_input("现在的密码", type="password", autocomplete="current-password")
        new = st.text_input("新密码", type="password", autocomplete="new-password")
        again = st.text_input("再输一次新密码", type="password", autocomplete="new-password")
        if st.form_submit_button("修改密码", type="primary"):
            try:
                _change(visitor, now, new, again)
            except DashboardError as error:
                st.error(str(error))


def _change(visitor: accounts.Account, now: str, new: str, again: str) -> None:
    """Raises a DashboardError that says why not; after it the door ends this websocket."""
    if new != again:
        raise UsageError("两次输入的新密码不一样，请重新输入。")
    store = account.desk().store
    signin.confirm(store, visitor, now, account.address())
    accounts.change_password(store, visitor.name, new)


def sessions_list() -> None:
    """Where the account is signed in, each to be ended."""
    store, visit = account.desk().store, account.visit()
    assert visit is not None
    found = sessions.own(store, visit.account)
    rule = f"{int(sessions.IDLE // 60)} 分钟没有操作，或登录满 {int(sessions.ABSOLUTE // 3600)} 小时，登录自动结束。"
    blocks.heading(f"正在使用的登录（{len(found)} 个）", says=rule)
    for one in found:
        is_this = one.handle == visit.handle
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch"):
                st.html(_line(one, is_this))
            if st.button("结束", key=f"end-{one.handle}", type="tertiary", help=f"结束来自 {one.address} 的登录"):
                sessions.end(store, visit.account, one.handle)
                st.rerun()
    if len(found) > 1 and st.button("结束全部登录", key="end-all"):
        sessions.end_all(store, visit.account, visit.account.name)
        st.rerun()


def _line(one: Open, is_this: bool) -> str:
    mark = "本次登录 · " if is_this else ""
    told = f"{mark}{_moment(one.created_at)} 登录，最近操作 {_moment(one.seen_at)}，来自 {one.address}"
    return f'<div>{html.escape(told)}</div><div class="zl-says">{html.escape(browser_name(one.browser))}</div>'


def browser_name(said: str) -> str:
    """A browser and its system by their names, from what it says of itself; more of that tells its owner nothing."""
    browser = next((f"{name} {found[1]}" for sign, name in _BROWSERS if (found := re.search(sign, said))), "其他浏览器")
    system = next((name for sign, name in _SYSTEMS if sign in said), "其他系统")
    return f"{browser}，{system}"


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds).astimezone().strftime("%m-%d %H:%M")
