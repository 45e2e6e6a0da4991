"""What a benchmark ran on, in one line, and what a process of its own cost."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


def describe(*packages: str) -> str:
    """Cores, memory, system, Python and the versions of the packages named."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    system = f"{platform.system()} {platform.machine()}, {processor()}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {system}; Python {platform.python_version()}, {versions}"


def processor() -> str:
    """The processor's name as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


@dataclass(frozen=True)
class Cost:
    """Of a whole process: seconds by the clock, seconds of all cores, and the most memory it held (bytes)."""

    seconds: float
    cpu: float
    memory: int


def run(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run `python ARGUMENTS` to its end; what it cost.

    Raises:
        RuntimeError: it failed; with what it wrote to standard error.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    )
    assert process.stderr
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}: {said.decode()}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
