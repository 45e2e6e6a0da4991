"""Pieces of a page in HTML: what Streamlit has no element for, a ruled table or a figure that lines up.

No Streamlit here. All text from data is escaped. Classes are our own and styled by `page.css` beside this file.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import records
from dashboard.metrics import Column

LONG = 26
"""Half-width characters from which a cell's text may break over lines."""

LEFT = frozenset({"text", "date", "month", "status", "boolean"})


def address(page: str, /, **parameters: str | None) -> str:
    """The address of a page with parameters, relative to the app."""
    given = {k: v for k, v in parameters.items() if v is not None}
    return f"{page}?{urlencode(given)}" if given else page


def link(text: str, href: str) -> str:
    """A link to a page of this app, in the same tab; `text` is plain text."""
    return f'<a href="{html.escape(href, quote=True)}" target="_self">{html.escape(text)}</a>'


def status(code: str) -> str:
    """A status with its symbol in its colour and its word."""
    found = wording.STATUSES[code]
    return f'<span class="zl-sign" style="color:{found.colour}">{found.symbol}</span> {found.label}'


@dataclass(frozen=True)
class Look:
    """How a table differs from plain.

    Attributes:
        words: by column, words for codes.
        links: by column, the address that a row's cell leads to.
        bars: columns of rates with a pale bar behind the number.
        tints: by column, the column whose status tints the cell.
        stress: whether a row stands out.
        height: pixels after which the table scrolls under its head.
    """

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    links: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = field(default_factory=dict)
    bars: frozenset[str] = frozenset()
    tints: Mapping[str, str] = field(default_factory=dict)
    stress: Callable[[Mapping[str, Any]], bool] | None = None
    height: int | None = None


def table(frame: pd.DataFrame, columns: Sequence[Column], look: Look | None = None, caption: str = "") -> str:
    """A ruled table: labels and units from the metric, numbers right-aligned and in figures of one width.

    How a column looks is said for the table, not for each cell: of a page of fifty rows that is half of what is sent.

    Args:
        frame: rows to show, in order, with a column per entry of `columns`.
        columns: what the metric's header says of each.
        look: see `Look`.
        caption: what the table holds, for readers of the screen.
    """
    look = look or Look()
    head = "".join(f'<th scope="col"{_title(c.note)}>{_heading(c)}</th>' for c in columns)
    numbers = "".join(f" zl-n{at}" for at, column in enumerate(columns, 1) if column.unit not in LEFT)
    rows = [_row(row, columns, look) for row in records(frame)]
    # One that scrolls can be reached and scrolled by keys.
    limit = f' style="max-height:{look.height}px" tabindex="0"' if look.height else ""
    name = f' aria-label="{html.escape(caption, quote=True)}"' if caption else ""
    return (
        f'<div class="zl-scroll"{limit}><table class="zl-table{numbers}"{name}><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _heading(column: Column) -> str:
    """Label and unit, each kept whole where the head breaks over lines."""
    unit = wording.heading(column).removeprefix(column.label)
    kept = [f'<span class="zl-whole">{html.escape(text)}</span>' for text in (column.label, unit) if text]
    return "<wbr>".join(kept)


def _row(row: Mapping[str, Any], columns: Sequence[Column], look: Look) -> str:
    mark = ' class="zl-stress"' if look.stress and look.stress(row) else ""
    return f"<tr{mark}>{''.join(_cell(row, c, look) for c in columns)}</tr>"


def _cell(row: Mapping[str, Any], column: Column, look: Look) -> str:
    value = row[column.name]
    if column.unit == "status" and str(value) in wording.STATUSES:
        return f"<td{_ground(row, column, look)}>{status(str(value))}</td>"
    text = _said(value, column, look)
    href = look.links[column.name](row) if column.name in look.links else None
    long = ' class="zl-long"' if wording.width(text) > LONG else ""
    shown = link(text, href) if href else html.escape(text)
    return f"<td{long}{_ground(row, column, look)}>{shown}</td>"


def _said(value: Any, column: Column, look: Look) -> str:
    words = look.words.get(column.name, {})
    return words[str(value)] if not wording.is_null(value) and str(value) in words else wording.cell(value, column)


def _ground(row: Mapping[str, Any], column: Column, look: Look) -> str:
    """What a cell stands on: the tint of a status, or a rate as a pale bar."""
    if column.name in look.tints:
        tint = wording.STATUSES.get(str(row[look.tints[column.name]]))
        return f' style="background:{tint.tint}"' if tint else ""
    value = row[column.name]
    if column.name not in look.bars or wording.is_null(value):
        return ""
    share = max(0.0, min(1.0, float(value))) * 100
    return f' style="--share:{share:.1f}%"'


def _title(note: str) -> str:
    return f' title="{html.escape(note, quote=True)}"' if note else ""


def sparkline(values: Sequence[float | None], alt: str, width: int = 84, height: int = 30) -> str:
    """A line through the values, oldest first, the last one marked; nothing for fewer than two known values."""
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = (width - 8) / (len(values) - 1)
    scale = (height - 8) / (high - low) if high > low else 0.0
    points = [(4 + i * step, height - 4 - (v - low) * scale) for i, v in enumerate(values) if v is not None]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<polyline points="{line}" fill="none" stroke="{wording.QUIET}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{wording.ACCENT}"/></svg>'
    )
    picture = base64.b64encode(drawn.encode()).decode()
    return f'<img class="zl-spark" alt="{html.escape(alt, quote=True)}" src="data:image/svg+xml;base64,{picture}">'


def figure(value: str, unit: str, change: str, note: str, spark: str) -> str:
    """The body of a headline figure: number with unit, its course, change, and what it is made of."""
    return (
        f'<div class="zl-figure"><div class="zl-foot">'
        f'<div class="zl-value">{html.escape(value)}<span class="zl-unit">{html.escape(unit)}</span></div>{spark}</div>'
        f'<div class="zl-change">{html.escape(change)}</div><div class="zl-note">{html.escape(note)}</div></div>'
    )
