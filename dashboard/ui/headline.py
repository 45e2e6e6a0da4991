"""Headline figures: number, change against the previous snapshot, course over the last ones, 口径.

The cards are one piece of markup, not some forty elements of the framework; their definitions, which never change, are
another one that lies over their corners.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from dashboard import wording
from dashboard.ui import markup
from dashboard.ui.data import KEPT
from dashboard.ui.definition import panel


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
    course: tuple[float | None, ...]
    metrics: tuple[str, ...]


def headline(figures: Sequence[Figure]) -> None:
    """The figures side by side."""
    with st.container(gap=None):
        st.html(_corners(tuple(figure.metrics for figure in figures)))
        st.html(_cards(tuple(figures)))


@lru_cache(maxsize=KEPT)
def _corners(metrics: tuple[tuple[str, ...], ...]) -> str:
    """The definitions, each where the corner of its card will be."""
    cells = "".join(f'<div class="zl-corner">{panel(*names)}</div>' for names in metrics)
    return f'<div class="zl-cards zl-over">{cells}</div>'


@lru_cache(maxsize=KEPT)
def _cards(figures: tuple[Figure, ...]) -> str:
    cells = "".join(
        f'<div class="zl-card"><div class="zl-label">{html.escape(figure.label)}</div>{_body(figure)}</div>'
        for figure in figures
    )
    return f'<div class="zl-cards">{cells}</div>'


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
