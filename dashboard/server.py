"""The web app as an ASGI application: middleware, routes, start-up. `app` is what an ASGI server serves.

Every request passes the door (`access/door.py`) before the app sees it.
"""

from __future__ import annotations

import errno
import gc
import importlib
import logging
import os
import pkgutil
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from streamlit import config

from dashboard import first_start, health, journal, metrics, ui
from dashboard.access import door, reception, web
from dashboard.access.accounts import ROLES
from dashboard.access.demo_accounts import Offer
from dashboard.access.store import AccessStore
from dashboard.errors import UsageError
from dashboard.places import Places
from dashboard.snapshots import watch
from dashboard.snapshots.catalogue import Store
from dashboard.ui import messages, states
from dashboard.ui.sitemap import PAGES

OWN = tuple(f"{ui.__name__}.{found.name}" for found in pkgutil.iter_modules(ui.__path__))
"""What pages are made of, and through it all of the program: imported at the start, not by the first visitor."""

HEAVY = ("pandas", "duckdb", "pyecharts", "plotly.graph_objects", "streamlit.elements.echarts_chart",
         "streamlit_authenticator")  # fmt: skip


def accounts_store() -> AccessStore:
    """The accounts of the data folder that this process serves."""
    return reception.at(Places.at()).store


async def healthz(request: Request) -> JSONResponse:
    """Whether the installation can do its work, or which part fails: no more, since it asks for no sign-in."""
    failed = await run_in_threadpool(health.failures, Places.at())
    return JSONResponse({"status": "fail", "failed": failed}, 503) if failed else JSONResponse({"status": "ok"})


async def home(request: Request) -> RedirectResponse:
    """The first page stands at the root; its own name leads there, parameters and all."""
    return RedirectResponse(request.url.replace(path="/"))


def _note(event: str, **said: Any) -> None:
    journal.note(Places.at(), event, **said)


def _import_heavy() -> None:
    """Some warn that they are not imported by a page: that is the point."""
    context = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    before = context.level
    context.setLevel(logging.ERROR)
    try:
        for name in (*HEAVY, *OWN):
            importlib.import_module(name)
    finally:
        context.setLevel(before)


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Load once what every page needs, keep the collector off it, and go on with demonstration data if due."""
    _import_heavy()
    metrics.prepare()
    gc.collect()
    gc.freeze()
    first_start.continue_in_background(Places.at())
    watch.check_in_background(Store(Places.at()))
    yield {}


ROUTES = (Route("/healthz", healthz), Route(f"/{PAGES[0].name}", home), *web.routes(accounts_store))
HOSTS = web.allowed_hosts()
"""Names that browsers may use; `serve` adds the address that it listens on before the first request."""

EVERYWHERE = ("0.0.0.0", "::")
MIDDLEWARE = (
    Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
    Middleware(web.SecurityHeaders),
    Middleware(
        door.Gate, store=accounts_store, pages=tuple(page.name for page in PAGES), judge=messages.judge,
        offers=messages.OFFERS, farewell=messages.FAREWELL, finishes=messages.finishes, note=_note,
    ),
)  # fmt: skip

app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=lifespan,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=states.crashed,
)


def serve(places: Places, port: int = 8501, address: str = "127.0.0.1") -> None:
    """Serve the app until it is stopped; on a data folder without snapshots, make demonstration data first.

    Raises:
        UsageError: there is no account and none for a demonstration may be made, or the address or port is not free.
    """
    desk = reception.at(places)
    desk.check(address)
    listening = _listen(address, port)
    os.environ["DASHBOARD_DATA"] = str(places.data)
    with _bar() as tell:
        first_start.prepare(places, tell)
    _tell(desk.open(address))
    port = listening.getsockname()[1]
    if address not in (*HOSTS, *EVERYWHERE):
        HOSTS.append(address)
    config.set_option("server.allowedHosts", HOSTS)
    config.set_option("server.address", address)
    config.set_option("server.port", port)
    listening.listen()
    named = f"[{address}]" if ":" in address else address
    sys.stderr.write(f"页面地址：http://{named}:{port} （按 Ctrl+C 停止）\n")
    # What the websocket sends is compressed to a quarter: a millisecond of a run, and 40 kB of memory for each visitor.
    settings = uvicorn.Config(app, log_level="warning", lifespan="on", ws_per_message_deflate=True)
    uvicorn.Server(settings).run(sockets=[listening])


def _tell(offers: Sequence[Offer]) -> None:
    """The demonstration accounts, for the terminal that the start was typed in."""
    for offer in offers:
        role = ROLES[offer.account.role]
        sys.stderr.write(f"演示账号（{role}）：{offer.account.name}  密码：{offer.password}\n")


@contextmanager
def _bar() -> Iterator[Callable[[str, float], None]]:
    """A progress bar on standard error that shows once there is something to tell."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, visible=False)
        yield lambda step, share: bar.update(task, description=step, completed=share, visible=True)


def _listen(address: str, port: int) -> socket.socket:
    try:
        # The protocol with its number: asyncio turns off Nagle's delay, 40 ms for each answer, only where it is told.
        family, kind, protocol, _, place = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
    except OSError as error:
        raise UsageError(f"地址 {address} 不可用，请用 --address 给出本机的一个地址，例如 127.0.0.1。") from error
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(place)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(f"地址 {address} 不是本机的地址，请用 --address 换一个。") from error
        raise UsageError(f"端口 {port} 已被占用或不可用，请用 --port 换一个端口。") from error
    return listening
