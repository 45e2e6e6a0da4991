"""Filters that live in the address, so that a copied link shows the same view.

The address is the truth: a filter reads its value there, and a change by hand writes it there before the script runs.
What is shared by pages (snapshot, city, scope, year) is kept for the visit, so that it follows to the next page.
A value that the address may not name is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

SHARED = frozenset({"snapshot", "city", "scope", "year"})
ALL = "all"
ON = "yes"


def read(name: str, options: Sequence[str], default: str) -> str:
    """The value of a filter: the address, else (shared ones) what was chosen before in this visit, else `default`."""
    for found in (st.query_params.get(name), _kept().get(name)):
        if found is not None and found in options:
            return found
    return default


def keep(name: str, value: str, default: str) -> None:
    """Write a filter's value into the address, and for the visit if pages share it.

    What equals its default is left out, but for the snapshot: its default moves on with every week.
    """
    if name in SHARED:
        _kept()[name] = value
    if value == default and name != "snapshot":
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def select(
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    text: Callable[[str], str] = str,
    width: int = 150,
) -> str:
    """A drop-down filter bound to the address parameter `name`; the address holds codes, the list shows `text`."""
    value = _prepare(name, options, default)
    st.selectbox(
        label, options, format_func=text, key=_key(name), on_change=_changed, args=(name, default), width=width,
        label_visibility="collapsed", placeholder="请选择", help=label,
    )  # fmt: skip
    keep(name, value, default)
    return value


def choice(name: str, label: str, options: Mapping[str, str], everything: str, width: int = 150) -> str | None:
    """A drop-down filter that is off by default: None then, and `everything` is what it says."""
    words = {ALL: everything, **options}
    found = select(name, label, list(words), ALL, text=words.__getitem__, width=width)
    return None if found == ALL else found


def segments(name: str, label: str, options: Sequence[str], default: str, text: Callable[[str], str] = str) -> str:
    """A filter of few values, all in sight, bound to the address parameter `name`."""
    value = _prepare(name, options, default)
    st.segmented_control(
        label, options, format_func=text, key=_key(name), on_change=_changed, args=(name, default), required=True,
        label_visibility="collapsed", wrap=False,
    )  # fmt: skip
    keep(name, value, default)
    return value


def switch(name: str, label: str, says: str) -> bool:
    """Something that is off by default, bound to the address parameter `name`; `says` is what turning it on does."""
    value = st.query_params.get(name) == ON
    st.session_state[_key(name)] = value
    st.toggle(label, key=_key(name), on_change=_switched, args=(name,), help=says)
    return value


def read_number(name: str, default: int, highest: int) -> int:
    """A whole number from 0 to `highest` in the address; `number` draws its control."""
    return int(read(name, [str(n) for n in range(highest + 1)], str(default)))


def number(name: str, label: str, default: int, highest: int) -> None:
    """A slider for the whole number `name` of the address."""
    st.session_state[_key(name)] = read_number(name, default, highest)
    st.slider(label, 0, highest, key=_key(name), on_change=_changed, args=(name, str(default)))


def words(name: str, label: str, width: int = 200) -> str:
    """A search box bound to the address parameter `name`; without white space at its ends."""
    value = st.query_params.get(name, "").strip()
    st.session_state[_key(name)] = value
    st.text_input(
        label, key=_key(name), on_change=_changed, args=(name, ""), placeholder=label, label_visibility="collapsed",
        icon=":material/search:", width=width,
    )  # fmt: skip
    return value


def pages(rows: int, size: int) -> int:
    """How many pages a list of `rows` has, one at least."""
    return max(1, -(-rows // size))


def cut(frame: pd.DataFrame, size: int, number: int) -> pd.DataFrame:
    """The rows of page `number`, from 1."""
    return frame.iloc[(number - 1) * size : number * size]


def page_number(name: str, pages: int) -> int:
    """Which page of a long table to show, 1 to `pages`, from the address; `page_switch` draws the control."""
    given = st.query_params.get(name, "")
    is_number = given.isascii() and given.isdecimal() and not given.startswith("0") and len(given) < 10
    return int(given) if is_number and int(given) <= pages else 1


def page_switch(name: str, pages: int) -> None:
    """The control under a long table that turns its pages; nothing for a single one."""
    if pages > 1:
        st.session_state[_key(name)] = page_number(name, pages)
        st.pagination(pages, key=_key(name), on_change=_changed, args=(name, "1"))


def _prepare(name: str, options: Sequence[str], default: str) -> str:
    value = read(name, options, default)
    st.session_state[_key(name)] = value
    return value


def _changed(name: str, default: str) -> None:
    value = st.session_state[_key(name)]
    keep(name, default if value is None else str(value), default)


def _switched(name: str) -> None:
    keep(name, ON if st.session_state[_key(name)] else "", "")


def _key(name: str) -> str:
    return f"address-{name}"


def _kept() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault("address", {})
    return kept
