"""The parts of the page 通报导出: what may be asked for, the preview, making a file, the past ones."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.errors import DashboardError
from dashboard.exports.bulletin import files, make, past, pdf
from dashboard.exports.bulletin.model import Bulletin
from dashboard.exports.bulletin.source import Source
from dashboard.exports.bulletin.tables import Order
from dashboard.exports.bulletin.word import Head
from dashboard.places import Places
from dashboard.ui import address, blocks, states
from dashboard.ui.data import View
from dashboard.ui.export import recorded

PROVINCE = "province"
ORDERS: Mapping[Order, str] = {"rank": "按名次", "official": "按行政区划"}
SHOWN = 20
"""Past bulletins that the page lists."""


def places_of(view: View) -> dict[str, str]:
    """Which bulletins the account may have: words by city code, `province` for the province's."""
    cities = {city.code: city.name for city in view.policy.cities}
    if view.scope.sees_all:
        return {PROVINCE: make.WHOLE, **cities}
    return {code: name for code, name in cities.items() if view.scope.role == "city" and code == view.scope.key}


def choose_order() -> Order:
    """Cities by their rank, or in the official order."""
    chosen = address.segments("order", "各市排序", [str(o) for o in ORDERS], "rank", text=lambda o: ORDERS[_order(o)])
    return _order(chosen)


def _order(text: str) -> Order:
    return "official" if text == "official" else "rank"


def choose_sections(names: Sequence[str]) -> list[str]:
    """The sections to write, all of them unless some are taken away."""
    chosen = st.pills("部分", names, selection_mode="multi", default=names, key="bulletin-sections", wrap=True)
    return [name for name in names if name in chosen]


def choose_head() -> Head:
    """The red head of a 简报, and who signs."""
    with st.expander("版头与落款"):
        is_brief = st.checkbox("简报版式（红头、期号、报送发）", key="bulletin-brief")
        office = st.text_input("编发单位", key="bulletin-office", placeholder="例如：省专项工作组办公室")
        if not is_brief:
            return Head(office=office)
        name = st.text_input("简报名称", value=Head.name, key="bulletin-name")
        issue = st.text_input("期号", key="bulletin-issue", placeholder="例如：17")
        to = [
            st.text_input(word, key=f"bulletin-{word}", placeholder="单位，用顿号隔开") for word in ("报", "送", "发")
        ]
        return Head(True, name, issue, office, "", *to)


def compose(view: View, place: str, order: Order, sections: Sequence[str]) -> Bulletin:
    """The bulletin as chosen, kept by what identifies it.

    Raises:
        OutOfScope: it is not the account's.
    """
    code = None if place == PROVINCE else place
    make.check_scope(view.scope, code)
    return _composed(view.identity, code, order, tuple(sections), view)


@st.cache_resource(max_entries=32, show_spinner="正在汇总数据")
def _composed(
    identity: tuple[str, ...], code: str | None, order: Order, sections: tuple[str, ...], _view: View
) -> Bulletin:
    return make.compose(_source(_view), _places(_view), code, order=order, sections=sections)


def _source(view: View) -> Source:
    before = view.previous
    earlier = View(view.store, before, view.store.previous(before), view.visitor, view.policy) if before else None
    return Source(view.entry, before, view.policy, view.ask, earlier.ask if earlier else None)


def _places(view: View) -> Places:
    return Places(view.store.folder.parent)


def make_file(view: View, composed: Bulletin, head: Head) -> None:
    """Make a file on the click, keep it among the past ones, and offer it."""
    forms = [form for form in files.FORMS if form.ending != "pdf" or pdf.is_available()]
    ending = st.segmented_control(
        "格式", [f.ending for f in forms], format_func=lambda e: files.form(e).name, default="docx", required=True,
        key="bulletin-form",
    )  # fmt: skip
    if not st.button("生成", type="primary", key="bulletin-make"):
        return
    name = files.file_name(composed, ending)
    with st.status(
        f"正在生成 {name}：{len(composed.tables)} 张表，{len(composed.figures)} 幅图", expanded=True
    ) as status:
        bar = st.progress(0.0)
        try:
            made = files.write(composed, _places(view), ending, head, lambda step, share: _show(bar, step, share))
            kept = past.keep(_places(view), composed, name, made, view.visitor.account.name)
        except DashboardError as error:
            status.update(label="没有生成", state="error")
            states.problem(error)
            return
        bar.empty()
        status.update(label=f"已生成 {name}，sha256 {kept.sha256[:16]}…", state="complete", expanded=False)
    take = recorded(view, composed.title, name, lambda: made)
    st.download_button(
        f"下载 {name}", data=take, file_name=name, mime=files.form(ending).media_type, key="bulletin-take",
        on_click="ignore",
    )  # fmt: skip


def _show(bar: Any, step: str, share: float) -> None:
    bar.progress(share, text=step)


def preview(composed: Bulletin) -> None:
    """What the bulletin says, section by section; its tables and charts by their titles."""
    mark = f'<span class="zl-demo">{wording.DEMONSTRATION}</span>' if composed.origin.is_demonstration else ""
    blocks.heading(f"预览：{composed.title}")
    parts = [mark]
    tables = figures = 0
    for section in composed.sections:
        parts.append(f'<div class="zl-title">{html.escape(section.name)}</div>')
        parts += [f"<p>{html.escape(text)}</p>" for text in section.sentences]
        for part in section.parts:
            is_table = part in section.tables
            tables, figures = tables + is_table, figures + (not is_table)
            number = f"表{tables}" if is_table else f"图{figures}"
            parts.append(f'<div class="zl-says">{number}　{html.escape(part.title)}</div>')
    st.html(f'<div class="zl-preview" tabindex="0">{"".join(parts)}</div>')


def past_ones(view: View) -> None:
    """The bulletins made so far that the account may have, newest first, each to be taken again."""
    found = past.listed(_places(view), view.scope)
    blocks.heading(
        f"往期通报（{len(found)} 份）",
        says="文件按生成时的原样保存，sha256 可用于核对。" if found else "还没有生成过通报。",
    )
    for i, one in enumerate(found[:SHOWN]):
        with st.container(horizontal=True, vertical_alignment="center"):
            moment = one.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
            facts = f"{one.name}　快照 {one.snapshot}　{moment}　{one.made_by}　sha256 {one.sha256}"
            with st.container(width="stretch"):
                st.html(f'<div class="zl-says">{html.escape(facts)}</div>')
            st.download_button(
                "下载", file_name=one.name,
                data=recorded(view, "往期通报", one.name, partial(past.content, _places(view), one, view.scope)),
                key=f"bulletin-past-{i}", on_click="ignore", type="tertiary",
            )  # fmt: skip
