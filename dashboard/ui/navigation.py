"""The frame of the app: browser title, icon, the pages by group, and at the foot who is signed in."""

from __future__ import annotations

import copy
import html
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import wording
from dashboard.access.accounts import ROLES, Account
from dashboard.ui import markup
from dashboard.ui.sitemap import PAGES, Site

ICON = Path(__file__).with_name("icon.svg")
WORDMARK = Path(__file__).with_name("wordmark.svg")

_BACK = """<script>
if (!window.zlBack) {
    window.zlBack = true;
    const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
    history.pushState = (state, title, address) => {
        const to = new URL(address ?? location.href, location.href);
        const isSettling = to.pathname === location.pathname && !new URLSearchParams(location.search).has("snapshot");
        (isSettling ? replace : push)(state, title, address);
    };
}
</script>"""
"""A page that is opened without a snapshot writes the newest into its address. Streamlit makes that a step of its own
in the browser's history, from which the back button would lead to the same page for ever; so it takes the place of the
step that opened the page. What the reader changes stays a step."""


def choose(visitor: Account | None) -> StreamlitPage:
    """Set up the frame for the account that visits and return the page that the address names.

    Every page has its address whoever visits; the navigation shows those that are for the account, and nobody none.
    """
    title = wording.PRODUCT
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide", initial_sidebar_state=200)
    groups: dict[str, list[StreamlitPage]] = {}
    for site in PAGES:
        is_shown = site.is_listed and visitor is not None and site.is_for(visitor.role)
        groups.setdefault(site.group, []).append(copy.copy(_page(site, is_shown)))
    chosen = st.navigation(groups, expanded=True, position="sidebar" if visitor else "hidden")
    if visitor is None:
        st.set_page_config(page_title=f"登录 · {title}")
        return chosen
    st.logo(str(WORDMARK), size="large", icon_image=str(ICON))
    st.set_page_config(page_title=f"{chosen.title} · {title}")
    with st.sidebar:
        st.html(_who(visitor) + _BACK, unsafe_allow_javascript=True)
    return chosen


@cache
def _page(site: Site, is_shown: bool) -> StreamlitPage:
    """Made once, since that looks at the disk; a run takes a copy, because it marks the page that it runs."""
    return st.Page(
        site.file, title=site.title, url_path=site.name, default=site is PAGES[0],
        visibility="visible" if is_shown else "hidden",
    )  # fmt: skip


def _who(visitor: Account) -> str:
    """The account and its role, the way to its own page, and the sign-out, which is a form and needs no script."""
    return (
        f'<div class="zl-who"><div>{html.escape(visitor.name)}<br>'
        f'<span class="zl-says">{html.escape(ROLES[visitor.role])}</span></div>'
        f'<div class="zl-line">{markup.link("我的账号", "me")}'
        '<form method="post" action="/signout"><button type="submit">退出</button></form></div></div>'
    )
