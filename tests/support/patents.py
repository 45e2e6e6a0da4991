"""Rows of 专利盘点 for tests that need many alike."""

from __future__ import annotations

from typing import Any


def approved(institution: str, day: str, count: int = 1, first: int = 1, **cells: Any) -> list[dict[str, Any]]:
    """`count` patents of an institution approved on a day, numbered from `first`."""
    return unapproved(institution, count, first, review_status="已通过", approved_on=day, **cells)


def unapproved(institution: str, count: int = 1, first: int = 1, **cells: Any) -> list[dict[str, Any]]:
    """`count` patents of an institution, not approved unless `cells` say so, numbered from `first`."""
    return [
        {"patent_no": f"{institution}-{number}", "institution_id": institution, **cells}
        for number in range(first, first + count)
    ]
