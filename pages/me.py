"""我的账号: one's own password and sessions, whatever the role."""

import streamlit as st

from dashboard.ui import own_account
from dashboard.ui.header import open_bare_page

open_bare_page("me")
left, right = st.columns([4, 7], gap="large")
with left:
    own_account.password()
with right:
    own_account.sessions_list()
