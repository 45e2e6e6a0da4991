"""What to follow up, worst first and short enough for a list beside a chart: made from the metric `attention`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import wording

STATUS_OF: Mapping[str, str] = {"behind_milestone": "missed", "approved_drop": "missed"}


@dataclass(frozen=True)
class FollowUp:
    """One thing to follow up: how severe (3 worst), of which kind, who, how much in short, and in a full sentence."""

    severity: int
    kind: str
    city_code: str
    institution_id: str | None
    who: str
    short: str
    message: str

    @property
    def sign(self) -> str:
        """The symbol of its severity; the words beside it say the same."""
        return {3: "▲", 2: "◆"}.get(self.severity, "·")

    @property
    def line(self) -> str:
        return f"{wording.ATTENTION[self.kind]}　{self.who}　{self.short}"


def follow_ups(attention: pd.DataFrame, names: Mapping[str, str], cities: Mapping[str, str]) -> list[FollowUp]:
    """All findings, worst first: by severity, then by how far they are off within a kind.

    Args:
        attention: the metric's rows.
        names: institutions by id; cities: by code.
    """
    found = [(_weight(row), _follow_up(row, names, cities)) for row in attention.to_dict("records")]
    found.sort(key=lambda pair: (-pair[1].severity, -pair[0]))
    return [item for _, item in found]


def digest(items: list[FollowUp], rows: int) -> list[FollowUp]:
    """At most `rows` of them, worst first, but at least one of each kind that fits."""
    kinds = list(dict.fromkeys(item.kind for item in items))
    first = [next(item for item in items if item.kind == kind) for kind in kinds][:rows]
    rest = [item for item in items if item not in first][: rows - len(first)]
    chosen = {id(item) for item in first + rest}
    return [item for item in items if id(item) in chosen]


def counts(items: list[FollowUp]) -> dict[str, int]:
    """How many findings there are of each kind, in the order of the items."""
    found: dict[str, int] = {}
    for item in items:
        found[item.kind] = found.get(item.kind, 0) + 1
    return found


def _follow_up(row: Mapping[Any, Any], names: Mapping[str, str], cities: Mapping[str, str]) -> FollowUp:
    institution = None if wording.is_null(row["institution_id"]) else str(row["institution_id"])
    who = names.get(institution, institution) if institution else cities[str(row["city_code"])]
    return FollowUp(
        int(row["severity"]),
        str(row["kind"]),
        str(row["city_code"]),
        institution,
        who,
        _short(row),
        str(row["message"]),
    )


def _weight(row: Mapping[Any, Any]) -> float:
    """How far a finding is off its threshold, comparable within a kind only."""
    if wording.is_null(row["value"]):
        return float("inf")
    return abs(float(row["value"]) - float(row["threshold"]))


def _short(row: Mapping[Any, Any]) -> str:
    value, threshold = row["value"], row["threshold"]
    match row["kind"]:
        case "behind_milestone":
            return f"差 {wording.value(threshold - value, 'patents', with_unit=True)}"
        case "approved_drop":
            return wording.change(value, "patents")
        case "no_recent_approval":
            return "从未入库" if wording.is_null(value) else f"{wording.value(value, 'days', with_unit=True)}无入库"
        case "event_pace":
            return f"{wording.value(value, 'events')} 场，应 {wording.value(threshold, 'events', with_unit=True)}"
        case "unreported":
            return (
                f"{wording.value(value, 'times', with_unit=True)}超 {wording.value(threshold, 'days', with_unit=True)}"
            )
        case "bulk_approval":
            return f"单日 {wording.value(value, 'rate')}"
        case _:
            return wording.value(value, "contracts", with_unit=True)
