"""Accounts: who there is, in which role, and what that role may see."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dashboard.access import audit, passwords
from dashboard.access.audit import Action
from dashboard.access.store import AccessStore, Desk, Row
from dashboard.errors import UsageError
from dashboard.policy import Policy
from dashboard.scope import PROVINCE, Role, Scope

ROLES: dict[Role, str] = {
    "province": "省工作专班",
    "steward": "数据管理员",
    "city": "设区市",
    "institution": "高校院所",
}
"""The Chinese word of each role."""

_NAME = re.compile(r"[\w.@-]{2,40}")


@dataclass(frozen=True)
class Account:
    """`key` is the city's code or the institution's id; the province's accounts have none."""

    name: str
    role: Role
    key: str | None = None


@dataclass(frozen=True)
class Record:
    """An account as the list shows it. Moments are seconds since 1970."""

    account: Account
    is_disabled: bool
    is_demo: bool
    created_at: float
    password_at: float
    signed_in_at: float | None


def scope_of(account: Account) -> Scope:
    """What `account` may see: the only way from an account to a scope."""
    return PROVINCE if account.role == "province" else Scope(account.role, account.key)


def placed(role: str, city: str | None, institution: str | None, policy: Policy) -> tuple[Role, str | None]:
    """A role with its place, checked: role city takes a city of the plan (code, name or short name), institution an id.

    Raises:
        UsageError: an unknown role or city, a place that is missing, or one that the role does not take.
    """
    if role not in ROLES:
        raise UsageError(f"没有角色 {role}，可用的有：{'、'.join(ROLES)}。")
    known: Role = role
    if (city is not None and known != "city") or (institution is not None and known != "institution"):
        raise UsageError(f"角色 {known}（{ROLES[known]}）不带这个范围：city 用 --city，institution 用 --institution。")
    if known == "city":
        return known, _city(city, policy)
    if known == "institution":
        if not (institution and institution.strip()):
            raise UsageError("角色 institution 要用 --institution 给出单位编码。")
        return known, institution.strip()
    return known, None


def add(store: AccessStore, account: Account, password: str, actor: str, is_demo: bool = False) -> None:
    """Add an account.

    Raises:
        UsageError: a name that is taken or not of the form, or a password that may not be chosen.
    """
    key = _accepted(account.name)
    passwords.accept(password, _about(account.name))
    kept = passwords.hashed(password)
    with store.writing() as desk:
        if desk.row("account", key=key):
            raise UsageError(f"账号 {account.name} 已经有了，请换一个名字；改角色用 user role，重置密码用 user reset。")
        desk.do(
            "account_add", key=key, name=_plain(account.name), role=account.role, place=account.key, password=kept,
            is_demo=is_demo, now=desk.now,
        )  # fmt: skip
        audit.add(desk, "account_added", actor, account.name, role=account.role, place=account.key)


def all_of(store: AccessStore) -> list[Record]:
    """Every account, by role and name."""
    with store.reading() as desk:
        return [_record(row) for row in desk.rows("accounts")]


def find(store: AccessStore, name: str) -> Record:
    """One account.

    Raises:
        UsageError: there is none of that name.
    """
    with store.reading() as desk:
        return _record(row_of(desk, name))


def set_role(store: AccessStore, name: str, role: Role, place: str | None, actor: str) -> None:
    """Give an account another role or place (see `placed`); its sessions end.

    Raises:
        UsageError: no such account.
    """
    with store.writing() as desk:
        row = row_of(desk, name)
        desk.do("account_role", key=row["key"], role=role, place=place)
        _end_all(desk, row["key"])
        audit.add(desk, "role_changed", actor, row["name"], role=role, place=place, before=row["role"])


def disable(store: AccessStore, name: str, actor: str) -> None:
    """Bar an account from signing in; its sessions end.

    Raises:
        UsageError: no such account.
    """
    _set_disabled(store, name, True, "disabled", actor)


def enable(store: AccessStore, name: str, actor: str) -> None:
    """Let an account sign in again.

    Raises:
        UsageError: no such account.
    """
    _set_disabled(store, name, False, "enabled", actor)


def reset(store: AccessStore, name: str, password: str, actor: str) -> None:
    """Give an account another password; its sessions end.

    Raises:
        UsageError: no such account, or a password that may not be chosen.
    """
    find(store, name)
    _set_password(store, name, password, "password_reset", actor)


def change_password(store: AccessStore, name: str, password: str) -> None:
    """The owner's own change, after `signin.confirm`; all sessions end, this one too.

    Raises:
        UsageError: a password that may not be chosen.
    """
    _set_password(store, name, password, "password_changed", name)


def key_of(name: str) -> str:
    """A name as accounts are told apart by: width and letter case make no difference."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def account_of(row: Row) -> Account:
    return Account(row["name"], row["role"], row["place"])


def row_of(desk: Desk, name: str) -> Row:
    """An account's row.

    Raises:
        UsageError: there is none of that name.
    """
    row = desk.row("account", key=key_of(name))
    if row is None:
        raise UsageError(f"没有账号 {name}，用 user list 查看已有的账号。")
    return row


def _accepted(name: str) -> str:
    if not _NAME.fullmatch(_plain(name)):
        raise UsageError("账号名应当是 2 到 40 个汉字、字母、数字或 . _ - @，不含空格和其他符号。")
    return key_of(name)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def _about(name: str) -> list[str]:
    """The words of an account that its password must not hold: the name, and what stands before its `@`."""
    return [key_of(name), key_of(name).partition("@")[0]]


def _city(city: str | None, policy: Policy) -> str:
    for known in policy.cities:
        if city and city.strip() in (known.code, known.name, known.short_name):
            return known.code
    names = "、".join(known.short_name for known in policy.cities)
    raise UsageError(f"角色 city 要用 --city 给出方案里的设区市（{names}），{city or '空'} 不是。")


def _set_disabled(store: AccessStore, name: str, is_disabled: bool, action: Action, actor: str) -> None:
    with store.writing() as desk:
        row = row_of(desk, name)
        desk.do("account_disable", key=row["key"], is_disabled=is_disabled)
        _end_all(desk, row["key"])
        audit.add(desk, action, actor, row["name"])


def _set_password(store: AccessStore, name: str, password: str, action: Action, actor: str) -> None:
    passwords.accept(password, _about(name))
    kept = passwords.hashed(password)
    with store.writing() as desk:
        row = row_of(desk, name)
        desk.do("account_password", key=row["key"], password=kept, now=desk.now)
        _end_all(desk, row["key"])
        audit.add(desk, action, actor, row["name"])


def _end_all(desk: Desk, key: str) -> None:
    """End whatever the account has open, in every tab, and what it could open one with."""
    desk.do("sessions_end_of", account=key)
    desk.do("tickets_drop_of", account=key)


def _record(row: Row) -> Record:
    return Record(
        account_of(row), bool(row["is_disabled"]), bool(row["is_demo"]), row["created_at"], row["password_at"],
        row["signed_in_at"],
    )  # fmt: skip
