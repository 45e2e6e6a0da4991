"""What a steward may do with accounts; each change asks for the steward's own password again."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.access import accounts, sessions, signin
from dashboard.access.accounts import ROLES, Account
from dashboard.errors import DashboardError, OutOfScope, UsageError
from dashboard.ui import account, address, data

_DONE = "steward-done"


def add() -> None:
    """A form for another account."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done)
    with st.expander("新增账号"), st.form("account-add", border=False):
        name = st.text_input("账号名", autocomplete="off")
        role, city, institution = _place("add")
        password = st.text_input("初始密码", type="password", autocomplete="new-password")
        own = _own_password("add")
        if st.form_submit_button("新增", type="primary"):
            _do(own, f"已新增账号 {name}。", lambda actor: _add(name, role, city, institution, password, actor))


def change(known: Sequence[Account]) -> None:
    """Forms that change one account: state, sessions, role, password."""
    names = [one.name for one in known]
    with st.expander("管理账号", expanded=True):
        name = st.selectbox("账号", names, key="account-chosen", placeholder="请选择")
        actions: dict[str, Callable[[], None]] = {
            "停用或启用": lambda: _state(name),
            "结束登录": lambda: _end(name),
            "改角色": lambda: _role(name),
            "重置密码": lambda: _reset(name),
        }
        chosen = st.segmented_control(
            "操作", list(actions), key="account-action", default="停用或启用", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        with st.form(f"account-change-{chosen}", border=False):
            actions[chosen]()


def _state(name: str) -> None:
    store = account.desk().store
    is_disabled = accounts.find(store, name).is_disabled
    _says("停用后不能登录，正在使用的登录随即结束。")
    own = _own_password("state")
    if st.form_submit_button("启用" if is_disabled else "停用", type="primary"):
        do = accounts.enable if is_disabled else accounts.disable
        _do(own, f"账号 {name} 已{'启用' if is_disabled else '停用'}。", lambda actor: do(store, name, actor))


def _end(name: str) -> None:
    store = account.desk().store
    found = accounts.find(store, name).account
    _says(f"账号 {name} 有 {len(sessions.own(store, found))} 个登录正在使用。")
    own = _own_password("end")
    if st.form_submit_button("结束全部登录", type="primary"):
        _do(own, f"账号 {name} 的登录已全部结束。", lambda actor: sessions.end_all(store, found, actor))


def _role(name: str) -> None:
    store = account.desk().store
    role, city, institution = _place("role")
    own = _own_password("role")
    if st.form_submit_button("改角色", type="primary"):
        _do(
            own, f"账号 {name} 的角色已改为{ROLES[role]}。",
            lambda actor: accounts.set_role(
                store, name, *accounts.placed(role, city, institution, data.plan()), actor
            ),
        )  # fmt: skip


def _reset(name: str) -> None:
    store = account.desk().store
    password = st.text_input("新密码", type="password", autocomplete="new-password")
    own = _own_password("reset")
    if st.form_submit_button("重置密码", type="primary"):
        _do(own, f"账号 {name} 的密码已重置。", lambda actor: accounts.reset(store, name, password, actor))


def _says(text: str) -> None:
    st.html(f'<div class="zl-says">{html.escape(text)}</div>')


def _place(key: str) -> tuple[Any, str | None, str | None]:
    """Role and place as chosen; what the role does not take is left out."""
    role = st.selectbox("角色", list(ROLES), format_func=ROLES.__getitem__, key=f"{key}-role", placeholder="请选择")
    cities = {city.code: city.name for city in data.plan().cities}
    city = st.selectbox(
        "设区市（角色为设区市时）", [address.ALL, *cities], format_func=lambda c: cities.get(c, "不适用"),
        key=f"{key}-city", placeholder="请选择",
    )  # fmt: skip
    institution = st.text_input("单位编码（角色为高校院所时）", key=f"{key}-institution", autocomplete="off")
    return role, city if role == "city" else None, institution if role == "institution" else None


def _own_password(key: str) -> str:
    return st.text_input("您本人的密码", type="password", key=f"{key}-own", autocomplete="current-password")


def _add(name: str, role: str, city: str | None, institution: str | None, password: str, actor: str) -> None:
    known, place = accounts.placed(role, city, institution, data.plan())
    accounts.add(account.desk().store, Account(name, known, place), password, actor)


def _do(own_password: str, told: str, change: Callable[[str], object]) -> None:
    """Make a change after the steward's own password held; says why not if it is refused."""
    try:
        visitor = account.current()
        if visitor.role != "steward":
            raise OutOfScope("只有数据管理员可以管理账号。")
        if not own_password:
            raise UsageError("请输入您本人的密码，以确认是您在操作。")
        signin.confirm(account.desk().store, visitor, own_password, account.address())
        change(visitor.name)
    except DashboardError as error:
        st.error(str(error))
    else:
        st.session_state[_DONE] = told
        st.rerun()
