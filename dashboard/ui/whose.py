"""Whose city a page looks at, and whether the account may see what stands behind its figures.

Figures of all cities are everyone's; rows of institutions and patents are not. Where they are not the account's, a page
says so: a list of none would read as a figure.
"""

from __future__ import annotations

from dashboard.ui import blocks, states
from dashboard.ui.data import View, kept

OWN_ONLY = "只列本单位"
CLOSED = ("其他市的单位和专利不在本账号的查看范围内，各市的数字见地市排名等页。", "要看明细，请改选本市。")


@kept
def own_city(view: View) -> str | None:
    """The code of the city that the account belongs to; None for one of the province."""
    if view.scope.role != "institution":
        return view.scope.key
    mine = view.ask("inventory_institution").frame["city_code"]
    return None if mine.empty else str(mine.iloc[0])


def is_closed(view: View, city: str) -> bool:
    """Whether nothing of the institutions of a city is the account's to see."""
    return not view.scope.sees_all and own_city(view) != city


def is_own_only(view: View) -> bool:
    """Whether the account sees one institution, and not its city's others."""
    return view.scope.role == "institution"


def closed(title: str) -> None:
    """What stands in the place of a list that is not the account's."""
    blocks.heading(title)
    states.empty(*CLOSED)


def none(view: View, city: str | None, what: str, do: str = "") -> None:
    """Say why a list has no rows: there are none (`what`, and what to `do`), or the city's are not the account's."""
    states.empty(*(CLOSED if city and is_closed(view, city) else (what, do)))
