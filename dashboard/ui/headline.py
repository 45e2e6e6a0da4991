"""Headline figures: number, change against the previous snapshot, course over the last ones, 口径."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import wording
from dashboard.ui import markup
from dashboard.ui.definition import definition


@dataclass(frozen=True)
class Figure:
    """A headline figure.

    Attributes:
        label, value, unit: as printed; the value of a rate carries its own sign.
        change: against the previous snapshot, or what the figure is commonly compared with.
        note: what it is made of (numerator and denominator).
        course: the figure over the last snapshots, oldest first.
        metrics: those behind it.
    """

    label: str
    value: str
    unit: str
    change: str
    note: str
    course: Sequence[float | None]
    metrics: tuple[str, ...]


def headline(figures: Sequence[Figure]) -> None:
    """The figures side by side."""
    for column, (at, figure) in zip(st.columns(len(figures), gap="small"), enumerate(figures), strict=True):
        with column, st.container(border=True, gap=None):
            with st.container(horizontal=True, vertical_alignment="center", gap=None):
                with st.container(width="stretch"):
                    st.html(f'<div class="zl-label">{html.escape(figure.label)}</div>')
                definition(*figure.metrics, key=f"headline-{at}")
            st.html(_body(figure))


def _body(figure: Figure) -> str:
    alt = f"{figure.label}近 {len(figure.course)} 期走势"
    return markup.figure(figure.value, figure.unit, figure.change, figure.note, markup.sparkline(figure.course, alt))


def change_of(course: Sequence[float | None], unit: str) -> str:
    """The last step of a course as a change in `unit` (fractions become percentage points)."""
    if len(course) < 2 or course[-1] is None or course[-2] is None:
        return wording.NULL
    step = course[-1] - course[-2]
    if round(step, 4) == 0:
        return "持平"
    return wording.change(step * 100, "pp") if unit == "rate" else wording.change(step, unit)
