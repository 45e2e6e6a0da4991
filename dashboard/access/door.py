"""The door of the web app: who may ask for what, before the app sees it.

Open without a session: sign-in, health, and the shell that shows the form (the page's own file, static files, the
websocket, on which no page runs before sign-in). Everything else asks for a session. Knows nothing of Streamlit but the
addresses it serves.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import audit, sessions
from dashboard.access.sessions import Visit
from dashboard.access.store import AccessStore
from dashboard.access.web import AGAIN, address_of, identifier, is_own, is_secure

OPEN_PATHS = frozenset({"/", "/healthz", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/robots.txt",
                        AGAIN, "/signin/ticket", "/signout", "/session"})  # fmt: skip
OPEN_FOLDERS = ("/static/",)
CLOSED_FOLDERS = ("/media/", "/component/", "/_stcore/bidi-components/", "/_stcore/metrics")
"""What there is for those with a session: downloads, the map's component, figures of the process. Any other address
(uploads, the interface for agents, sign-in with other providers) leads them to the first page."""
STREAM = "/_stcore/stream"
MEDIA = "/media/"

SESSION_HEADER = "x-dashboard-session"
"""What the door tells the app of a websocket: the identifier of the session that it belongs to. Whatever a browser says
under that name is taken away."""

WATCH_EVERY = 1.0
"""Seconds between two looks at whether the session of an open websocket still holds."""

_MEDIA = re.compile(rb"/media/([A-Za-z0-9_-]+)")
_RUN = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_OFFERED = 1000
"""Files a websocket may ask for: those that its page offered last."""


@dataclass(frozen=True)
class Said:
    """A message of a browser: whether the app hears it, whether it is the owner's own doing, and what it asks for.

    That is a file (its identifier), a run of a page (its name), or neither.
    """

    is_heard: bool = True
    is_doing: bool = True
    asks_for: bytes | None = None
    page: str | None = None


Judge = Callable[[bytes], Said]
Note = Callable[..., None]
"""Writes a line of the log: the event, and what is said of it."""


class Belongings:
    """What was sent to whom: a download, and a run of the app, belong to the session that they were made for.

    Kept in this process, as the downloads themselves are; `None` stands for browsers without a session.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._owners: OrderedDict[tuple[bytes, str | None], None] = OrderedDict()
        self._most = most

    def give(self, thing: bytes, owner: str | None) -> None:
        self._owners[thing, owner] = None
        self._owners.move_to_end((thing, owner))
        while len(self._owners) > self._most:
            self._owners.popitem(last=False)

    def has(self, owner: str | None, thing: bytes) -> bool:
        return (thing, owner) in self._owners


@dataclass
class _Socket:
    """An open websocket: its session, what its page offered, and the run that is being answered."""

    visit: Visit | None
    identifier: str | None
    offered: OrderedDict[bytes, None] = field(default_factory=OrderedDict)
    is_known: bool = False
    is_over: bool = False
    page: str | None = None
    asked_at: float = 0.0
    sent: int = 0


