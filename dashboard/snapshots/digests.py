"""Checksums of files, computed once a process for each version of a file."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

Version = tuple[int, int, int]

_LOCK = threading.Lock()
_KNOWN: dict[Path, tuple[Version, str]] = {}
_READING: dict[Path, threading.Lock] = {}


def digest(path: Path) -> str:
    """The sha256 of a file in hexadecimal, read now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remembered(path: Path) -> str:
    """The sha256 of a file as it stands (by size, time of change and inode): read the first time, then remembered.

    Who asks while another thread reads the same file waits for that one.
    """
    with _LOCK:
        reading = _READING.setdefault(path, threading.Lock())
    with reading:
        found = known(path)
        if found is None:
            stands = version(path)
            found = digest(path)
            with _LOCK:
                _KNOWN[path] = stands, found
    return found


def known(path: Path) -> str | None:
    """The sha256 of a file if it was read as it stands; None otherwise. Costs one `stat`."""
    with _LOCK:
        then, found = _KNOWN.get(path, (None, ""))
    return found if then == version(path) else None


def version(path: Path) -> Version:
    """What tells one version of a file from another: size, time of change, inode."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def is_written_into(path: Path, opened: Version) -> bool:
    """Whether the file that was there as `opened` has other content by now; not so if another took its place."""
    try:
        size, changed, inode = version(path)
    except FileNotFoundError:
        return False
    return inode == opened[2] and (size, changed) != opened[:2]
