"""The hits of a search of the library: one page of them as a table, and all of them as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from dashboard import metrics, wording
from dashboard.exports.sheet import Sheet
from dashboard.snapshots.reader import open_reader
from dashboard.ui import address, blocks, export, library, markup, whose
from dashboard.ui.data import View, kept
from dashboard.ui.definition import definition
from dashboard.ui.export import Content, Form
from dashboard.ui.library import Asked
from dashboard.ui.markup import Look

SIZE = 50
MOST = 50_000
"""Rows that one exported file holds at most; the control says so where there are more."""

TITLE = "专利检索结果"
SHOWN = ("patent_no", "title", "institution_name", "stars", "maturity", "stage")
SORTS = {
    "stars": "按价值星级", "maturity": "按成熟度", "stage_on": "按进度日期", "granted_on": "按授权日期",
    "title": "按名称", "institution": "按单位", "patent_no": "按专利号",
}  # fmt: skip
DATES = frozenset({"stage_on", "granted_on"})
DIRECTIONS = {"desc": "降序", "asc": "升序"}


def results(view: View, asked: Asked, patents: int, height: int) -> None:
    """One page of the hits.

    Args:
        patents: how many there are.
        height: pixels of the table, which scrolls below its head.
    """
    if not patents:
        whose.none(
            view,
            asked.parameters.get("city"),
            "没有符合条件的专利。",
            "请减少名称里的词，核对专利号，或放宽进度等条件。",
        )
        if asked.parameters["stage"] != address.ALL:
            wider = markup.link("在全部进度中查", library.here(stage=address.ALL, at=None))
            st.html(f'<div class="zl-line">{wider}</div>')
        return
    sort, direction = address.read("sort", list(SORTS), "stars"), address.read("direction", list(DIRECTIONS), "desc")
    _start_over(f"{asked.words}；{sort}；{direction}")
    pages = -(-patents // SIZE)
    page = address.page_number("at", pages)
    order = {"sort": sort, "direction": direction}
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            blocks.heading(f"检索结果（第 {page} / {pages} 页）")
            address.select("sort", "排序", list(SORTS), "stars", text=SORTS.__getitem__, width=125)
            address.segments("direction", "升降", list(DIRECTIONS), "desc", text=DIRECTIONS.__getitem__)
            definition("library_search")
            _export(view, asked, order, patents)
        here = tuple(st.query_params.to_dict().items())
        st.html(_rows(view, asked.key, sort, direction, page, here, height))
    address.page_switch("at", pages)


def _start_over(asked: str) -> None:
    """Other filters start on their first page; the first search of a visit on the page of its address."""
    before = st.session_state.get("library-asked", asked)
    st.session_state["library-asked"] = asked
    if before != asked:
        st.query_params.pop("at", None)


@kept
def _rows(
    view: View,
    asked: tuple[tuple[str, str], ...],
    sort: str,
    direction: str,
    page: int,
    here: tuple[tuple[str, str], ...],
    height: int,
) -> str:
    """The table's markup; `here` are the address's parameters, which the way back from a record needs."""
    found = view.ask("library_search", **dict(asked), sort=sort, direction=direction, size=SIZE, page=page)
    columns = [found.definition.column(name) for name in dict.fromkeys((*SHOWN, *({sort} & DATES)))]

    def record(row: Mapping[str, object]) -> str:
        return markup.address("library", **{**dict(here), "patent": str(row["patent_no"])})

    look = Look(words=library.row_words(view), links={"patent_no": record, "title": record}, height=height)
    return markup.table(found.frame, columns, look, caption="检索结果")


def _export(view: View, asked: Asked, order: Mapping[str, str], patents: int) -> None:
    """All hits as a file, asked for when it is wanted."""
    popover = st.popover("导出", type="tertiary", key="export-results", on_change="rerun")
    if not popover.open:
        return
    with popover:
        if patents > MOST:
            st.caption(f"共 {patents:,} 件，导出按当前排序的前 {MOST:,} 件。")
        for form in export.FORMS:
            if not form.of_chart:
                write = _writer(form, view, asked, order)
                export.download(view, form, TITLE, write, key=f"export-results-{form.ending}")


def _writer(form: Form, view: View, asked: Asked, order: Mapping[str, str]) -> Callable[[], bytes]:
    defined = metrics.definition("library_search")
    labels = {**wording.labels(view.policy), **library.row_words(view)}
    columns = [column for column in defined.columns if column.name != "hits"]

    def write() -> bytes:
        sheet = Sheet(
            TITLE, columns, every_hit(view, asked, order), definition=defined.definition, clause=defined.clause,
            labels=labels,
        )  # fmt: skip
        return form.write(Content(sheet), export.origin(view, asked.words))

    return write


def every_hit(view: View, asked: Asked, order: Mapping[str, str]) -> pd.DataFrame:
    """The hits in the order shown, `MOST` of them at most; read anew, since so much is not kept."""
    with open_reader(view.store, view.entry, view.scope) as reader:
        return metrics.ask(reader, "library_search", **asked.parameters, **order, size=MOST).frame
