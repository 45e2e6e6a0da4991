"""导出: the one export control, beside every chart and table: pictures of a chart, files of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import metrics, wording
from dashboard.access import audit
from dashboard.charts.chart import Chart
from dashboard.exports import csvfile, pictures, workbook
from dashboard.exports.sheet import Origin, Sheet
from dashboard.metrics import Column
from dashboard.ui import account
from dashboard.ui.data import View

Rows = pd.DataFrame | Callable[[], pd.DataFrame]
"""The rows of an export, or how they are read once somebody asks for the file."""


@dataclass(frozen=True)
class Content:
    """What is exported: rows, and the chart that is drawn from them where there is one."""

    sheet: Sheet
    chart: Chart | None = None


@dataclass(frozen=True)
class Form:
    """A kind of file, with its ending, its media type and how it is written."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Content, Origin], bytes]
    of_chart: bool = False


def _svg(content: Content, origin: Origin) -> bytes:
    assert content.chart is not None
    return pictures.svg(content.chart, origin).encode()


def _png(content: Content, origin: Origin) -> bytes:
    assert content.chart is not None
    return pictures.png(content.chart, origin)


FORMS = (
    Form("PNG 图片", "png", "image/png", _png, of_chart=True),
    Form("SVG 矢量图", "svg", "image/svg+xml", _svg, of_chart=True),
    Form("CSV 表格", "csv", "text/csv", lambda content, origin: csvfile.write(content.sheet, origin)),
    Form(
        "XLSX 工作簿",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda content, origin: workbook.write([content.sheet], origin),
    ),
)


def export(
    view: View,
    title: str,
    rows: Rows,
    columns: Sequence[Column],
    *names: str,
    key: str,
    chart: Chart | None = None,
    says: str = "",
) -> None:
    """A popover that writes a file when asked. Its buttons are made when it is opened: a page has a dozen of them.

    Args:
        columns: those to write, as the metric's header has them; the ones that `rows` lack are left out.
        names: the metrics behind it, the most important first: its definition goes with the file.
        key: unique on the page.
        chart: what pictures show; none are offered without.
        says: scope and filters in words.
    """
    popover = st.popover("导出", type="tertiary", key=f"export-{key}", on_change="rerun")
    if not popover.open:
        return

    def content() -> Content:
        return Content(_sheet(view, title, rows() if callable(rows) else rows, columns, names), chart)

    with popover:
        for form in FORMS:
            if chart is not None or not form.of_chart:
                write = partial(_write, form, content, origin(view, says))
                download(view, form, title, write, key=f"export-{key}-{form.ending}")


def _write(form: Form, content: Callable[[], Content], origin: Origin) -> bytes:
    return form.write(content(), origin)


def download(view: View, form: Form, title: str, write: Callable[[], bytes], key: str) -> None:
    """The button for one file about `title`, which `write` makes on the click."""
    name = origin(view).file_name(title, form.ending)
    st.download_button(
        form.name, data=recorded(view, title, name, write), file_name=name, mime=form.media_type, key=key,
        on_click="ignore", width="stretch",
    )  # fmt: skip


def recorded(view: View, what: str, name: str, write: Callable[[], bytes]) -> Callable[[], bytes]:
    """`write`, with an entry in the audit trail before the file is handed over: without the one there is no other."""
    visitor = view.visitor

    def write_and_record() -> bytes:
        made = write()
        audit.export(account.desk().store, visitor.account.name, what, view.entry.id, made, name, visitor.address)
        return made

    return write_and_record


def origin(view: View, says: str = "") -> Origin:
    """Where an export of this view comes from."""
    return Origin(view.as_of, view.entry.id, view.entry.is_demo, says)


def _sheet(view: View, title: str, frame: pd.DataFrame, columns: Sequence[Column], names: Sequence[str]) -> Sheet:
    defined = metrics.definition(names[0]) if names else None
    return Sheet(
        title,
        [column for column in columns if column.name in frame.columns],
        frame,
        definition=defined.definition if defined else "",
        clause=defined.clause if defined else "",
        labels=wording.labels(view.policy),
    )
