"""One patent's record: its rows, its course, and what enterprises, filings, products and pilots say of it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.metrics import Column, Result
from dashboard.ui import blocks, library, markup, presence, states
from dashboard.ui.data import View
from dashboard.ui.markup import Look

ROWS = ("institution_name", "city_name", "review_status", "recorded_on", "approved_on", "listed_on", "stars",
        "maturity", "prospect", "implementation")  # fmt: skip
FACTS = ("field", "ipc", "legal_status", "lapsed_on", "class", "industrialised", "intents", "breadth", "route",
         "portfolio_name")  # fmt: skip
TEXTS = ("co_owners", "product", "advantages", "performance", "outlook")
PARTS = (
    ("patent_evaluations", "evaluations", "企业评价", "没有推送给企业评价。"),
    ("patent_filings", "filings", "转让许可", "没有转让、许可或作价入股的备案。"),
    ("patent_products", "products", "产品备案", "没有产品备案。"),
    ("patent_pilots", "pilots", "二次开发", "没有二次开发的记录。"),
)
COURSE = (
    Column(name="day", label="日期", unit="date"),
    Column(name="what", label="事项", unit="text"),
    Column(name="who", label="相关方", unit="text"),
)
STEPS = {
    "patent_record": {"filed_on": "申请", "granted_on": "授权公告", "recorded_on": "建档", "approved_on": "盘点入库",
                      "listed_on": "进入转化资源库", "lapsed_on": "失效"},
    "patent_evaluations": {"pushed_on": "推送企业", "evaluated_on": "企业评价"},
    "patent_filings": {"effective_on": "合同生效", "registered_on": "登记备案", "reported_on": "反馈平台"},
    "patent_products": {"registered_on": "产品备案"},
    "patent_pilots": {"started_on": "开始", "finished_on": "完成"},
}  # fmt: skip
UNSHOWN = frozenset({"institution_name", "recipient_city"})
OF_THE_NUMBER = frozenset({"filed_on", "granted_on", "lapsed_on"})


def record(view: View, patent: str) -> None:
    """Draw the record of a patent number in any written form; says so when the account has none."""
    st.html(f'<div class="zl-line">{markup.link("返回检索结果", library.here(patent=None))}</div>')
    found = view.ask("patent_record", patent=patent)
    if found.frame.empty:
        states.empty(f"没有查到专利 {patent}，或不在本账号的查看范围内。", "请核对专利号；未采用的行见“数据与口径”。")
        return
    parts = {name: view.ask(name, patent=patent) for name, *_ in PARTS}
    first = {str(name): value for name, value in found.frame.iloc[0].items()}
    st.html(_head(first))
    _rows(view, found)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        st.html(_facts(view, found, first))
        course = history({"patent_record": found.frame, **{name: part.frame for name, part in parts.items()}})
        made = blocks.tabulate(view, course, COURSE, title="经过", look=Look(height=330))
        blocks.table(view, made, "patent_record", key="course")
    with right:
        for name, table, title, none in PARTS:
            _part(view, parts[name], table, title, none)


def history(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What happened to the patent, by day: `day`, `what`, `who`; `frames` by metric, as in `STEPS`."""
    rows = [step for name, frame in frames.items() for step in _steps(name, frame)]
    made = pd.DataFrame(rows, columns=[column.name for column in COURSE]).drop_duplicates()
    return made.sort_values("day", kind="stable").reset_index(drop=True)


def _steps(name: str, frame: pd.DataFrame) -> Iterator[tuple[Any, str, str | None]]:
    for row in frame.to_dict("records"):
        for column, what in STEPS[name].items():
            if not wording.is_null(row[column]):
                yield pd.Timestamp(row[column]), *_step(name, column, what, {str(k): v for k, v in row.items()})


def _step(name: str, column: str, what: str, row: Mapping[str, Any]) -> tuple[str, str | None]:
    """What is said of a step, and who it concerns."""
    match name:
        case "patent_record":
            return what, None if column in OF_THE_NUMBER else row["institution_name"]
        case "patent_filings":
            return f"{row['kind']}{what}", row["recipient"]
        case "patent_products":
            return f"产品{row['stage']}", row["product_name"]
        case "patent_pilots":
            return f"{row['stage']}{what}", row["platform"]
        case _:
            return what, row["enterprise_name"]


def _head(first: Mapping[str, Any]) -> str:
    number = f"{first['patent_no']}　{first['patent_type']}"
    return (
        f'<div class="zl-lines"><div class="zl-title">{html.escape(first["title"])}'
        f'<span class="zl-unit">{html.escape(number)}</span></div></div>'
    )


def _rows(view: View, found: Result) -> None:
    columns = [found.definition.column(name) for name in ROWS]
    look = Look(links={"institution_name": lambda row: markup.address(
        "institutions", snapshot=str(view.as_of), institution=row["institution_id"]
    )})  # fmt: skip
    made = blocks.tabulate(
        view, found.frame, columns, title=f"各权利单位的盘点情况（{len(found.frame)} 家）", look=look,
        whole_columns=found.definition.columns,
    )  # fmt: skip
    blocks.table(view, made, "patent_record", key="rows")


def _facts(view: View, found: Result, first: Mapping[str, Any]) -> str:
    """The attributes of the row that stands for the patent, and its four texts."""
    words = library.row_words(view)
    terms = []
    for name in (*FACTS, *TEXTS):
        column = found.definition.column(name)
        said = words.get(name, {}).get(str(first[name]), wording.cell(first[name], column))
        wide = ' class="zl-across"' if name in TEXTS else ""
        terms.append(f"<dt>{html.escape(column.label)}</dt><dd{wide}>{html.escape(said)}</dd>")
    return f'<style>{STYLE}</style><dl class="zl-facts">{"".join(terms)}</dl>'


STYLE = (
    ".zl-facts { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 0.1rem 0.9rem;"
    " margin: 0; padding: 0; }"
    ".zl-facts .zl-across { grid-column: 2 / -1; }"
    ".zl-facts dt { color: #52606D; } .zl-facts dd { margin: 0; overflow-wrap: anywhere; }"
)


def _part(view: View, found: Result, table: str, title: str, none: str) -> None:
    """A table of what another table of the export says of the patent; absent and empty are told apart."""
    name = found.definition.name
    if found.frame.empty:
        blocks.heading(title)
        if not presence.lacks(view, table):
            st.html(f'<div class="zl-says">{html.escape(none)}</div>')
        return
    columns = [column for column in found.definition.columns if column.name not in UNSHOWN]
    made = blocks.tabulate(
        view, found.frame, columns, title=f"{title}（{len(found.frame)} 行）", whole_columns=found.definition.columns
    )
    blocks.table(view, made, name, key=name)
