"""A browser's side of Streamlit's websocket: opens pages, changes filters, and counts what the server sends for it.

What the front end does is done here too: the state of every widget goes along with each run, the address that the
server told comes back with the next one, messages are kept by their hash and asked for once, and a filter that stands
in a fragment runs that fragment alone. Nothing is drawn.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LARGEST = 200_000_000
"""Bytes of a message: Streamlit's own limit."""

PATIENCE = 600.0
"""Seconds to wait for one run of the script."""

ENDS = {
    ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
}  # fmt: skip
"""What ends a run; what ends early for a rerun goes on."""


class Broken(Exception):
    """The server said something that a visitor would see as a failure, or nothing."""


@dataclass(frozen=True)
class Run:
    """One run of the script as the browser saw it: seconds until it ended, and what came for it.

    `sent` counts the bytes of all messages before the connection compresses them, if it does; `geometry` are those
    among them that bring the map; `wire` counts what arrived.
    """

    seconds: float
    first: float
    messages: int
    sent: int
    geometry: int
    wire: int


class Counting(ClientConnection):
    """A connection that counts the bytes that arrive."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class _Widget(Protocol):
    """The fields that widgets have in common."""

    id: str
    label: str


@dataclass
class _Cached:
    """A message that the front end keeps, and the run that last used it."""

    message: ForwardMsg
    used: int


@dataclass
class Tab:
    """An open page of a browser.

    Args:
        address: `http://host:port` of the server.
        cookie: the header that a signed-in browser sends.
    """

    address: str
    cookie: str = ""
    connection: Counting | None = None
    query: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, tuple[Any, str]] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _page: str = ""
    _kept: dict[str, _Cached] = field(default_factory=dict)
    _runs: int = 0
    _before: int = 0
    _oldest: int = 2

    async def __aenter__(self) -> Tab:
        url = f"ws://{urlsplit(self.address).netloc}/_stcore/stream"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        connection = await connect(
            url, subprotocols=[Subprotocol("streamlit")], origin=Origin(self.address), additional_headers=headers,
            max_size=LARGEST, open_timeout=PATIENCE, ping_interval=None, create_connection=Counting,
        )  # fmt: skip
        assert isinstance(connection, Counting)
        self.connection = connection
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.connection:
            await self.connection.close()

    async def open(self, page: str = "", query: str = "") -> Run:
        """What a browser does with an address: the first run of the script."""
        self.query = query
        return await self._run(page_name=page)

    async def go(self, page: str) -> Run:
        """Follow the navigation to another page (the first one has no name): its address starts without parameters."""
        self.query, self.states = "", {}
        self.widgets = {}
        self._page = self.pages.get(page) or self.pages[""]
        return await self._run()

    async def again(self) -> Run:
        """Run the script once more as it stands."""
        return await self._run()

    async def choose(self, label: str, option: str) -> Run:
        """Choose an option of the filter named `label`: a list, segments, pills, a search box or a page number."""
        found = next((w for w, _ in self.widgets.values() if getattr(w, "label", "") == label), None)
        if found is None:
            raise Broken(f"no filter {label}; there are {[w.label for w, _ in self.widgets.values()]}")
        self.states[found.id] = _chosen(found, option)
        return await self._run(fragment_id=self.widgets[found.id][1])

    def options(self, label: str) -> list[str]:
        """What the filter named `label` offers."""
        found = next(w for w, _ in self.widgets.values() if w.label == label)
        return [getattr(option, "content", option) for option in found.options]

    async def _run(self, page_name: str = "", fragment_id: str = "") -> Run:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.page_name = self.query, self._page, page_name
        asked.fragment_id = fragment_id
        asked.cached_message_hashes.extend(self._kept)
        asked.context_info.timezone, asked.context_info.locale = "Asia/Shanghai", "zh-CN"
        asked.context_info.url, asked.context_info.color_scheme = f"{self.address}/{page_name}", "light"
        asked.widget_states.widgets.extend(self.states.values())
        self._seen = set()
        assert self.connection
        start, self._before = time.perf_counter(), self.connection.received
        await self.connection.send(message.SerializeToString())
        return await self._hear(start, bool(fragment_id))

    async def _hear(self, start: float, is_part: bool) -> Run:
        assert self.connection
        count = sent = geometry = 0
        first = 0.0
        while True:
            raw = await self._receive(start)
            count, sent = count + 1, sent + len(raw)
            message = ForwardMsg.FromString(raw)
            match message.WhichOneof("type"):
                case "ref_hash":
                    kept = self._kept[message.ref_hash]
                    kept.used = self._runs
                    self._note(kept.message.delta)
                case "delta":
                    first = first or time.perf_counter() - start
                    self._keep(message)
                    self._note(message.delta)
                    geometry += len(raw) if _is_map(message.delta) else 0
                case "script_finished" if message.script_finished in ENDS:
                    self._finish(is_part)
                    if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        raise Broken("the script does not compile")
                    wire = self.connection.received - self._before
                    return Run(time.perf_counter() - start, first, count, sent, geometry, wire)
                case _:
                    self._hear_other(message)

    async def _receive(self, start: float) -> bytes:
        assert self.connection
        left = PATIENCE - (time.perf_counter() - start)
        try:
            return cast("bytes", await asyncio.wait_for(self.connection.recv(), left))
        except TimeoutError as error:
            raise Broken(f"no answer in {PATIENCE:.0f} s") from error

    def _hear_other(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
                self._oldest = message.new_session.config.max_cached_message_age
            case "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
                self._page = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string

    def _note(self, delta: Delta) -> None:
        """Remember a widget with its state as the server has it; a failure shown is a failure."""
        if delta.WhichOneof("type") != "new_element":
            return
        element: Element = delta.new_element
        kind = str(element.WhichOneof("type"))
        if kind == "exception":
            raise Broken(f"{element.exception.type}: {element.exception.message}")
        if kind == "alert" and element.alert.format == element.alert.ERROR:
            raise Broken(element.alert.body)
        widget = getattr(element, kind, None)
        if kind in _STATE_OF and widget is not None:
            self._seen.add(widget.id)
            self.widgets[widget.id] = (widget, delta.fragment_id)
            if widget.set_value or widget.id not in self.states:
                self.states[widget.id] = _STATE_OF[kind](widget)

    def _keep(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = _Cached(message, self._runs)

    def _finish(self, is_part: bool) -> None:
        """Drop widgets that the page no longer has, and messages that were not used for some runs."""
        if not is_part:
            self.widgets = {i: w for i, w in self.widgets.items() if i in self._seen}
            self.states = {i: s for i, s in self.states.items() if i in self._seen}
        self._runs += 1
        self._kept = {h: kept for h, kept in self._kept.items() if self._runs - kept.used <= self._oldest}


def _chosen(widget: Any, option: str) -> WidgetState:
    """The state of a widget in which `option` was chosen by hand."""
    state = WidgetState(id=widget.id)
    match type(widget).__name__:
        case "ButtonGroup" | "MultiSelect":
            state.string_array_value.data.append(option)
        case "Pagination":
            state.int_value = int(option)
        case "Slider":
            state.double_array_value.data.append(float(option))
        case _:
            state.string_value = option
    return state


def _selectbox(widget: Any) -> WidgetState:
    state = WidgetState(id=widget.id)
    if widget.set_value:
        state.string_value = widget.raw_value
    elif widget.HasField("default"):
        state.string_value = widget.options[widget.default]
    return state


def _buttons(widget: Any) -> WidgetState:
    state = WidgetState(id=widget.id)
    state.string_array_value.data.extend(
        widget.raw_values if widget.set_value else [widget.options[i].content for i in widget.default]
    )
    return state


def _text(widget: Any) -> WidgetState:
    return WidgetState(id=widget.id, string_value=widget.value if widget.set_value else widget.default)


def _page_number(widget: Any) -> WidgetState:
    return WidgetState(id=widget.id, int_value=widget.value if widget.set_value else widget.default)


def _slider(widget: Any) -> WidgetState:
    state = WidgetState(id=widget.id)
    state.double_array_value.data.extend(widget.value if widget.set_value else widget.default)
    return state


def _tick(widget: Any) -> WidgetState:
    return WidgetState(id=widget.id, bool_value=widget.value if widget.set_value else widget.default)


def _multiselect(widget: Any) -> WidgetState:
    state = WidgetState(id=widget.id)
    state.string_array_value.data.extend(
        widget.raw_values if widget.set_value else [widget.options[i] for i in widget.default]
    )
    return state


_STATE_OF: Mapping[str, Any] = {
    "selectbox": _selectbox, "button_group": _buttons, "text_input": _text, "pagination": _page_number,
    "slider": _slider, "checkbox": _tick, "multiselect": _multiselect, "radio": _selectbox,
}  # fmt: skip
"""The state that the front end sends for a widget nobody touched; buttons send none."""


def _is_map(delta: Delta) -> bool:
    """Whether a message brings the geometry of the map."""
    if delta.WhichOneof("type") != "new_element":
        return False
    element = delta.new_element
    return element.WhichOneof("type") in ("bidi_component", "component_instance") and b"MultiPolygon" in (
        element.SerializeToString()
    )
