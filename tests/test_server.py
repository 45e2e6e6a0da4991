"""The server: where it listens, what it answers without a page, and what it sends along."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard import server
from dashboard.access import web
from dashboard.errors import UsageError
from dashboard.places import Places
from tests.support import entry
from tests.support.app import bare_places
from tests.support.server import Served, serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(bare_places(tmp_path_factory.mktemp("served"))) as found:
        yield found


@dataclass(frozen=True)
class Answer:
    """What the server sent."""

    status: int
    headers: Message
    body: bytes


def get(address: str, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def test_health_is_answered_without_signing_in(address: str) -> None:
    answer = get(address, "/healthz")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok"}


@pytest.mark.parametrize("path", ["/healthz", "/", "/_stcore/health", "/static/nothing.js"])
def test_every_answer_carries_the_security_headers(address: str, path: str) -> None:
    answer = get(address, path)
    assert {name: answer.headers[name] for name in web.SECURITY_HEADERS} == web.SECURITY_HEADERS
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_another_host_name_is_refused(address: str) -> None:
    assert get(address, "/healthz", Host="attacker.example").status == 400


def test_the_first_page_has_its_name_too(address: str) -> None:
    answer = get(address, "/overview?snapshot=2024-04-26")
    assert answer.status == 307
    assert answer.headers["location"] == f"{address}/?snapshot=2024-04-26"


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.7", "::", "example.org"])
def test_elsewhere_the_start_asks_for_an_account(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="user add"):
        server.serve(Places(tmp_path), 0, address)
    assert not (tmp_path / "demo").exists()


def test_with_a_real_snapshot_the_start_asks_for_an_account(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="user add"):
        server.serve(bare_places(tmp_path), 0)


def test_with_accounts_any_address_of_this_machine_is_served_under_its_own_name(tmp_path: Path) -> None:
    places = bare_places(tmp_path)
    with serving(places, "--address", "127.0.0.2") as address:
        assert address.startswith("http://127.0.0.2:")
        assert get(address, "/healthz").status == 200
        assert get(address, "/healthz", Host="127.0.0.9").status == 400


@pytest.mark.parametrize("address", ["203.0.113.7", "nowhere.invalid"])
def test_an_address_that_is_not_this_machines_is_told(tmp_path: Path, address: str) -> None:
    entry.known(Places(tmp_path), entry.PROVINCE)
    with pytest.raises(UsageError, match="--address"):
        server.serve(Places(tmp_path), 0, address)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_stcore/metrics", 200),
        ("/_stcore/agent/openapi.json", 303),
        ("/_stcore/upload_file/a/b", 303),
        ("/media/not-mine.csv", 403),
        ("/unknown", 303),
        ("/auth/login", 303),
        ("/app/static/x", 303),
    ],
)
def test_the_rest_needs_a_session(address: Served, path: str, status: int) -> None:
    assert get(address, path).status == 403
    cookie = f"{web.cookie_name(False)}={entry.session(address.places)}"
    assert get(address, path, Cookie=cookie).status == status


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        server.serve(Places(tmp_path), taken.getsockname()[1])
