"""What a browser and the server say to each other about a session: cookie, headers, and the routes of signing in."""

from __future__ import annotations

import os
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import sessions
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

_LARGEST_FORM = 4096

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


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
