"""What a row counts as, and how a patent number counts in a set of institutions (metrics.md, Terms)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from tests.oracle.plan import Plan
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Institution, Patent

Row = dict[str, Any]
Key = TypeVar("Key", bound=Hashable)
_LAST = date.max


def is_stock(row: Patent, plan: Plan) -> bool:
    lives = row.legal_status == "有效" or (row.lapsed_on is not None and row.lapsed_on > plan.baseline)
    return row.granted_on <= plan.baseline and not row.converted_before and lives


def is_increment(row: Patent, plan: Plan) -> bool:
    return row.granted_on > plan.baseline


def is_approved(row: Patent) -> bool:
    return row.review_status == "已通过"


def is_recorded(row: Patent) -> bool:
    return row.recorded_on is not None or is_approved(row)


def is_listed(row: Patent) -> bool:
    return is_approved(row) and row.listed_on is not None


def is_implemented(row: Patent) -> bool:
    return row.implementation in {"自行实施", "许可", "转让", "作价入股"}


@dataclass(frozen=True)
class Number:
    """A patent number within a set: the rows there that make it count (its stock rows, say)."""

    patent_no: str
    rows: tuple[Patent, ...]

    @property
    def recorded(self) -> bool:
        return any(is_recorded(r) for r in self.rows)

    @property
    def approved(self) -> bool:
        return any(is_approved(r) for r in self.rows)

    @property
    def listed(self) -> bool:
        return any(is_listed(r) for r in self.rows)

    @property
    def implemented(self) -> bool:
        return any(is_implemented(r) for r in self.rows)

    @property
    def industrialised(self) -> bool:
        return any(r.industrialised is True for r in self.rows)

    @property
    def approved_on(self) -> date | None:
        """The earliest approval among its rows."""
        return min((r.approved_on for r in self.rows if is_approved(r) and r.approved_on), default=None)

    @property
    def representative(self) -> Patent:
        """The one row that lends its other attributes."""
        return min(self.rows, key=_precedence)


def _precedence(row: Patent) -> tuple[int, date, str]:
    if is_listed(row):
        stage, on = 0, row.listed_on
    elif is_approved(row):
        stage, on = 1, row.approved_on
    elif is_recorded(row):
        stage, on = 2, row.recorded_on
    else:
        stage, on = 3, None
    return stage, on or _LAST, row.institution_id


def numbers(rows: Iterable[Patent]) -> list[Number]:
    """The rows by patent number, each number once."""
    return [Number(no, tuple(rows)) for no, rows in group_by(rows, lambda r: r.patent_no).items()]


def stock(now: Snapshot, institutions: Iterable[Institution]) -> list[Number]:
    return numbers(r for r in now.rows_of(institutions) if is_stock(r, now.plan))


def increment(now: Snapshot, institutions: Iterable[Institution]) -> list[Number]:
    return numbers(r for r in now.rows_of(institutions) if is_increment(r, now.plan))


def approval_days(counted: Iterable[Number]) -> list[date]:
    """The days on which these numbers were approved, in order, one per approved number."""
    return sorted(n.approved_on for n in counted if n.approved_on is not None)


def group_by(items: Iterable[Any], key: Callable[[Any], Key]) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return dict(found)


def ratio(part: Fraction | int | None, whole: Fraction | int | None) -> Fraction | None:
    """part / whole; null with nothing below."""
    return Fraction(part) / whole if part is not None and whole else None


def minus(now: Any, before: Any) -> Any:
    return None if now is None or before is None else now - before


def points(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """The difference of two rates in percentage points."""
    return None if now is None or before is None else (now - before) * 100


def add_ranks(rows: list[Row], by: str, into: str = "rank") -> None:
    """Competition ranks (1, 2, 2, 4), highest first, of values rounded to 9 decimals; null has none."""
    rounded = [None if r[by] is None else round(Fraction(r[by]), 9) for r in rows]
    known = [v for v in rounded if v is not None]
    for row, value in zip(rows, rounded, strict=True):
        row[into] = None if value is None else 1 + sum(other > value for other in known)


def by_key(rows: Iterable[Row], *keys: str) -> Mapping[tuple[Any, ...], Row]:
    return {tuple(r[k] for k in keys): r for r in rows}


def add_nulls(row: Row, *names: str) -> None:
    row.update(dict.fromkeys(names))
