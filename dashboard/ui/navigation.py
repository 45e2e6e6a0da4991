"""The frame of the app: browser title, icon, and the pages by group."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.ui.sitemap import PAGES

ICON = Path(__file__).with_name("icon.svg")
WORDMARK = Path(__file__).with_name("wordmark.svg")
TITLE = "存量专利盘活"


def choose() -> StreamlitPage:
    """Set up the frame and return the page that the address names."""
    st.set_page_config(page_title=TITLE, page_icon=str(ICON), layout="wide", initial_sidebar_state=200)
    st.logo(str(WORDMARK), size="large", icon_image=str(ICON))
    groups: dict[str, list[StreamlitPage]] = {}
    for site in PAGES:
        page = st.Page(site.file, title=site.title, url_path=site.name, default=site is PAGES[0])
        groups.setdefault(site.group, []).append(page)
    chosen = st.navigation(groups, expanded=True)
    st.set_page_config(page_title=f"{chosen.title} · {TITLE}")
    return chosen
