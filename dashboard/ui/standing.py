"""Where the cities stand: ranked by a figure, one beside the province, over the weeks, and by the composite."""

from __future__ import annotations

import pandas as pd

from dashboard import wording
from dashboard.charts import cities as drawings
from dashboard.charts.bars import Target
from dashboard.charts.chart import Chart
from dashboard.charts.trends import bump
from dashboard.ui import blocks, scorecard
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.figures import first
from dashboard.ui.links import to_city, to_institution
from dashboard.ui.markup import Look

RANKED = ("rank", "rank_change", "city_name", "inventory_rate", "change_pp", "lead_pp", "status",
          "institutions_missed", "stock")  # fmt: skip
BEHIND = ("institution_name", "stock", "inventory_rate", "gap", "status")
LAGGING = 8


def name(view: View, city: str) -> str:
    return {c.code: c.name for c in view.policy.cities}[city]


@kept
def bars(view: View, scope: str, measure: str) -> Chart:
    """The cities by one figure; the rate with what is due."""
    cities = view.ask("inventory_city", scope=scope)
    column = cities.definition.column(measure)
    due = first(view.ask("inventory_province", scope=scope))["required_rate"]
    target = Target("应达", due) if measure == "inventory_rate" else None
    return drawings.city_bars(
        cities.frame, title=f"各市{column.label}", value=measure, unit=column.unit, target=target
    )  # fmt: skip


@kept
def last(view: View, scope: str) -> str:
    """The city that ranks last: the one to look at where none is chosen."""
    return str(_ranked(view, scope)["city_code"].iloc[-1])


@kept
def ranking(view: View, scope: str, city: str) -> Table:
    """The cities by their rate, `city` standing out."""
    definition = view.ask("inventory_city", scope=scope).definition
    look = Look(
        bars=frozenset({"inventory_rate"}), stress=lambda row: row["city_code"] == city,
        links={"city_name": to_city(view, scope)},
    )  # fmt: skip
    return blocks.tabulate(
        view, _ranked(view, scope), [definition.column(c) for c in RANKED], look=look,
        title=f"各市盘点率排名（{wording.SCOPES[scope]}）", says="点市名看它与全省的对照；名次变化为较上期。",
    )  # fmt: skip


def _ranked(view: View, scope: str) -> pd.DataFrame:
    frame = view.ask("inventory_city", scope=scope).frame
    return frame.sort_values(["rank", "city_code"], na_position="last")


@kept
def card(view: View, city: str, scope: str, year: int) -> Chart:
    """One city beside the province."""
    rows = scorecard.scorecard_rows(view, city, scope, year)
    return drawings.scorecard(rows, city=name(view, city), province=view.policy.province.short_name)


@kept
def behind(view: View, city: str) -> Table:
    """The institutions of a city that are short of their milestone, the most first."""
    found = view.ask("inventory_institution")
    short = found.frame[(found.frame["city_code"] == city) & (found.frame["gap"] > 0)]
    short = short.sort_values("gap", ascending=False)
    return blocks.tabulate(
        view, short.head(LAGGING), [found.definition.column(c) for c in BEHIND], whole=short,
        title=f"{name(view, city)}拖后的单位（{len(short)} 家，差得多的在前）",
        look=Look(
            bars=frozenset({"inventory_rate"}), height=190, links={"institution_name": to_institution(view)}
        ),
    )  # fmt: skip


@kept
def paths(view: View, scope: str, city: str) -> Chart:
    """The cities' ranks over the weeks."""
    weeks = [v.ask("inventory_city", scope=scope).frame.assign(as_of=pd.Timestamp(v.as_of)) for v in view.earlier()]
    return bump(pd.concat(weeks), title="盘点率名次变化", highlight=name(view, city))


@kept
def scores(view: View, scope: str, year: int, city: str, weights: tuple[tuple[str, float], ...]) -> Chart:
    """The composite with its parts, by weights that can be moved."""
    given = dict(weights)
    found = view.ask("ranking_city", scope=scope, year=year, **{f"weight_{part}": w for part, w in given.items()})
    return drawings.composite(found.frame, weights=given, highlight=name(view, city))
