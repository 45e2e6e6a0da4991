"""口径: how a figure is defined, one click away, from the metric's own header."""

from __future__ import annotations

import html

import streamlit as st

from dashboard import metrics
from dashboard.metrics import Definition


def definition(*names: str, key: str, note: str = "") -> None:
    """A popover with the definition of each named metric, its clause of the plan and its SQL.

    Args:
        names: metrics behind the figure, the most important first.
        key: unique on the page.
        note: what this place adds to the definition, in a sentence.
    """
    with st.popover("口径", type="tertiary", key=f"definition-{key}", help="分子、分母、依据条款和 SQL"):
        if note:
            st.html(f'<p class="zl-define">{html.escape(note)}</p>')
        for name in names:
            st.html(_explained(name))


@st.cache_resource(max_entries=200, show_spinner=False)
def _explained(name: str) -> str:
    metric = metrics.definition(name)
    terms = [
        ("定义", metric.definition),
        ("计算", _columns(metric)),
        ("依据", f"方案{metric.clause}"),
        ("粒度", metric.grain),
    ]
    listed = "".join(f"<dt>{html.escape(term)}</dt><dd>{html.escape(text)}</dd>" for term, text in terms if text)
    sql = html.escape(metrics.sql(name))
    return (
        f'<div class="zl-define"><div class="zl-title">{html.escape(metric.title)}'
        f'<span class="zl-unit">{html.escape(name)}</span></div><dl>{listed}</dl>'
        f'<details><summary>计算语句（SQL）</summary><pre class="zl-sql">{sql}</pre></details></div>'
    )


def _columns(metric: Definition) -> str:
    """What the header notes of its columns: numerators, denominators, what is left out."""
    return "；".join(f"{column.label}：{column.note}" for column in metric.columns if column.note)
