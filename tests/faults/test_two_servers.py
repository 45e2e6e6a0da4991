"""Two app servers on one data folder behind nginx, as dashboard/README.md says: a publish shows on both."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.__main__ import main
from dashboard.places import REPOSITORY, Places
from tests.browser.visit import Visit, visit
from tests.support import samples
from tests.support.server import Served, serving

README = (REPOSITORY / "dashboard/README.md").read_text(encoding="utf-8")


@dataclass
class Office:
    """The proxy's address, and both servers'."""

    proxy: Served
    servers: tuple[Served, Served]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    found = Places(tmp_path_factory.mktemp("shared"))
    _publish(found, samples.FIRST)
    return found


@pytest.fixture
def office(places: Places, tmp_path: Path) -> Iterator[Office]:
    if not shutil.which("nginx"):
        if os.environ.get("CI") == "true":
            pytest.fail("nginx is missing: the test of two servers cannot run")
        pytest.skip("nginx is missing: the test of two servers is skipped")
    with serving(places) as first, serving(places) as second, _nginx(tmp_path, first, second) as port:
        proxy = Served(f"http://127.0.0.1:{port}")
        proxy.places, proxy.said = places, ""
        yield Office(proxy, (first, second))


def _publish(places: Places, day: str) -> None:
    assert main(["--data", str(places.data), "import", str(samples.SAMPLES / "exports"), "--date", day]) == 0


def _proxying() -> str:
    """The lines of the documentation that pass requests on, so that what is tested is what is told."""
    found = re.search(r"location / \{\n(.*?)\n    \}", README, re.DOTALL)
    assert found
    return found[1].replace("http://127.0.0.1:8501", "http://dashboard")


def _upstream(*servers: Served) -> str:
    """The documentation's two servers, at the addresses of these two."""
    found = re.search(r"^upstream dashboard \{\n.*?^\}", README, re.DOTALL | re.MULTILINE)
    assert found
    lines = found[0]
    for told, server in zip(("127.0.0.1:8501", "127.0.0.1:8502"), servers, strict=True):
        assert told in lines
        lines = lines.replace(told, server.removeprefix("http://"))
    return lines


@contextmanager
def _nginx(folder: Path, *servers: Served) -> Iterator[int]:
    """nginx before the servers, on a free port; a browser goes to the same one each time."""
    port = _free()
    config = folder / "nginx.conf"
    config.write_text(
        f"""daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}
        http {{
            access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
            {_upstream(*servers)}
            server {{
                listen 127.0.0.1:{port};
                add_header X-Served-By $upstream_addr always;
                location / {{
                    {_proxying()}
                }}
            }}
        }}""",
        encoding="utf-8",
    )
    with subprocess.Popen(["nginx", "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL) as nginx:
        try:
            yield port
        finally:
            nginx.terminate()


def _free() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _opened(seen: Visit, path: str) -> str:
    """Open a page; tells which server gave it."""
    seen.page.request.get(f"{seen.address}/healthz", fail_on_status_code=False)
    answer = seen.page.goto(f"{seen.address}/{path}")
    assert answer
    seen.settle()
    return str(answer.headers.get("x-served-by", ""))


def test_a_publish_shows_on_both_and_a_dead_server_costs_a_reload(browser: Browser, office: Office) -> None:
    seen = visit(browser, office.proxy)
    served_by = _opened(seen, "overview")
    assert served_by in {server.removeprefix("http://") for server in office.servers}
    assert _opened(seen, "cities") == served_by
    expect(seen.page.get_by_text(f"数据截至 {samples.FIRST}")).to_be_visible()

    _publish(office.proxy.places, samples.SECOND)
    for server in office.servers:
        other = visit(browser, server)
        other.open("overview")
        expect(other.page.get_by_text(f"数据截至 {samples.SECOND}")).to_be_visible()

    _kill(served_by)
    seen.page.goto(f"{office.proxy}/overview")
    seen.settle()
    expect(seen.page.get_by_text(f"数据截至 {samples.SECOND}")).to_be_visible()
    assert not seen.page.locator("input[type=password]").count()
    assert _opened(seen, "milestones").split(", ")[-1] != served_by


def _kill(address: str) -> None:
    """The server that listens there, as a power cut would."""
    import psutil

    port = int(address.rpartition(":")[2])
    found = [c.pid for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port]
    os.kill(found[0], signal.SIGKILL)
