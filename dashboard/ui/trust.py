"""The sections of 数据与口径: what was imported, what was refused and why, snapshots, metrics, the plan."""

from __future__ import annotations

import html

import streamlit as st

from dashboard import wording
from dashboard.ui import address, blocks, data, states, tables
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.markup import Look

PAGE = 50
FINDINGS = ("table", "file", "sheet", "row_no", "code", "column", "value")
WHOLE_PAGE = 580


def summary(view: View) -> None:
    """One sentence: how many rows were read, what became of them, and what was checked."""
    st.html(_summary(view))


@kept
def _summary(view: View) -> str:
    files = view.ask("quality").frame
    read, accepted, rejected, skipped = (
        int(files[column].sum()) for column in ("rows_read", "accepted", "rejected", "skipped")
    )
    told = (
        f"本快照读入 {len(files)} 个文件 {read:,} 行：采用 {accepted:,} 行，退回 {rejected:,} 行，跳过 {skipped:,} 行"
        "（空行、合计行、重复表头、重复行）。"
        f"发布前 {len(tables.check_rows())} 项自检全部通过；打开时已核对文件与发布时一致。"
    )
    return f'<div class="zl-lines"><div class="zl-line">{html.escape(told)}</div></div>'


def files(view: View) -> None:
    """The files with their balance of rows, the reasons, and what was listed but not read."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        blocks.table(view, _files(view), "quality", key="files")
    with right:
        blocks.table(view, _reasons(view), "quality_reasons", key="reasons")
        if notes := _notes(view):
            blocks.table(view, notes, "import_notes", key="notes")


@kept
def _files(view: View) -> Table:
    imported = view.ask("quality")
    return blocks.tabulate(
        view, imported.frame, imported.definition.columns, title="导入文件", look=_look(540),
        says="读取 = 采用 + 退回 + 跳过，每个文件都相等。",
    )  # fmt: skip


@kept
def _reasons(view: View) -> Table:
    reasons = view.ask("quality_reasons")
    shown = tables.worded_examples(reasons.frame, data.column_headers())
    return blocks.tabulate(
        view, shown, reasons.definition.columns, title="退回与提示原因", look=_look(300),
        says="退回的整行不计入任何数字；提示的行保留。",
    )  # fmt: skip


@kept
def _notes(view: View) -> Table | None:
    notes = view.ask("import_notes")
    if notes.frame.empty:
        return None
    columns = [notes.definition.column(name) for name in ("file", "message")]
    return blocks.tabulate(view, notes.frame, columns, title="列出而未读入的内容", look=_look(160))


def rows(view: View) -> None:
    """The rejected rows and doubtful cells, by table and reason, to be corrected and sent again."""
    reasons, look = view.ask("quality_reasons").frame, _look(520)
    with st.container(horizontal=True, gap="small"):
        table = _choice("table", "数据表", list(reasons["table"]), look)
        code = _choice("code", "原因", list(reasons["code"]), look)
    _, found = view.page("rejected_rows", PAGE, 1, table=table, code=code)
    if not found:
        states.empty("没有退回或提示的行。")
        return
    pages = address.pages(found, PAGE)
    blocks.table(view, _rows(view, table, code, address.page_number("page", pages)), "rejected_rows", key="rows")
    address.page_switch("page", pages)


@kept
def _rows(view: View, table: str | None, code: str | None, number: int) -> Table:
    found, hits = view.page("rejected_rows", PAGE, number, table=table, code=code)
    return blocks.tabulate(
        view, found.frame, [found.definition.column(name) for name in FINDINGS], look=_look(520),
        title=f"退回与提示明细（{hits:,} 处）", whole=view.whole("rejected_rows", table=table, code=code),
        whole_columns=found.definition.columns,
        says="行号为 Excel 所见；导出的文件另含原单元格，改好后可按原行补报。",
    )  # fmt: skip


def snapshots(view: View) -> None:
    """The published snapshots, and the checks each of them passed."""
    made = blocks.tabulate(
        view, tables.snapshot_rows(view.store), tables.SNAPSHOTS, title="快照", look=_look(300),
        says="快照发布后不再改动；校验值为文件 sha256 的前 16 位。",
    )  # fmt: skip
    blocks.table(view, made, key="snapshots")
    blocks.table(view, _checks(view), key="checks")


@kept
def _checks(view: View) -> Table:
    return blocks.tabulate(view, tables.check_rows(), tables.CHECKS, title="发布前的自检", look=_look(260))


def metrics(view: View) -> None:
    """The metric catalogue."""
    blocks.table(view, _metrics(view), key="metrics")


@kept
def _metrics(view: View) -> Table:
    found = tables.metric_rows()
    title = f"指标口径（{len(found)} 项）"
    return blocks.tabulate(view, found, tables.CATALOGUE, title=title, look=_look(WHOLE_PAGE))


def plan(view: View) -> None:
    """The plan in force, each number with its clause and its words."""
    blocks.table(view, _plan(view), key="plan")


@kept
def _plan(view: View) -> Table:
    return blocks.tabulate(
        view, tables.plan_rows(view.policy), tables.PLAN, look=_look(WHOLE_PAGE),
        title=f"{view.policy.document}　{view.policy.title}", says="方案的数字都在 data/policy/ 的文件里，程序不另写。",
    )  # fmt: skip


def _look(height: int) -> Look:
    words = {"table": data.table_titles(), "code": wording.REASONS, "column": data.column_headers()}
    return Look(words=words, height=height)


def _choice(name: str, label: str, values: list[str], look: Look) -> str | None:
    """One of the values that occur, in words; None for all of them."""
    words = look.words[name]
    options = {value: words.get(value, value) for value in dict.fromkeys(values)}
    return address.choice(name, label, options, f"全部{label}", width=260)
