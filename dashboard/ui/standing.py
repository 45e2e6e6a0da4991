"""Where the cities stand: ranked by a figure, one beside the province, over the weeks, and by the composite."""

from __future__ import annotations

import pandas as pd

from dashboard import wording
from dashboard.charts import cities as drawings
from dashboard.charts.bars import Target
from dashboard.charts.chart import Chart
from dashboard.charts.trends import bump
from dashboard.ui import blocks, scorecard, states, whose
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
def unchosen(view: View, scope: str) -> tuple[str, str]:
    """The city to look at where none is chosen, and why: the account's own, else the one that ranks last."""
    if own := whose.own_city(view):
        return own, "本市"
    return str(_ranked(view, scope)["city_code"].iloc[-1]), "未选城市，取名次最后者"


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


def behind(view: View, city: str) -> None:
    """The institutions of a city that are short of their milestone, the most first, as far as the account sees them."""
    title = f"{name(view, city)}拖后的单位"
    if whose.is_closed(view, city):
        whose.closed(title)
        return
    made = _behind(view, city, title)
    if made is None:
        blocks.heading(title)
        states.empty(f"{'本单位' if whose.is_own_only(view) else name(view, city)}没有距应完成数的缺口。")
        return
    blocks.table(view, made, "inventory_institution", key="behind")


@kept
def _behind(view: View, city: str, title: str) -> Table | None:
    found = view.ask("inventory_institution")
    short = found.frame[(found.frame["city_code"] == city) & (found.frame["gap"] > 0)]
    if short.empty:
        return None
    short = short.sort_values("gap", ascending=False)
    told = whose.OWN_ONLY if whose.is_own_only(view) else f"{len(short)} 家，差得多的在前"
    return blocks.tabulate(
        view, short.head(LAGGING), [found.definition.column(c) for c in BEHIND], whole=short,
        title=f"{title}（{told}）",
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
