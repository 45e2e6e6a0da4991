"""What pages share: the filters on top, cards, and formats."""

import pandas as pd
import plotly.express as px
import streamlit as st

import data

BLUE = "#1D5A8E"


def top(title, *filters):
    """The title with filters beside it; returns their values."""
    columns = st.columns([3, *[1] * (len(filters) + 1)])
    columns[0].title(title)
    week = columns[1].selectbox("快照", data.weeks()[::-1])
    columns[0].caption(f"数据截至 {week}，与 {data.week_before(week) or '—'} 比较")
    values = []
    for column, (label, options) in zip(columns[2:], filters):
        values.append(column.selectbox(label, options))
    return week, *values


def years(week=None):
    last = pd.Timestamp(data.weeks()[-1]).year
    return "年份", [f"{last} 年", f"{last - 1} 年"]


SCOPE = ("统计范围", list(data.SCOPES))
CITY = ("设区市", ["全省各市", *data.cities().values()])


def code(city):
    return next((c for c, name in data.cities().items() if name == city), None)


def cards(figures):
    for column, (label, value, change, note) in zip(st.columns(len(figures)), figures):
        column.metric(label, value, change, help=note, border=True)


def percent(value):
    return "—" if pd.isna(value) else f"{value:.1%}"


def points(now, before):
    return None if pd.isna(now) or pd.isna(before) else f"{(now - before) * 100:+.1f} 个百分点"


def ranked_bars(frame, value, title, text=None, target=None, fmt=".1%"):
    figure = px.bar(
        frame.sort_values(value),
        x=value,
        y="city",
        orientation="h",
        title=title,
        text_auto=fmt if text is None else False,
        text=text,
        color_discrete_sequence=[BLUE],
        labels={value: "", "city": ""},
    )
    if target is not None and not pd.isna(target):
        figure.add_vline(x=target, line_dash="dash", annotation_text="应达")
    figure.update_layout(height=420, margin={"l": 8, "r": 8, "t": 40, "b": 8})
    return figure
