"""高校院所: the institutions as a league, and as stock against rate."""

from __future__ import annotations

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.charts.institutions import stock_scatter
from dashboard.ui import address, blocks
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.links import to_institution
from dashboard.ui.markup import Look
from dashboard.ui.milestone_rows import narrowed

PAGE = 50
TOP = 10
SORTS = {"gap": "按还差件数", "inventory_rate": "按盘点率", "stock": "按存量", "approved_change": "按本期新增"}
SHOWN = ("institution_name", "city_name", "group", "stock", "inventory_rate", "gap", "approved_change", "status")


@kept
def names(view: View) -> dict[str, str]:
    """The institutions that the account may see, by id."""
    frame = view.ask("inventory_institution").frame
    return dict(zip(frame["institution_id"], frame["institution_name"], strict=True))


@kept
def rows(view: View, group: str | None, city: str | None, words: str) -> pd.DataFrame:
    """Those that meet every filter given."""
    return narrowed(view.ask("inventory_institution").frame, group, city, None, words)


@kept
def told(view: View, group: str | None, city: str | None, words: str) -> str:
    """How many patents are missing, and how few institutions hold most of them."""
    gaps = rows(view, group, city, words)["gap"].dropna().tolist()
    gaps = sorted((gap for gap in gaps if gap > 0), reverse=True)
    if not gaps:
        return "所列单位都已达到当前里程碑。"
    missing, top = wording.value(sum(gaps), "patents"), sum(gaps[:TOP]) / sum(gaps)
    return f"还差 {missing} 件，分布在 {len(gaps)} 家单位，差得最多的 {TOP} 家占 {top:.1%}。"


@kept
def scatter(view: View, group: str | None, city: str | None, words: str) -> Chart:
    """Stock against rate."""
    return stock_scatter(rows(view, group, city, words))


@kept
def league(view: View, group: str | None, city: str | None, words: str, sort: str, number: int) -> Table:
    """A page, from 1, of the league by `sort`, then in the metric's order: by id."""
    definition = view.ask("inventory_institution").definition
    ordered = rows(view, group, city, words).sort_values(sort, ascending=False, kind="stable", na_position="last")
    return blocks.tabulate(
        view, address.cut(ordered, PAGE, number), [definition.column(c) for c in SHOWN], whole=ordered,
        title=f"单位排行（{len(ordered)} 家，属地）",
        look=Look(
            words={"group": {g.code: g.code for g in view.policy.groups}}, bars=frozenset({"inventory_rate"}),
            height=500, links={"institution_name": to_institution(view)},
        ),
    )  # fmt: skip
