"""The web app as an ASGI application: middleware, routes, start-up. `app` is what an ASGI server serves."""

from __future__ import annotations

import gc
import importlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard import first_start
from dashboard.errors import UsageError
from dashboard.places import Places
from dashboard.snapshots.catalogue import Store
from dashboard.ui import states
from dashboard.ui.sitemap import PAGES

LOOPBACK = ("127.0.0.1", "localhost")
HEAVY = ("pandas", "duckdb", "pyecharts", "plotly.graph_objects", "streamlit.elements.echarts_chart")

HEADERS = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds `HEADERS` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def healthz(request: Request) -> JSONResponse:
    """Whether the server runs and its catalogue can be read; says nothing else, since it asks for no sign-in."""
    Store(Places.at()).catalogue()
    return JSONResponse({"status": "ok"})


async def home(request: Request) -> RedirectResponse:
    """The first page stands at the root; its own name leads there, parameters and all."""
    return RedirectResponse(request.url.replace(path="/"))


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Import once what every page needs, keep the collector off it, and go on with demonstration data if due."""
    for name in HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    first_start.continue_in_background(Places.at())
    yield {}


ROUTES = (Route("/healthz", healthz), Route(f"/{PAGES[0].name}", home))
MIDDLEWARE = (Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK)), Middleware(SecurityHeaders))

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
        UsageError: an address other than the loopback's (there is no sign-in yet), or a port that is taken.
    """
    if address not in LOOPBACK:
        raise UsageError(
            f"不能监听 {address}：目前没有账号登录，只允许本机访问。请去掉 --address，或改为 --address 127.0.0.1。"
        )
    listening = _listen(address, port)
    os.environ["DASHBOARD_DATA"] = str(places.data)
    with _bar() as tell:
        first_start.prepare(places, tell)
    config.set_option("server.address", address)
    config.set_option("server.port", listening.getsockname()[1])
    listening.listen()
    sys.stderr.write(f"页面地址：http://{address}:{listening.getsockname()[1]} （按 Ctrl+C 停止）\n")
    uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run(sockets=[listening])


@contextmanager
def _bar() -> Iterator[Callable[[str, float], None]]:
    """A progress bar on standard error that shows once there is something to tell."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, visible=False)
        yield lambda step, share: bar.update(task, description=step, completed=share, visible=True)


def _listen(address: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
    except OSError as error:
        listening.close()
        raise UsageError(f"端口 {port} 已被占用或不可用，请用 --port 换一个端口。") from error
    return listening
