"""What changed since the snapshot before, city by city in parts that add up, and the patents behind each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.ui import address, blocks, standing, states, whose
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.markup import Look
from dashboard.ui.markup import address as link_to

PARTS = {
    "newly_approved": "新增入库",
    "withdrawn": "撤回",
    "entered": "新进存量",
    "left": "退出存量",
    "moved_in": "移入",
    "moved_out": "移出",
}
_COLUMNS = (
    "city_name",
    "net_approved",
    "newly_approved",
    "withdrawn",
    "approved_entered",
    "approved_left",
    "approved_moved_in",
    "approved_moved_out",
    "net_stock",
    "stock_entered",
    "stock_left",
    "stock_moved_in",
    "stock_moved_out",
)
_PART_OF = {
    "newly_approved": "newly_approved",
    "withdrawn": "withdrawn",
    "approved_entered": "entered",
    "approved_left": "left",
    "approved_moved_in": "moved_in",
    "approved_moved_out": "moved_out",
    "stock_entered": "entered",
    "stock_left": "left",
    "stock_moved_in": "moved_in",
    "stock_moved_out": "moved_out",
}
_SHOWN = ("part", "patent_no", "title", "institution_name", "is_approved")
PAGE = 20


def parts(view: View) -> None:
    """The table of change_city; each number leads to its patents. Says so when there is nothing to compare with."""
    if view.previous is None:
        states.empty("没有更早的快照可比，导入下一周后这里给出变动的构成。")
        return
    blocks.table(view, _parts(view), "change_city", key="change")


@kept
def _parts(view: View) -> Table:
    assert view.previous
    found = view.ask("change_city")
    return blocks.tabulate(
        view, found.frame, [found.definition.column(c) for c in _COLUMNS],
        look=Look(links={column: _to(view, part, column) for column, part in _PART_OF.items()}),
        title=f"较 {view.previous.date} 变动的构成",
        says="盘点入库净变动 = 新增入库 − 撤回 + 新进 − 退出 + 移入 − 移出（已入库的）；点数字看背后的专利。",
    )  # fmt: skip


def patents(view: View, city: str) -> None:
    """The patents behind the parts of one city, of one part if the address names it, a page at a time."""
    if view.previous is None:
        return
    title = f"{standing.name(view, city)}有变动的专利"
    if whose.is_closed(view, city):
        whose.closed(title)
        return
    chosen = address.read("part", list(PARTS), address.ALL)
    part = None if chosen == address.ALL else chosen
    _, hits = view.page("changed_patents", PAGE, 1, city=city, part=part)
    if not hits:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            blocks.heading(title)
            _choose_part()
        own = "本单位" if whose.is_own_only(view) else standing.name(view, city)
        states.empty(f"{own}较 {view.previous.date} 没有{PARTS.get(chosen, '变动')}的专利。")
        return
    pages = address.pages(hits, PAGE)
    number = address.page_number("change_page", pages)
    blocks.table(
        view, _patents(view, city, part, number, title), "changed_patents", key="changed", control=_choose_part
    )
    address.page_switch("change_page", pages)


def _choose_part() -> None:
    address.select(
        "part", "变动", [address.ALL, *PARTS], address.ALL, text=lambda p: PARTS.get(p, "全部变动"), width=130
    )


@kept
def _patents(view: View, city: str, part: str | None, number: int, title: str) -> Table:
    found, hits = view.page("changed_patents", PAGE, number, city=city, part=part)
    own = f"{whose.OWN_ONLY}，" if whose.is_own_only(view) else ""
    look = Look(
        words={"part": PARTS},
        links={"patent_no": lambda row: link_to("library", snapshot=str(view.as_of), patent=row["patent_no"])},
    )
    return blocks.tabulate(
        view, found.frame, [found.definition.column(c) for c in _SHOWN], look=look,
        title=f"{title}（{own}{hits:,} 件）", whole=view.whole("changed_patents", city=city, part=part),
        whole_columns=found.definition.columns,
    )  # fmt: skip


def _to(view: View, part: str, column: str) -> Callable[[Mapping[str, Any]], str | None]:
    """To the patents of the row's city and part on 地市排名; no link from a zero, nor to what is not the account's."""

    def to(row: Mapping[str, Any]) -> str | None:
        if not row[column] or whose.is_closed(view, row["city_code"]):
            return None
        return link_to("cities", snapshot=str(view.as_of), city=row["city_code"], part=part)

    return to
