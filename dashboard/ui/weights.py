"""The weights of the composite score, which can be moved: bound to the address, the policy's own by default."""

from __future__ import annotations

import streamlit as st

from dashboard import wording
from dashboard.ui import address
from dashboard.ui.data import View

HIGHEST = 100


def weights(view: View) -> dict[str, float]:
    """The weight of each part of the composite, from the address."""
    return {part: float(address.read_number(_name(part), own, HIGHEST)) for part, own in _own(view).items()}


def adjust(view: View) -> None:
    """A popover with a slider for each weight, which are made when it is opened."""
    popover = st.popover(
        "调整权重", type="tertiary", help="方案未规定综合评分公式，权重只供比较", key="weights", on_change="rerun"
    )
    if not popover.open:
        return
    with popover:
        st.caption("只看比例；缺数据的部分不占权重。")
        for part, own in _own(view).items():
            address.number(_name(part), wording.SCORES[part], own, HIGHEST)


def _own(view: View) -> dict[str, int]:
    return {part: round(weight) for part, weight in view.policy.weights.model_dump().items()}


def _name(part: str) -> str:
    return f"weight_{part}"
