"""What an account may read rows of, as a database of its own: outside it there is nothing to be read.

A view would not hold, since the table behind it can still be named. So the account's rows are copied once for each
(snapshot, its pair, scope) into one immutable file that row queries have attached instead of the snapshot. A table that
no rule names is there without rows.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb

from dashboard import queries
from dashboard.errors import OutOfScope
from dashboard.places import QUERIES
from dashboard.scope import Scope
from dashboard.snapshots import engine, sealed
from dashboard.snapshots.catalogue import Entry, Store, sync_file
from dashboard.snapshots.draft import Draft

Rule = Literal[
    "everyone", "institution", "patent", "enterprise", "portfolio", "set", "own_set", "case", "city", "change", "nobody"
]

KEPT = 256
"""Slices on disk; those not used for longest go first. They are made again when asked for."""

_RULES: Mapping[Rule, str] = {
    "everyone": """
        plan plan_cities plan_groups plan_obligations plan_enterprise_groups plan_enterprise_categories
        plan_enterprise_obligations plan_terms presence manifest
        assessment_cities evaluation_days evaluation_duties evaluation_fields evaluation_sets event_pace event_years
        field_counts filing_flows filing_months increment_cities increment_months portfolio_members route_sets
        star_counts
        change_city previous_plan previous_presence previous_evaluation_sets previous_event_years
    """,
    "institution": """
        institutions patents filings assessments rejects warnings
        patent_rows library_rows filing_rows need_rows institution_groups institution_sets institution_milestones
        institution_forecasts institution_alerts institution_profiles
    """,
    "patent": "evaluations products pilots evaluation_rows patent_outcomes",
    "enterprise": "enterprises experts enterprise_groups",
    "portfolio": "portfolios",
    "set": """
        approval_days conversion_sets filing_backlog filing_sets inventory_sets stock_sets
        previous_conversion_sets previous_filing_sets previous_inventory_sets
    """,
    "own_set": "joint_stock_sets",
    "case": "cases",
    "city": "events",
    "change": "change_patents",
    # joint_stock holds the attributes of a representative row, which may be another institution's.
    "nobody": "joint_stock files notes",
}

RULE_OF: Mapping[str, Rule] = {table: rule for rule, names in _RULES.items() for table in names.split()}
"""How each table of a snapshot and of its pair is cut."""

_FIGURES = """
    institution_groups institution_sets institution_milestones institution_forecasts institution_alerts
    institution_profiles
"""

ROWS = frozenset(
    table for table, rule in RULE_OF.items() if rule not in ("everyone", "set") and table not in _FIGURES.split()
)
"""Tables that hold rows, not figures of institutions, cities or the province."""

_OWN = ("own_institutions", "own_patents", "own_enterprises", "own_portfolios")


def ensure(store: Store, entry: Entry, pair: Path, scope: Scope) -> Path:
    """The slice of a snapshot (and its pair file) for an account that does not see all; made now if it is not there
    or damaged.

    Raises:
        OutOfScope: the scope names no city or institution.
    """
    if scope.sees_all or not scope.key:
        raise OutOfScope("这个账号没有可查看的设区市或单位，请联系数据管理员核对账号。")
    plain = _path(store, pair, scope)
    final = sealed.found(plain)
    if final is None:
        store.check(entry)
        with Draft(store) as draft:
            _build(draft, store.path(entry), pair, scope)
            sync_file(draft.path)
            with store.lock():  # the first of several wins
                final = sealed.found(plain) or sealed.seal(draft.path, plain)
        _make_room(final)
    with suppress(FileNotFoundError):
        os.utime(final, ns=(time.time_ns(), final.stat().st_mtime_ns))  # used now, and not changed
    return final


def _path(store: Store, pair: Path, scope: Scope) -> Path:
    """Named by what it was made from: both snapshots, the scope, and the rules in force."""
    account = hashlib.sha256(f"{scope.role}\n{scope.key}\n{_version()}".encode()).hexdigest()[:24]
    return store.folder / "slices" / f"{pair.stem}__{account}.duckdb"


@cache
def _version() -> str:
    """A digest of the rules: with other rules, other slices."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((QUERIES / "slices").glob("*")))
    return hashlib.sha256((repr(sorted(RULE_OF.items())) + text).encode()).hexdigest()


def _build(draft: Draft, snapshot: Path, pair: Path, scope: Scope) -> None:
    account = {"role": scope.role, "key": scope.key}
    with engine.connect(spill=draft.folder) as connection:
        engine.attach(connection, snapshot, "snapshot")
        engine.attach(connection, pair, "pair")
        engine.attach_new(connection, draft.path, "slice")
        for name in _OWN:
            _execute(connection, f'create temp table "{name}" as {queries.text("slices", name)}', account)
        for database in ("snapshot", "pair"):
            for (table,) in connection.execute(queries.text("checks", "_tables"), {"database": database}).fetchall():
                rule = RULE_OF.get(table, "nobody")
                text = queries.text("slices", "_table", table=table, database=database, rule=rule)
                _execute(connection, text, account)
        connection.execute("checkpoint slice")


def _execute(connection: duckdb.DuckDBPyConnection, statement: str, account: Mapping[str, str | None]) -> None:
    """Run a statement with those of the account's values that it names: the engine refuses others."""
    named = {name: value for name, value in account.items() if f"${name}" in statement}
    connection.execute(statement, named or None)


def _make_room(newest: Path) -> None:
    """Keep the slices used last. Whoever has one open keeps reading it."""
    found = sorted(newest.parent.glob("*.duckdb"), key=_used, reverse=True)
    for path in found[KEPT:]:
        path.unlink(missing_ok=True)


def _used(path: Path) -> int:
    try:
        return path.stat().st_atime_ns
    except FileNotFoundError:
        return 0
