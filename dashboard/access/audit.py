"""The audit trail: entries are added, never changed, and each carries the digest of the one before it.

What may be written: who, what, on what, and the circumstances that matter. Never a password, never what was typed as
the name of an account that does not exist (people type passwords there), never rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.access.store import AccessStore, Desk, Row
from dashboard.places import Places
from dashboard.snapshots.catalogue import Store
from dashboard.snapshots.publish import publisher

Action = Literal[
    "sign_in", "sign_in_refused", "sign_out", "refused", "export", "publish",
    "account_added", "role_changed", "disabled", "enabled", "password_reset", "password_changed", "sessions_ended",
]  # fmt: skip

ACTIONS: dict[str, str] = {
    "sign_in": "登录",
    "sign_in_refused": "登录失败",
    "sign_out": "退出",
    "refused": "拒绝查看",
    "export": "导出",
    "publish": "发布快照",
    "account_added": "新增账号",
    "role_changed": "变更角色",
    "disabled": "停用账号",
    "enabled": "启用账号",
    "password_reset": "重置密码",
    "password_changed": "修改密码",
    "sessions_ended": "结束会话",
}
"""The Chinese word of each action."""

NOBODY = "—"
"""The actor of what someone did without an account."""

_ORIGIN = "0" * 64
_LONGEST = 500


@dataclass(frozen=True)
class Line:
    """One entry. `at` is ISO 8601 in UTC; `details` a flat mapping of circumstances."""

    position: int
    at: str
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    digest: str


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many entries hold, the last digest, and the first fault in a sentence."""

    count: int
    digest: str
    fault: str | None = None


def add(desk: Desk, action: Action, actor: str, subject: str = "", **details: Any) -> None:
    """Add an entry within a transaction that is writing: it stands or falls with what it tells of."""
    last = desk.row("audit_last")
    used = desk.row("audit_highest")
    entry: Row = {
        "position": (used["seq"] if used else 0) + 1,
        "at": dt.datetime.fromtimestamp(desk.now, dt.UTC).isoformat(timespec="milliseconds"),
        "actor": _short(actor),
        "action": action,
        "subject": _short(subject),
        "details": json.dumps(
            {name: _short(value) for name, value in details.items() if value is not None},
            ensure_ascii=False,
            sort_keys=True,
        ),
        "previous": last["digest"] if last else _ORIGIN,
    }
    desk.do("audit_add", **entry, digest=_digest(entry))


def record(store: AccessStore, action: Action, actor: str, subject: str = "", **details: Any) -> None:
    """Add an entry of its own."""
    with store.writing() as desk:
        add(desk, action, actor, subject, **details)


def export(
    store: AccessStore, actor: str, what: str, snapshot: str, content: bytes, file: str, address: str | None = None
) -> None:
    """Add an entry about a file that `actor` took: what it is of, from which snapshot, and its sha256."""
    sha256 = hashlib.sha256(content).hexdigest()
    record(store, "export", actor, what, snapshot=snapshot, file=file, sha256=sha256, address=address)


def newest(store: AccessStore, count: int = 100, skip: int = 0, action: str | None = None) -> list[Line]:
    """Entries, the newest first; of one action if given."""
    with store.reading() as desk:
        return [_line(row) for row in desk.rows("audit_newest", count=count, skip=skip, action=action)]


def count(store: AccessStore, action: str | None = None) -> int:
    """How many entries there are; of one action if given."""
    with store.reading() as desk:
        row = desk.row("audit_count", action=action)
    return int(row["entries"]) if row else 0


def verify(store: AccessStore) -> Verdict:
    """Compute the whole chain again.

    An entry changed, taken out of the middle, or taken off the end shows; whoever can write the file could make a whole
    new chain, so note count and digest elsewhere now and then.
    """
    with store.reading() as desk:
        return _verify(desk.rows("audit_all"), desk.row("audit_highest"))


def _verify(rows: list[Row], used: Row | None) -> Verdict:
    digest, count = _ORIGIN, 0
    for row in rows:
        if row["position"] != count + 1:
            return Verdict(count, digest, f"第 {count + 1} 条审计记录缺失。")
        if row["previous"] != digest:
            return Verdict(count, digest, f"第 {count + 1} 条审计记录与前一条接不上。")
        if row["digest"] != _digest({name: value for name, value in row.items() if name != "digest"}):
            return Verdict(count, digest, f"第 {count + 1} 条审计记录被改动过。")
        digest, count = row["digest"], count + 1
    if used and used["seq"] != count:
        return Verdict(count, digest, f"末尾缺少 {used['seq'] - count} 条审计记录。")
    return Verdict(count, digest)


def lines(store: AccessStore) -> Iterator[Line]:
    """All entries, in order."""
    with store.reading() as desk:
        rows = desk.rows("audit_all")
    return map(_line, rows)


def _line(row: Row) -> Line:
    kept = ("position", "at", "actor", "action", "subject", "digest")
    return Line(details=json.loads(row["details"]), **{name: row[name] for name in kept})


def _digest(entry: Row) -> str:
    names = ("position", "at", "actor", "action", "subject", "details", "previous")
    text = json.dumps([entry[name] for name in names], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _short(value: Any) -> Any:
    return value[:_LONGEST].encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def published(places: Places) -> None:
    """Note every listed snapshot that the trail does not name: the one just published, and any whose process ended
    before it could be noted.

    Raises:
        SetupError: the trail cannot be written.
    """
    catalogue = Store(places).catalogue()
    entries = (*catalogue.snapshots, *(replaced.entry for replaced in catalogue.replaced))
    with AccessStore(places).writing() as desk:
        noted = {row["subject"] for row in desk.rows("audit_newest", count=-1, skip=0, action="publish")}
        for entry in sorted(entries, key=lambda entry: entry.published_at):
            if entry.id not in noted:
                facts = {"sha256": entry.sha256, "rows": entry.rows, "is_demo": entry.is_demo}
                add(desk, "publish", f"os:{entry.publisher}", entry.id, **facts)


def actor() -> str:
    """Who works at the command line, as the audit trail names them."""
    return f"os:{publisher()}"
