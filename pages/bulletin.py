"""通报导出: choose week, scope and sections, look at it, send it."""

import streamlit as st

from dashboard.exports.bulletin import model
from dashboard.ui import address, bulletins, states
from dashboard.ui.header import open_page

view, bar = open_page("bulletin")
places = bulletins.places_of(view)
if not places:
    states.empty("本账号没有可以导出的通报。", "省级账号可以导出全省和各市通报，设区市账号可以导出本市通报。")
    st.stop()
with bar:
    place = address.select("bulletin", "范围", list(places), next(iter(places)), text=places.__getitem__, width=150)
    order = bulletins.choose_order()

left, right = st.columns([5, 7], gap="medium")
with left:
    sections = bulletins.choose_sections(model.SECTIONS)
    head = bulletins.choose_head()
    if not sections:
        states.empty("没有选择任何部分。", "请至少勾选一个部分。")
        st.stop()
    composed = bulletins.compose(view, place, order, sections)
    bulletins.make_file(view, composed, head)
with right:
    bulletins.preview(composed)

bulletins.past_ones(view)
