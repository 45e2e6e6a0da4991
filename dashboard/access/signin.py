"""Sign in: name and password against throttle, account and hash; the answer to every wrong one is the same."""

from __future__ import annotations

import math
import re

from dashboard.access import audit, passwords, sessions, throttle
from dashboard.access.accounts import Account, key_of
from dashboard.access.store import AccessStore, Row
from dashboard.errors import SignInRefused

WRONG = "账号或密码不对，或账号已停用。请核对后重试；忘记密码请联系数据管理员。"

_LONGEST = 1024
"""Characters of a password that are looked at: more is a wrong one."""


def sign_in(store: AccessStore, name: str, password: str, address: str) -> str:
    """Check name and password. Returns a ticket for `sessions.open_with`.

    Names that exist and names that do not go the same way: the same counts, one hash of one cost, the same words.

    Raises:
        SignInRefused: too many attempts, or one of: wrong name, wrong password, disabled account.
    """
    row = _check(store, name, password, address)
    with store.writing() as desk:
        throttle.passed(desk, key_of(name), address)
        return sessions.issue_ticket(desk, row["key"])


def confirm(store: AccessStore, account: Account, password: str, address: str) -> None:
    """Have the owner of a session prove the password again, before a change to the account; throttled likewise.

    Raises:
        SignInRefused: too many attempts, or a wrong password.
    """
    _check(store, account.name, password, address)
    with store.writing() as desk:
        throttle.passed(desk, key_of(account.name), address)


def _check(store: AccessStore, name: str, password: str, address: str) -> Row:
    key = key_of(name)
    with store.writing() as desk:
        wait = throttle.enter(desk, key, address)
        row = desk.row("account", key=key) if re.fullmatch(r"[\w.@-]+", key) else None
    if wait:
        raise SignInRefused(_wait(wait))
    usable = row is not None and not row["is_disabled"] and (not row["is_demo"] or store.admits_demo())
    right = passwords.matches(password[:_LONGEST], row["password"] if row else None)
    if row is None or not usable or not right or len(password) > _LONGEST:
        with store.writing() as desk:
            audit.add(desk, "sign_in_refused", row["name"] if row else audit.NOBODY, address=address)
        raise SignInRefused(WRONG)
    return row


def _wait(seconds: float) -> str:
    whole = math.ceil(seconds)
    told = f"{whole} 秒" if whole < 120 else f"{math.ceil(whole / 60)} 分钟"
    return f"尝试过于频繁，请等 {told}后再试。"
