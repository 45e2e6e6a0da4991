"""A folder on a small disk of its own, for as long as a test needs it; needs Linux, root and the right to mount."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """`folder`, made, with a file system of `size` (as 6M) mounted on it; skips where none may be mounted."""
    folder.mkdir(parents=True)
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    if mounted is None or mounted.returncode != 0:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        _run("umount", "-l", str(folder))


def remount(folder: Path, options: str) -> None:
    """Change the options (`ro`, `rw`, `size=50M`) of a mounted folder."""
    done = _run("mount", "-o", f"remount,{options}", str(folder))
    assert done is not None
    assert done.returncode == 0, done.stderr


def _run(*command: str) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
