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
from dashboard.errors import UsageError
from dashboard.places import Places
from tests.support.app import bare_places
from tests.support.server import serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
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
    assert {name: answer.headers[name] for name in server.HEADERS} == server.HEADERS
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_another_host_name_is_refused(address: str) -> None:
    assert get(address, "/healthz", Host="attacker.example").status == 400


def test_the_first_page_has_its_name_too(address: str) -> None:
    answer = get(address, "/overview?snapshot=2024-04-26")
    assert answer.status == 307
    assert answer.headers["location"] == f"{address}/?snapshot=2024-04-26"


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.7", "::", "example.org"])
def test_only_the_loopback_is_listened_on(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="只允许本机访问"):
        server.serve(Places(tmp_path), 0, address)


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        server.serve(Places(tmp_path), taken.getsockname()[1])
