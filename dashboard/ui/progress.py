"""The demonstration weeks that are still being made, shown on the page while they are."""

from __future__ import annotations

import streamlit as st

from dashboard import first_start


def watch() -> None:
    """A line of progress while the background adds weeks; the page is drawn anew when they are all there."""
    if first_start.progress() is not None:
        _line()


@st.fragment(run_every=2)
def _line() -> None:
    now = first_start.progress()
    if now is None:
        st.rerun()
    else:
        st.progress(now.share, text=f"正在补充更早几周的演示数据：{now.step}（{now.done} / {now.total} 周）")
