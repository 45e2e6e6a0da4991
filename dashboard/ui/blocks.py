"""A titled part of a page: heading with 口径 and 导出, then a chart, a table, or headline figures."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.metrics import Column
from dashboard.ui import markup
from dashboard.ui.data import View
from dashboard.ui.definition import definition
from dashboard.ui.export import export
from dashboard.ui.markup import Look


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
    columns: Sequence[Column],
    title: str = "",
    height: int | None = None,
    explore: bool = False,
    control: Callable[[], object] | None = None,
    stand_in: Chart | None = None,
    within: str = "",
) -> None:
    """A chart under its heading, with its definition and its export.

    Args:
        names: the metrics behind it.
        key: unique on the page.
        columns: what the exported columns are.
        title: instead of the chart's own.
        height: pixels, where the place does not give it what it would like.
        explore: draw its Plotly figure, where it has one.
        control: draws a filter of this chart into its heading.
        stand_in: what pictures show in its place (a schematic map must not leave the screen).
        within: scope and filters in words, for exports.
    """
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            with st.container(width="stretch"):
                heading(title or drawn.title, drawn.unit)
            if control:
                control()
            definition(*names, key=key)
            export(view, drawn.title, drawn.frame, columns, *names, key=key, chart=stand_in or drawn, says=within)
        draw(drawn, key, height, explore)
        if drawn.note:
            st.html(f'<div class="zl-says">{html.escape(drawn.note)}</div>')


def draw(drawn: Chart, key: str, height: int | None = None, explore: bool = False) -> None:
    """The bare chart: ECharts, its map through the component that can register one, Plotly where it is explored."""
    tall = height or drawn.height
    if drawn.map:
        _map(drawn, key, tall)
    elif explore and drawn.figure is not None:
        st.plotly_chart(
            drawn.figure, height=tall, key=f"chart-{key}", theme=None, alt=drawn.alt,
            config={"displayModeBar": False, "scrollZoom": False, "locale": "zh-CN"},
        )  # fmt: skip
    else:
        st.echarts_chart(drawn.option, height=tall, key=f"chart-{key}", theme=None)


def _map(drawn: Chart, key: str, height: int) -> None:
    # Importing the component outside a running server raises, so it waits for the first map.
    from streamlit_echarts import Map, st_echarts

    assert drawn.map is not None
    st_echarts(drawn.option, map=Map(drawn.map.name, dict(drawn.map.geojson)), height=f"{height}px", key=f"map-{key}")


def table(
    view: View,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *names: str,
    key: str,
    title: str,
    look: Look | None = None,
    says: str = "",
    whole: pd.DataFrame | None = None,
    whole_columns: Sequence[Column] = (),
    control: Callable[[], object] | None = None,
    within: str = "",
) -> None:
    """The one table: under its heading, with its definition and its export.

    Args:
        columns: those to show, in order; their labels and units come from the metrics.
        names: the metrics behind it.
        key: unique on the page.
        look: words, links, bars; see `Look`. Codes of groups, cities and outlooks have their words already.
        whole, whole_columns: what is exported, if more than what is shown (other pages, columns too wide to show).
        control: draws a filter of this table into its heading.
        within: scope and filters in words, for exports.
    """
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            with st.container(width="stretch"):
                heading(title, says=says)
            if control:
                control()
            if names:
                definition(*names, key=key)
            export(
                view, title, frame if whole is None else whole, whole_columns or columns, *names, key=key, says=within
            )
        st.html(markup.table(frame, columns, _worded(view, look), caption=title))


def _worded(view: View, look: Look | None) -> Look:
    given = look or Look()
    return replace(given, words={**wording.labels(view.policy), **given.words})
