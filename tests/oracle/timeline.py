"""A story told once and cut at any date: what an export folder of that day would have held, in cleaned form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from tests.oracle.tables import Evaluation, Filing, Patent, Pilot, Portfolio

Record = TypeVar("Record")

_HAPPENED = {
    "evaluations": "pushed_on", "experts": "joined_on", "events": "held_on", "products": "registered_on",
    "assessments": "month", "pilots": "started_on", "cases": "submitted_on", "patents": "granted_on",
}  # fmt: skip


def as_known(tables: Mapping[str, list[Any]], as_of: date) -> dict[str, list[Any]]:
    """The tables as of a date: rows that had not happened left out, stages not yet reached taken back."""
    return {
        name: [_undo(r, as_of) for r in rows if name not in _HAPPENED or getattr(r, _HAPPENED[name]) <= as_of]
        for name, rows in tables.items()
    }


def _undo(record: Any, as_of: date) -> Any:
    match record:
        case Patent():
            return _patent(record, as_of)
        case Evaluation() if _later(record.evaluated_on, as_of):
            return replace(record, evaluated_on=None, score=None)
        case Filing():
            return _clear(_clear(record, as_of, "registered_on", "reported_on"), as_of, "reported_on")
        case Portfolio():
            return _clear(record, as_of, "formed_on")
        case Pilot():
            return _clear(record, as_of, "finished_on")
        case _:
            return record


def _patent(row: Patent, as_of: date) -> Patent:
    if _later(row.lapsed_on, as_of):
        row = replace(row, lapsed_on=None, legal_status="有效")
    row = _clear(_clear(row, as_of, "recorded_on"), as_of, "listed_on")
    if _later(row.approved_on, as_of):
        stage = {"已通过": "待校审" if row.recorded_on else "未建档"}.get(row.review_status, row.review_status)
        row = replace(row, approved_on=None, listed_on=None, review_status=stage)
    return row


def _clear(record: Record, as_of: date, name: str, *others: str) -> Record:
    if not _later(getattr(record, name), as_of):
        return record
    return replace(record, **dict.fromkeys((name, *others)))  # type: ignore[type-var]


def _later(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of
