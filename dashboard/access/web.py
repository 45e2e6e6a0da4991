"""The door of the web app: who may ask for what before the app sees it, and the routes that set and take the cookie.

Open without a session: sign-in, health, and the shell that shows the form (the page's own file, static files, the
websocket, on which no page runs before sign-in). Everything else asks for a session. Knows nothing of Streamlit but the
addresses it serves.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import audit, sessions
from dashboard.access.sessions import Visit
from dashboard.access.store import AccessStore

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=31536000"

AGAIN = "/signin/again"
"""Where a page goes when its session has ended: back to its own address, which shows the form then."""

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
_LARGEST_FORM = 4096
_OFFERED = 1000
"""Files a websocket may ask for: those that its page offered last."""


@dataclass(frozen=True)
class Said:
    """A message of a browser: whether the app hears it, whether it is the owner's own doing, the file it asks for."""

    is_heard: bool = True
    is_doing: bool = True
    asks_for: bytes | None = None


Judge = Callable[[bytes], Said]

LOOPBACK_HOSTS = ("127.0.0.1", "localhost")


def allowed_hosts() -> list[str]:
    """The names that browsers may use for this server: `DASHBOARD_HOSTS`, with commas, besides this machine's own."""
    told = os.environ.get("DASHBOARD_HOSTS", "").split(",")
    return [*LOOPBACK_HOSTS, *(name.strip() for name in told if name.strip())]


def cookie_name(is_secure: bool) -> str:
    """Behind TLS the browser itself sees to it that the cookie is of this host, whole site, and secure."""
    return "__Host-session" if is_secure else "session"


def identifier(headers: Headers, is_secure: bool) -> str | None:
    """The session's identifier that a browser sent, if any."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(cookie_name(is_secure))
    except CookieError:
        return None
    return found.value if found else None


def is_secure(scope: Scope) -> bool:
    """Whether the browser's connection is encrypted: as the server knows, or a proxy it trusts says."""
    return scope.get("scheme") in ("https", "wss")


def address_of(connection: HTTPConnection) -> str:
    """Where a browser is, as the server knows, or a proxy it trusts says."""
    return connection.client.host if connection.client else "unknown"


class SecurityHeaders:
    """Adds `SECURITY_HEADERS` to every response; over TLS, asks to stay there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                if is_secure(scope):
                    headers["Strict-Transport-Security"] = STRICT_TRANSPORT
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


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
    """An open websocket: its session, and whether the run of the app it belongs to is known."""

    visit: Visit | None
    identifier: str | None
    offered: OrderedDict[bytes, None] = field(default_factory=OrderedDict)
    is_known: bool = False
    is_over: bool = False


class Gate:
    """Lets through what is open, and the rest to who has a session.

    Args:
        store: a function that gives the store, since the data folder may be settled after the app is made.
        pages: addresses of pages, whose file is the shell.
        judge: what a message of a websocket is; without a judge everything is heard.
        offers: finds, in what the app sends, the identifiers of files that are made when asked for.
        farewell: what a page whose session has ended is told before its websocket is closed.
    """

    def __init__(
        self,
        app: ASGIApp,
        store: Callable[[], AccessStore],
        pages: Collection[str] = (),
        judge: Judge = lambda message: Said(),
        offers: re.Pattern[bytes] | None = None,
        farewell: bytes | None = None,
    ) -> None:
        self.app = app
        self._store = store
        self._judge = judge
        self._offers = offers
        self._farewell = farewell
        self._belongings = Belongings()
        shells = {f"/{page}" for page in pages}
        pings = {f"{shell}{ping}" for shell in shells for ping in ("/_stcore/health", "/_stcore/host-config")}
        self._open = OPEN_PATHS | shells | {f"{shell}/" for shell in shells} | pings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
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
                self._note(socket, content)
            await send(message)

        return told

    def _note(self, socket: _Socket, content: bytes) -> None:
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
                        return message

        return heard

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


def routes(store: Callable[[], AccessStore]) -> list[Route]:
    """The routes of signing in and out, and of asking whether one still is."""

    async def enter(request: Request) -> Response:
        if not is_own(request):
            return PlainTextResponse("请从本站的登录页登录。", 403)
        form = parse_qs(await _form(request))
        ticket, onward = form.get("ticket", [""])[0], form.get("next", ["/"])[0]
        secure = is_secure(request.scope)
        before = identifier(request.headers, secure)
        where, browser = address_of(request), request.headers.get("user-agent", "")
        opened = await run_in_threadpool(sessions.open_with, store(), ticket, where, browser, before)
        if opened is None:
            return RedirectResponse("/", 303)
        response = RedirectResponse(local(onward), 303)
        response.set_cookie(cookie_name(secure), opened[0], path="/", httponly=True, samesite="strict", secure=secure)
        return _uncached(response)

    async def leave(request: Request) -> Response:
        if not is_own(request):
            return PlainTextResponse("请从本站的页面退出。", 403)
        secure = is_secure(request.scope)
        shown = identifier(request.headers, secure)
        await run_in_threadpool(sessions.sign_out, store(), shown, address_of(request))
        response = RedirectResponse("/", 303)
        response.delete_cookie(cookie_name(secure), path="/", httponly=True, samesite="strict", secure=secure)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return _uncached(response)

    async def again(request: Request) -> Response:
        shown = urlsplit(request.headers.get("referer", ""))
        is_here = shown.netloc == request.headers.get("host") and shown.path != AGAIN
        onward = local(shown._replace(scheme="", netloc="").geturl()) if is_here else "/"
        return _uncached(RedirectResponse(onward, 303))

    async def holds(request: Request) -> Response:
        shown = identifier(request.headers, is_secure(request.scope))
        found = await run_in_threadpool(sessions.visit, store(), shown)
        return _uncached(Response(status_code=204 if found else 401))

    return [
        Route("/signin/ticket", enter, methods=["POST"]),
        Route("/signout", leave, methods=["POST"]),
        Route(AGAIN, again, methods=["GET"]),
        Route("/session", holds, methods=["GET"]),
    ]


def is_own(request: HTTPConnection) -> bool:
    """Whether a form or a websocket comes from a page of this site, by what the browser says of it."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return site in (None, "same-origin")


def local(onward: str) -> str:
    """An address of this site to go on to; the first page for anything else."""
    is_plain = onward.isprintable() and "\\" not in onward
    return onward if is_plain and onward.startswith("/") and not onward.startswith("//") else "/"


async def _form(request: Request) -> str:
    """The body of a small form; nothing of a large one."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_FORM:
            return ""
    return body.decode("utf-8", "replace")


async def _once(receive: Callable[[], Awaitable[Message]]) -> Message:
    return await receive()


async def _close(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def _is_plain(path: str) -> bool:
    """No way to mean another path than it says."""
    return not any(odd in path for odd in ("..", "//", "\\", "\x00", "/./"))


def _not_stored(send: Send) -> Send:
    """What needs a session is not kept by the browser, so that it is gone with the session."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "no-store"
        await send(message)

    return told


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