class Gate:
    """Lets through what is open, and the rest to who has a session.

    Args:
        store: a function that gives the store, since the data folder may be settled after the app is made.
        pages: addresses of pages, whose file is the shell.
        judge: what a message of a websocket is; without a judge everything is heard.
        offers: finds, in what the app sends, the identifiers of files that are made when asked for.
        farewell: what a page whose session has ended is told before its websocket is closed.
        finishes: whether what the app sends ends the run of a page.
        note: takes a line for the log per request and per run of a page.
    """

    def __init__(
        self,
        app: ASGIApp,
        store: Callable[[], AccessStore],
        pages: Collection[str] = (),
        judge: Judge = lambda message: Said(),
        offers: re.Pattern[bytes] | None = None,
        farewell: bytes | None = None,
        finishes: Callable[[bytes], bool] = lambda message: False,
        note: Note = lambda event, **said: None,
    ) -> None:
        self.app = app
        self._store = store
        self._judge = judge
        self._offers = offers
        self._farewell = farewell
        self._finishes = finishes
        self._note = note
        self._belongings = Belongings()
        shells = {f"/{page}" for page in pages}
        pings = {f"{shell}{ping}" for shell in shells for ping in ("/_stcore/health", "/_stcore/host-config")}
        self._open = OPEN_PATHS | shells | {f"{shell}/" for shell in shells} | pings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, self._noted(scope, send))
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if self._is_open(path):
            await self.app(scope, receive, send)
            return
        visit, _ = await self._visit(scope)
        if not _is_plain(path) or not await self._may(visit, path, Request(scope)):
            await PlainTextResponse("请先登录。", 403)(scope, receive, send)
            return
        if not path.startswith(CLOSED_FOLDERS):
            await RedirectResponse("/", 303)(scope, receive, send)
            return
        await self.app(scope, receive, _not_stored(send))

    def _noted(self, scope: Scope, send: Send) -> Send:
        """One line a request; the shell's many static files and the pings of its frame leave none."""
        began, path = time.perf_counter(), scope["path"]

        async def told(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start" and not _is_noise(path, message["status"]):
                took = round((time.perf_counter() - began) * 1000)
                self._note("request", method=scope["method"], path=self._kind(path), status=message["status"], ms=took)

        return told

    def _kind(self, path: str) -> str:
        """A path without what is the asker's own: the identifier of a download, or whatever was typed."""
        folder = next((folder for folder in CLOSED_FOLDERS if path.startswith(folder)), "other")
        return path if path in self._open else folder

    def _is_open(self, path: str) -> bool:
        return path in self._open or (_is_plain(path) and path.startswith(OPEN_FOLDERS))

    async def _may(self, visit: Visit | None, path: str, request: Request) -> bool:
        if not path.startswith(MEDIA):
            return visit is not None
        thing = path.removeprefix(MEDIA).partition(".")[0].encode("utf-8", "replace")
        if self._belongings.has(None, thing) or (visit and self._belongings.has(visit.handle, thing)):
            return True
        if visit:
            where, who = address_of(request), visit.account.name
            await run_in_threadpool(audit.record, self._store(), "refused", who, "download", address=where)
        return False

    async def _visit(self, scope: Scope) -> tuple[Visit | None, str | None]:
        shown = identifier(Headers(scope=scope), is_secure(scope))
        found = await run_in_threadpool(sessions.visit, self._store(), shown) if shown else None
        return found, shown if found else None

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != STREAM or not is_own(HTTPConnection(scope)):
            await _close(receive, send)
            return
        socket = _Socket(*await self._visit(scope))
        await self.app(self._shaken(scope, socket), self._heard(socket, receive, send), self._told(socket, send))

    def _shaken(self, scope: Scope, socket: _Socket) -> Scope:
        """The handshake as the app sees it: whose session it is, and no run to go on with unless it was that one's."""
        headers = []
        for name, value in scope["headers"]:
            if name == b"sec-websocket-protocol":
                parts = [part.strip() for part in value.split(b",")]
                if len(parts) > 2 and not self._belongings.has(self._owner(socket), parts[2]):
                    parts = parts[:2]
                value = b", ".join(parts)
            if name.lower() != SESSION_HEADER.encode():
                headers.append((name, value))
        if socket.identifier:
            headers.append((SESSION_HEADER.encode(), socket.identifier.encode()))
        return {**scope, "headers": headers}

    def _told(self, socket: _Socket, send: Send) -> Send:
        async def told(message: Message) -> None:
            if socket.is_over:
                return
            if message["type"] == "websocket.send" and (content := message.get("bytes")):
                self._remember(socket, content)
                self._finish(socket, content)
            await send(message)

        return told

    def _remember(self, socket: _Socket, content: bytes) -> None:
        """Remember whose the downloads are that a message speaks of, and the run of the app (its first identifier)."""
        if b"/media/" in content:
            for thing in _MEDIA.findall(content):
                self._belongings.give(thing, self._owner(socket))
        if not socket.is_known and (run := _RUN.search(content)):
            self._belongings.give(run[0], self._owner(socket))
            socket.is_known = True
        if self._offers:
            socket.offered.update(dict.fromkeys(self._offers.findall(content)))
            while len(socket.offered) > _OFFERED:
                socket.offered.popitem(last=False)

    def _heard(self, socket: _Socket, receive: Receive, send: Send) -> Receive:
        """What the browser says, for as long as its session holds: looked at with every message and every second."""
        waiting: asyncio.Task[Message] | None = None

        async def heard() -> Message:
            nonlocal waiting
            while True:
                waiting = waiting or asyncio.ensure_future(_once(receive))
                try:
                    await asyncio.wait({waiting}, timeout=WATCH_EVERY)
                except asyncio.CancelledError:
                    waiting.cancel()
                    raise
                message = waiting.result() if waiting.done() else None
                said = self._weigh(socket, message)
                if not await self._holds(socket, message, said):
                    waiting.cancel()
                    socket.is_over = True
                    if self._farewell:
                        await send({"type": "websocket.send", "bytes": self._farewell})
                    await send({"type": "websocket.close", "code": 1008, "reason": "signed out"})
                    return {"type": "websocket.disconnect", "code": 1008}
                if message is not None:
                    waiting = None
                    if said.is_heard:
                        self._begin(socket, said)
                        return message

        return heard

    def _begin(self, socket: _Socket, said: Said) -> None:
        """A run of a page was asked for; one that takes the place of another is told as one."""
        if said.page is not None:
            socket.page, socket.asked_at, socket.sent = said.page, time.perf_counter(), 0

    def _finish(self, socket: _Socket, content: bytes) -> None:
        """Count what a run sends, and write its line when it is over."""
        if socket.page is None:
            return
        socket.sent += len(content)
        if self._finishes(content):
            took = round((time.perf_counter() - socket.asked_at) * 1000)
            session = socket.visit.handle[:8] if socket.visit else None
            self._note("run", page=socket.page, ms=took, bytes=socket.sent, session=session)
            socket.page = None

    def _weigh(self, socket: _Socket, message: Message | None) -> Said:
        """What a message is; one that asks for a file which this websocket's page did not offer is not heard."""
        if message is None or message["type"] != "websocket.receive":
            return Said(is_doing=False)
        said = self._judge(message.get("bytes") or b"")
        is_offered = said.asks_for is None or said.asks_for in socket.offered
        return said if is_offered else Said(is_heard=False, is_doing=False)

    async def _holds(self, socket: _Socket, message: Message | None, said: Said) -> bool:
        """Whether the socket's session still does; notes what the owner does. One without a session shows the form."""
        if socket.identifier is None or (message and message["type"] == "websocket.disconnect"):
            return True
        found = sessions.visit(self._store(), socket.identifier)  # microseconds, but for the first look after a change
        if found and socket.visit and found.account != socket.visit.account:
            return False
        if found and said.is_doing and sessions.is_due(self._store(), found):
            await run_in_threadpool(sessions.seen, self._store(), socket.identifier)
        return found is not None

    @staticmethod
    def _owner(socket: _Socket) -> str | None:
        return socket.visit.handle if socket.visit else None


async def _once(receive: Callable[[], Awaitable[Message]]) -> Message:
    return await receive()


async def _close(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def _is_plain(path: str) -> bool:
    """No way to mean another path than it says."""
    return not any(odd in path for odd in ("..", "//", "\\", "\x00", "/./"))


def _is_noise(path: str, status: int) -> bool:
    return status < 400 and (path.startswith(OPEN_FOLDERS) or path.endswith(("/_stcore/health", "/host-config")))


def _not_stored(send: Send) -> Send:
    """What needs a session is not kept by the browser, so that it is gone with the session."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "no-store"
        await send(message)

    return told
