"""Our server and the baseline's, each in a process of its own, with what they take of the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import psutil

from dashboard.places import REPOSITORY, Places

PLAIN = Path(__file__).with_name("plain")
STARTS_WITHIN = 120.0
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its process."""

    name: str
    address: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of processor time it has taken so far, in user and system mode, all threads."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def memory(self) -> float:
        """Megabytes it holds in memory now."""
        return float(self.process.memory_info().rss) / MEGABYTE


@contextmanager
def ours(places: Places) -> Iterator[Server]:
    """This project's server on a data folder, as `python -m dashboard serve` starts it."""
    port = _free_port()
    command = [sys.executable, "-m", "dashboard", "--data", str(places.data), "serve", "--port", str(port)]
    with _running("ours", command, REPOSITORY, port, {}) as server:
        yield server


@contextmanager
def baseline(tables: Path, places: Places) -> Iterator[Server]:
    """The plain pages on a folder of Parquet files, as `streamlit run` starts them."""
    port = _free_port()
    command = [
        sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true",
        "--server.address", "127.0.0.1", "--browser.serverAddress", "127.0.0.1",
        "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    settings = {"PLAIN_DATA": str(tables), "PLAIN_PLAN": str(places.policy)}
    with _running("plain", command, PLAIN, port, settings) as server:
        yield server


@contextmanager
def _running(name: str, command: list[str], folder: Path, port: int, settings: dict[str, str]) -> Iterator[Server]:
    """A server from the moment it answers until it is stopped; what it says is shown if it does not start."""
    environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        said: list[bytes] = []
        assert process.stderr is not None
        reader = Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
        reader.start()
        try:
            address = f"http://127.0.0.1:{port}"
            if not _answers(address, process):
                raise RuntimeError(f"{name} does not start: {b''.join(said).decode(errors='replace')}")
            yield Server(name, address, psutil.Process(process.pid))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    pause = Event()
    for _ in range(int(STARTS_WITHIN / 0.1)):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            pause.wait(0.1)
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Peak:
    """The most memory that a server held while this was watched, looked at ten times a second."""

    def __init__(self, server: Server) -> None:
        self.megabytes = server.memory()
        self._server, self._done = server, Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.megabytes = max(self.megabytes, self._server.memory())

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._done.set()
        self._thread.join()
