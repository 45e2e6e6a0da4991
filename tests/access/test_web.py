"""The door of the web app, asked as a browser asks it: what is open, what needs a session, whose a download is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.access import accounts, audit, sessions, signin, web
from dashboard.access import door as door_module
from dashboard.access.accounts import Account
from dashboard.access.door import Gate, Judge, Said
from dashboard.access.store import AccessStore
from dashboard.access.web import SecurityHeaders, cookie_name, local, routes
from tests.access.conftest import CITY, PASSWORD, STEWARD, Clock
from tests.support import loop

HERE = "10.0.0.1"
FAREWELL = b"farewell"
RUN = b"11111111-2222-3333-4444-555555555555"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def enter(store: AccessStore, account: Account = CITY) -> str:
    opened = sessions.open_with(store, signin.sign_in(store, account.name, PASSWORD, HERE), HERE, "test")
    assert opened
    return opened[0]


class Inner:
    """Stands for the app behind the door: answers any path, and speaks on the websocket what a test gives it."""

    def __init__(self, says: Sequence[bytes] = ()) -> None:
        self.says = says
        self.heard: list[bytes] = []
        self.protocols: list[str] = []
        self.sessions: list[list[str]] = []
        self.ended = False

    async def page(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse("secret")

    async def stream(self, websocket: WebSocket) -> None:
        self.protocols.append(websocket.headers.get("sec-websocket-protocol", ""))
        self.sessions.append(websocket.headers.getlist("x-dashboard-session"))
        await websocket.accept()
        for said in self.says:
            await websocket.send_bytes(said)
        try:
            while True:
                self.heard.append(await websocket.receive_bytes())
                await websocket.send_bytes(b"an answer")
        except WebSocketDisconnect:
            self.ended = True


def door(
    store: AccessStore,
    inner: Inner | None = None,
    judge: Judge = lambda message: Said(),
    offers: re.Pattern[bytes] | None = None,
) -> Starlette:
    inner = inner or Inner()
    return Starlette(
        routes=[
            *routes(lambda: store),
            WebSocketRoute("/{path:path}", inner.stream),
            Route("/{path:path}", inner.page, methods=["GET", "POST", "PUT", "DELETE"]),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Gate, store=lambda: store, pages=("cities",), judge=judge, offers=offers, farewell=FAREWELL),
        ],
    )


def ask(
    app: Starlette, path: str, method: str = "GET", cookie: str | None = None, body: str = "", scheme: str = "http",
    **headers: str,
) -> Answer:  # fmt: skip
    sent: list[Message] = []
    given = {"host": "dashboard.test", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if cookie:
        given["cookie"] = f"{cookie_name(scheme == 'https')}={cookie}"
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": scheme,
        "server": ("dashboard.test", 80),
        "client": (HERE, 1),
        "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    loop.run(app(scope, receive, send))
    start, *rest = sent
    names = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, b"".join(message.get("body", b"") for message in rest))


async def talk(
    app: Starlette,
    cookie: str | None,
    steps: Sequence[bytes | Callable[[], object]],
    protocols: str = "streamlit",
    claims: str = "",
    origin: str = "http://dashboard.test",
) -> list[Message]:
    """Open the websocket, do the steps (bytes are said, others done), hear a little longer, hang up."""
    sent: list[Message] = []
    queue: asyncio.Queue[Message] = asyncio.Queue()
    headers = [(b"host", b"dashboard.test"), (b"sec-websocket-protocol", protocols.encode())]
    headers += [(b"origin", origin.encode()), (b"x-dashboard-session", claims.encode())]
    if cookie:
        headers.append((b"cookie", f"session={cookie}".encode()))
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "raw_path": b"/_stcore/stream",
        "query_string": b"",
        "scheme": "ws",
        "server": ("dashboard.test", 80),
        "client": (HERE, 1),
        "headers": headers,
        "subprotocols": [],
    }

    async def send(message: Message) -> None:
        sent.append(message)

    await queue.put({"type": "websocket.connect"})
    task = asyncio.ensure_future(app(scope, queue.get, send))
    for step in steps:
        await _settle(sent)
        if isinstance(step, bytes):
            await queue.put({"type": "websocket.receive", "bytes": step})
        else:
            step()
    await _settle(sent)
    await queue.put({"type": "websocket.disconnect", "code": 1000})
    await asyncio.wait_for(task, 5)
    return sent


async def _settle(sent: list[Message]) -> None:
    """Wait until nothing more is said for four looks at the session."""
    quiet = 0
    while quiet < 4:
        before = len(sent)
        await asyncio.sleep(door_module.WATCH_EVERY)
        quiet = quiet + 1 if len(sent) == before else 0


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_module, "WATCH_EVERY", 0.02)


OPEN = [
    "/",
    "/cities",
    "/cities/",
    "/healthz",
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/js/index.js",
    "/cities/_stcore/health",
    "/cities/_stcore/host-config",
]
CLOSED = [
    "/media/abc.csv",
    "/media/",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/a/b",
    "/component/x/index.html",
    "/_stcore/bidi-components/x",
    "/app/static/x",
    "/auth/login",
    "/oauth2callback",
    "/unknown",
    "/cities/media/x",
    "/static/../media/abc.csv",
    "/static/..",
    "/static//../../media/x",
    "//media/abc.csv",
    "/./media/x",
    "/static/\\..\\media",
    "/_stcore/metrics/",
    "/MEDIA/abc.csv",
    "/cities/../media/abc",
]


def test_hosts_are_this_machine_and_those_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_HOSTS", raising=False)
    assert web.allowed_hosts() == ["127.0.0.1", "localhost"]
    monkeypatch.setenv("DASHBOARD_HOSTS", "a.example.cn, 10.1.2.3,")
    assert web.allowed_hosts() == ["127.0.0.1", "localhost", "a.example.cn", "10.1.2.3"]


@pytest.mark.parametrize("path", OPEN)
def test_sign_in_health_and_shell_are_open(peopled: AccessStore, path: str) -> None:
    assert ask(door(peopled), path).status == 200


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("cookie", [None, "unknown", "'; drop table sessions; --"])
def test_everything_else_asks_for_a_session(peopled: AccessStore, path: str, cookie: str | None) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = ask(door(peopled), path, method, cookie)
        assert answer.status in (403, 405)
        assert b"secret" not in answer.body


def test_with_a_session_the_rest_opens_and_is_not_kept_by_the_browser(peopled: AccessStore) -> None:
    answer = ask(door(peopled), "/_stcore/metrics", cookie=enter(peopled))
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")


def test_an_ended_session_opens_nothing(peopled: AccessStore, clock: Clock) -> None:
    identifier = enter(peopled)
    clock.pass_by(sessions.IDLE)
    assert ask(door(peopled), "/_stcore/metrics", cookie=identifier).status == 403


def test_every_answer_carries_the_headers(peopled: AccessStore) -> None:
    for path in ("/", "/media/x", "/session"):
        headers = ask(door(peopled), path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers
    assert "strict-transport-security" in ask(door(peopled), "/", scheme="https").headers


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("http", "session={}; HttpOnly; Path=/; SameSite=strict"),
        ("https", "__Host-session={}; HttpOnly; Path=/; SameSite=strict; Secure"),
    ],
)
def test_a_ticket_becomes_a_cookie(peopled: AccessStore, scheme: str, expected: str) -> None:
    ticket = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    answer = ask(
        door(peopled), "/signin/ticket", "POST", body=f"ticket={ticket}&next=%2Fcities%3Fcity%3D320100", scheme=scheme
    )
    assert (answer.status, answer.headers["location"]) == (303, "/cities?city=320100")
    cookie = answer.headers["set-cookie"]
    identifier = cookie.split("=", 1)[1].split(";")[0]
    assert cookie == expected.format(identifier)
    assert ticket not in cookie
    assert ask(door(peopled), "/_stcore/metrics", cookie=identifier, scheme=scheme).status == 200


def test_a_used_or_invented_ticket_sets_no_cookie(peopled: AccessStore) -> None:
    ticket = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    ask(door(peopled), "/signin/ticket", "POST", body=f"ticket={ticket}")
    for body in (f"ticket={ticket}", "ticket=", "", "ticket=x", "x" * 100_000):
        assert "set-cookie" not in ask(door(peopled), "/signin/ticket", "POST", body=body).headers


def test_an_identifier_that_a_browser_brings_is_not_taken_over(peopled: AccessStore) -> None:
    ticket = signin.sign_in(peopled, CITY.name, PASSWORD, HERE)
    answer = ask(door(peopled), "/signin/ticket", "POST", cookie="planted", body=f"ticket={ticket}")
    assert "planted" not in answer.headers["set-cookie"]
    assert sessions.visit(peopled, "planted") is None


@pytest.mark.parametrize("path", ["/signin/ticket", "/signout"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.test"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_other_sites_sign_nobody_in_or_out(peopled: AccessStore, path: str, headers: dict[str, str]) -> None:
    identifier = enter(peopled)
    ticket = signin.sign_in(peopled, STEWARD.name, PASSWORD, HERE)
    answer = ask(door(peopled), path, "POST", identifier, f"ticket={ticket}", **headers)
    assert answer.status == 403
    assert sessions.visit(peopled, identifier)


@pytest.mark.parametrize("path", ["/signin/ticket", "/signout"])
def test_a_link_signs_nobody_in_or_out(peopled: AccessStore, path: str) -> None:
    identifier = enter(peopled)
    assert "set-cookie" not in ask(door(peopled), path, "GET", identifier).headers
    assert sessions.visit(peopled, identifier)


def test_sign_out_ends_the_session_and_clears_the_browser(peopled: AccessStore) -> None:
    identifier = enter(peopled)
    answer = ask(door(peopled), "/signout", "POST", identifier, origin="http://dashboard.test")
    assert answer.status == 303
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert sessions.visit(peopled, identifier) is None
    assert audit.newest(peopled, 1)[0].action == "sign_out"


def test_a_page_can_ask_whether_its_session_holds_without_keeping_it_alive(peopled: AccessStore, clock: Clock) -> None:
    identifier = enter(peopled)
    for _ in range(3):
        assert ask(door(peopled), "/session", cookie=identifier).status == 204
        clock.pass_by(sessions.IDLE / 3)
    assert ask(door(peopled), "/session", cookie=identifier).status == 401


@pytest.mark.parametrize(
    "onward",
    [
        "//elsewhere.test",
        "https://elsewhere.test",
        "/\\elsewhere.test",
        "javascript:alert(1)",
        "",
        "cities",
        "/a\nb",
        "\\\\elsewhere.test",
        "/%0d\r\nx",
    ],
)
def test_nobody_is_sent_elsewhere(onward: str) -> None:
    assert local(onward) == "/"


@pytest.mark.parametrize("onward", ["/", "/cities?city=320100&scope=municipal", "/quality?section=rows#x"])
def test_addresses_of_this_site_are_kept(onward: str) -> None:
    assert local(onward) == onward


def test_what_the_owner_says_reaches_the_app(peopled: AccessStore) -> None:
    inner = Inner()
    sent = loop.run(talk(door(peopled, inner), enter(peopled), [b"rerun"]))
    assert inner.heard == [b"rerun"]
    assert {"type": "websocket.send", "bytes": b"an answer"} in sent


@pytest.mark.parametrize("how", ["signed out", "password", "role", "disabled", "idle", "ended"])
def test_an_open_tab_ends_with_its_session(peopled: AccessStore, clock: Clock, how: str) -> None:
    identifier, inner = enter(peopled), Inner()

    def end() -> None:
        match how:
            case "signed out":
                sessions.sign_out(peopled, identifier, HERE)
            case "password":
                accounts.change_password(peopled, CITY.name, "another phrase of mine")
            case "role":
                accounts.set_role(peopled, CITY.name, "province", None, "test")
            case "disabled":
                accounts.disable(peopled, CITY.name, "test")
            case "idle":
                clock.pass_by(sessions.IDLE)
            case _:
                sessions.end(peopled, CITY, sessions.own(peopled, CITY)[0].handle)

    sent = loop.run(talk(door(peopled, inner), identifier, [b"before", end, b"after"]))
    assert inner.heard == [b"before"]
    assert inner.ended
    assert sent[-2:] == [
        {"type": "websocket.send", "bytes": FAREWELL},
        {"type": "websocket.close", "code": 1008, "reason": "signed out"},
    ]


def test_other_tabs_of_the_same_session_end_too(peopled: AccessStore) -> None:
    identifier = enter(peopled)
    first, second = Inner(), Inner()

    async def both() -> tuple[list[Message], list[Message]]:
        steps: list[bytes | Callable[[], object]] = [lambda: sessions.sign_out(peopled, identifier, HERE), b"after"]
        return await asyncio.gather(
            talk(door(peopled, first), identifier, steps), talk(door(peopled, second), identifier, [b"before"])
        )

    one, other = loop.run(both())
    assert one[-1]["type"] == other[-1]["type"] == "websocket.close"
    assert first.heard == []


def test_without_a_session_the_websocket_shows_the_form(peopled: AccessStore) -> None:
    inner = Inner()
    loop.run(talk(door(peopled, inner), None, [b"form"]))
    assert inner.heard == [b"form"]


def test_only_the_owners_own_doing_keeps_a_session_alive(peopled: AccessStore, clock: Clock) -> None:
    identifier = enter(peopled)
    app = door(peopled, judge=lambda message: Said(is_doing=message == b"click"))
    clock.pass_by(sessions.SEEN_EVERY + 1)
    loop.run(talk(app, identifier, [b"timer"]))
    assert sessions.own(peopled, CITY)[0].seen_at < clock.now
    loop.run(talk(app, identifier, [b"click"]))
    assert sessions.own(peopled, CITY)[0].seen_at == clock.now


def test_a_download_belongs_to_the_session_it_was_made_for(peopled: AccessStore) -> None:
    mine, theirs = enter(peopled), enter(peopled, STEWARD)
    app = door(peopled, Inner([b"\x0a\x20/media/0123abc.csv\x12more"]))
    loop.run(talk(app, mine, []))
    assert ask(app, "/media/0123abc.csv", cookie=mine).status == 200
    for cookie in (theirs, None, "unknown"):
        answer = ask(app, "/media/0123abc.csv", cookie=cookie)
        assert (answer.status, b"secret" in answer.body) == (403, False)
    line = audit.newest(peopled, 1)[0]
    assert (line.action, line.actor) == ("refused", STEWARD.name)


def test_a_file_is_made_for_the_websocket_that_offered_it_only(peopled: AccessStore) -> None:
    """Streamlit makes a file for whoever names it; the door lets only those ask whose page offered it."""
    inner = Inner([b"offer:" + b"a" * 8])
    app = door(
        peopled, inner, judge=lambda message: Said(asks_for=message.removeprefix(b"make:")),
        offers=re.compile(rb"offer:(\w{8})"),
    )  # fmt: skip
    loop.run(talk(app, enter(peopled), [b"make:aaaaaaaa", b"make:bbbbbbbb"]))
    assert inner.heard == [b"make:aaaaaaaa"]


def test_what_the_judge_refuses_is_not_heard(peopled: AccessStore) -> None:
    inner = Inner()
    app = door(peopled, inner, judge=lambda message: Said(is_heard=message != b"clear caches"))
    for cookie in (enter(peopled), None):
        loop.run(talk(app, cookie, [b"clear caches", b"rerun"]))
    assert inner.heard == [b"rerun", b"rerun"]


def test_the_app_is_told_whose_websocket_it_is_and_nobody_else_can_tell_it(peopled: AccessStore) -> None:
    inner, mine = Inner(), enter(peopled)
    for cookie in (mine, None, "unknown"):
        loop.run(talk(door(peopled, inner), cookie, [], claims=mine))
    assert inner.sessions == [[mine], [], []]


@pytest.mark.parametrize("origin", ["http://elsewhere.test", "null", "http://dashboard.test:81"])
def test_other_sites_open_no_websocket(peopled: AccessStore, origin: str) -> None:
    inner = Inner()
    loop.run(talk(door(peopled, inner), enter(peopled), [], origin=origin))
    assert inner.protocols == []


@pytest.mark.parametrize(
    ("referer", "onward"),
    [
        ("http://dashboard.test/cities?city=320100", "/cities?city=320100"),
        ("http://elsewhere.test/cities", "/"),
        ("http://dashboard.test/signin/again", "/"),
        ("http://dashboard.test//elsewhere.test", "/"),
        ("", "/"),
    ],
)
def test_a_page_whose_session_ended_goes_to_its_own_address_again(
    peopled: AccessStore, referer: str, onward: str
) -> None:
    answer = ask(door(peopled), "/signin/again", referer=referer)
    assert (answer.status, answer.headers["location"]) == (303, onward)


def test_a_download_is_gone_with_its_session(peopled: AccessStore) -> None:
    mine = enter(peopled)
    app = door(peopled, Inner([b"/media/0123abc.csv"]))
    loop.run(talk(app, mine, []))
    accounts.set_role(peopled, CITY.name, "city", "320500", "test")
    assert ask(app, "/media/0123abc.csv", cookie=mine).status == 403
    assert ask(app, "/media/0123abc.csv", cookie=enter(peopled)).status == 403


def test_what_the_form_shows_is_open(peopled: AccessStore) -> None:
    app = door(peopled, Inner([b"/media/icon123.svg"]))
    loop.run(talk(app, None, []))
    assert ask(app, "/media/icon123.svg").status == 200


def test_a_run_of_the_app_is_gone_on_with_by_its_own_session_only(peopled: AccessStore) -> None:
    mine, theirs = enter(peopled), enter(peopled, STEWARD)
    inner = Inner([b"new session " + RUN])
    app = door(peopled, inner)
    loop.run(talk(app, mine, []))
    for cookie in (mine, theirs, None):
        loop.run(talk(app, cookie, [], f"streamlit, token, {RUN.decode()}"))
    assert inner.protocols == ["streamlit", f"streamlit, token, {RUN.decode()}", "streamlit, token", "streamlit, token"]


def test_there_is_one_websocket(peopled: AccessStore) -> None:
    inner = Inner()
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/other", "headers": [], "scheme": "ws", "query_string": b""}
    loop.run(door(peopled, inner)(scope, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]
    assert inner.protocols == []
