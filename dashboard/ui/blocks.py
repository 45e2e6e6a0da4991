"""A titled part of a page: heading with 口径 and 导出, then a chart, a table, or headline figures."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import metrics, wording
from dashboard.charts.chart import Chart
from dashboard.metrics import Column
from dashboard.ui import address, markup
from dashboard.ui.data import View
from dashboard.ui.definition import definition
from dashboard.ui.export import Rows, export
from dashboard.ui.markup import Look

EXPLORES = "换成可以悬停、缩放、框选的图"

DRAWN = "() => { if (chart.isKnown) return; chart.isKnown = true; return true; }"
"""Says once that a chart is there: what returns nothing tells the server nothing."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table ready to be shown, and kept as such.

    Attributes:
        title, says: its heading, and a sentence on how to read it.
        body: its markup.
        rows, columns: what an export of it writes.
    """

    title: str
    body: str
    rows: Rows
    columns: Sequence[Column]
    says: str = ""


def heading(title: str, unit: str = "", says: str = "") -> None:
    """The title of a part, its unit, and one sentence on how to read it."""
    unit_text = f'<span class="zl-unit">单位：{html.escape(unit)}</span>' if unit else ""
    says_text = f'<div class="zl-says">{html.escape(says)}</div>' if says else ""
    st.html(f'<div class="zl-title">{html.escape(title)}{unit_text}</div>{says_text}')


def chart(
    view: View,
    drawn: Chart,
    *names: str,
    key: str,
    columns: Sequence[Column] = (),
    title: str = "",
    height: int | None = None,
    explore: bool = False,
    control: Callable[[], object] | None = None,
    stand_in: Chart | None = None,
    within: str = "",
) -> None:
    """A chart under its heading, with its definition and its export.

    Args:
        names: the metrics behind it, the one that it is drawn from first.
        key: unique on the page.
        columns: what the exported columns are, where not those of the first metric.
        title: instead of the chart's own.
        height: pixels, where the place does not give it what it would like.
        explore: offer its Plotly figure, where it has one: to hover, zoom and select. That library is as large as all
            the rest of a page, so it is fetched by who turns it on.
        control: draws a filter of this chart into its heading.
        stand_in: what pictures show in its place (a schematic map must not leave the screen).
        within: scope and filters in words, for exports.
    """
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            heading(title or drawn.title, drawn.unit)
            if control:
                control()
            exploring = explore and drawn.explore is not None and address.switch(f"explore_{key}", "探索", EXPLORES)
            definition(*names)
            kept = columns or metrics.definition(names[0]).columns
            export(view, drawn.title, drawn.frame, kept, *names, key=key, chart=stand_in or drawn, says=within)
        draw(drawn, key, height, exploring)
        if drawn.note:
            st.html(f'<div class="zl-says">{html.escape(drawn.note)}</div>')


def draw(drawn: Chart, key: str, height: int | None = None, exploring: bool = False) -> None:
    """The bare chart: ECharts, its map through the component that can register one, Plotly where it is explored."""
    tall = height or drawn.height
    if drawn.map:
        _map(drawn, key, tall)
    elif exploring and drawn.figure is not None:
        st.plotly_chart(
            drawn.figure, height=tall, key=f"chart-{key}", theme=None, alt=drawn.alt,
            config={"displayModeBar": False, "scrollZoom": True, "locale": "zh-CN"},
        )  # fmt: skip
    else:
        st.echarts_chart(drawn.option, height=tall, key=f"chart-{key}", theme=None)


def _map(drawn: Chart, key: str, height: int) -> None:
    # Importing the component outside a running server raises, so it waits for the first map.
    from streamlit_echarts import Map, st_echarts

    assert drawn.map is not None
    # The geometry is sent until the browser says that it has drawn it, and for the rest of the visit no more.
    known: set[str] = st.session_state.setdefault("maps-known", set())
    name, place = drawn.map.name, {"height": f"{height}px", "key": f"map-{key}"}
    if name in known:
        st_echarts(drawn.option, **place)
        return
    geometry = Map(name, dict(drawn.map.geojson))
    st_echarts(drawn.option, map=geometry, events={"finished": DRAWN}, on_change=partial(known.add, name), **place)


def table(
    view: View,
    made: Table,
    *names: str,
    key: str,
    control: Callable[[], object] | None = None,
    within: str = "",
) -> None:
    """A table under its heading, with its definition and its export.

    Args:
        names: the metrics behind it.
        key: unique on the page.
        control: draws a filter of this table into its heading.
        within: scope and filters in words, for exports.
    """
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            heading(made.title, says=made.says)
            if control:
                control()
            if names:
                definition(*names)
            export(view, made.title, made.rows, made.columns, *names, key=key, says=within)
        st.html(made.body)


def tabulate(
    view: View,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    title: str,
    look: Look | None = None,
    says: str = "",
    whole: Rows | None = None,
    whole_columns: Sequence[Column] = (),
) -> Table:
    """The one table, made and not yet drawn.

    Args:
        frame: the rows to show.
        columns: those to show, in order; their labels and units come from the metrics.
        look: words, links, bars; see `Look`. Codes of groups, cities and outlooks have their words already.
        whole, whole_columns: what is exported, if more than what is shown (other pages, columns too wide to show).
    """
    given = look or Look()
    worded = replace(given, words={**wording.labels(view.policy), **given.words})
    body = markup.table(frame, columns, worded, caption=title)
    return Table(title, body, frame if whole is None else whole, whole_columns or columns, says)
