"""The sign-in page: streamlit-authenticator's form, our check behind it, and the way from its ticket to the cookie."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit_authenticator import Authenticate

from dashboard import wording
from dashboard.access import signin
from dashboard.access.accounts import ROLES
from dashboard.access.demo_accounts import Offer
from dashboard.errors import DashboardError
from dashboard.ui import account, data
from dashboard.ui.header import STYLE

_FIELDS = {"Form name": "登录", "Username": "账号", "Password": "密码", "Login": "登录"}
_TICKET = "signin-ticket"
_REFUSED = "signin-refused"


class _Check:
    """Stands where the form expects its own list of users and its own cookie: asks `signin`, keeps a ticket."""

    def login(self, name: str, password: str, *_: Any, **__: Any) -> bool:
        """Whether name and password hold; what is typed goes on as it is."""
        st.session_state.pop(_REFUSED, None)
        try:
            st.session_state[_TICKET] = signin.sign_in(account.desk().store, name, password, account.address())
        except DashboardError as error:
            st.session_state[_REFUSED] = str(error)
            return False
        return True

    def get_cookie(self) -> None:
        """None: who has a session never comes as far as this form."""

    def set_cookie(self) -> None:
        """The cookie is set by the server, for the ticket."""


class _Form(Authenticate):  # type: ignore[misc]
    """The form alone. Its own users, cookie and component are not made: sessions are ours."""

    def __init__(self) -> None:
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.authentication_controller = self.cookie_controller = _Check()


def page() -> None:
    """Draw the sign-in page; with a right password, go on to the address that was asked for, signed in."""
    st.html(STYLE)
    if ticket := st.session_state.pop(_TICKET, None):
        _enter(ticket)
        return
    _, middle, _ = st.columns([2, 3, 2])
    with middle:
        st.html(
            f'<div class="zl-door"><h1>{wording.PRODUCT}</h1>'
            f"<p>{html.escape(data.plan().title)}<br>{html.escape(data.plan().document)}</p></div>"
        )
        _Form().login(fields=_FIELDS, key="signin")
        if _TICKET in st.session_state:
            st.rerun()
        if refused := st.session_state.get(_REFUSED):
            st.error(refused)
        _offers(account.desk().offers())


def _enter(ticket: str) -> None:
    """Hand the ticket to the server, which sets the cookie and sends the browser on."""
    query = urlencode(st.query_params.to_dict(), doseq=True)
    onward = urlsplit(st.context.url or "/").path + (f"?{query}" if query else "")
    st.html(
        f'<form id="zl-enter" method="post" action="/signin/ticket">'
        f'<input type="hidden" name="ticket" value="{html.escape(ticket, quote=True)}">'
        f'<input type="hidden" name="next" value="{html.escape(onward, quote=True)}">'
        f'<p class="zl-says">正在登录…</p></form>'
        f'<script>document.getElementById("zl-enter").submit()</script>',
        unsafe_allow_javascript=True,
    )


def _offers(offers: tuple[Offer, ...]) -> None:
    """The accounts for a first look; what to do where there is no account at all."""
    if not offers:
        return
    rows = "".join(
        f"<tr><td>{html.escape(ROLES[offer.account.role])}</td>"
        f"<td>{html.escape(offer.place)}</td>"
        f"<td>{html.escape(offer.account.name)}</td><td>{html.escape(offer.password)}</td></tr>"
        for offer in offers
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("角色", "范围", "账号", "密码"))
    st.html(
        '<div class="zl-says">演示账号：只在本机、只对演示数据有效，每次启动重新生成。</div>'
        '<div class="zl-scroll"><table class="zl-table" aria-label="演示账号">'
        f"<thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )
