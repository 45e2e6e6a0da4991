"""Ways from a row to the page where more of it can be seen, with the same snapshot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.ui import markup
from dashboard.ui.data import View

To = Callable[[Mapping[str, Any]], str]


def to_institution(view: View) -> To:
    """To the profile of the row's institution."""
    return lambda row: markup.address("institutions", snapshot=str(view.as_of), institution=row["institution_id"])


def to_city(view: View, scope: str) -> To:
    """To the scorecard of the row's city."""
    return lambda row: markup.address("cities", snapshot=str(view.as_of), scope=scope, city=row["city_code"])
