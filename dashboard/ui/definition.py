"""口径: how a figure is defined, one click away, from the metric's own header.

A button with a panel that shows while something in it has the focus: all in one piece of markup that never changes, so
that it costs a page one small message, is sent to a browser once, and opens without asking the server.
"""

from __future__ import annotations

import html
from functools import cache

import streamlit as st

from dashboard import metrics
from dashboard.metrics import Definition

HELP = "分子、分母、依据条款和 SQL"


def definition(*names: str) -> None:
    """The button, with the definition of each named metric, its clause of the plan and its SQL.

    Args:
        names: metrics behind the figure, the most important first.
    """
    st.html(panel(*names), width="content")


@cache
def panel(*names: str) -> str:
    """The same as markup."""
    told = "".join(_explained(name) for name in names)
    return (
        f'<div class="zl-more"><button type="button" class="zl-open" title="{HELP}">口径</button>'
        f'<div class="zl-panel" tabindex="-1">{told}</div></div>'
    )


@cache
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
