"""Files that are made from snapshots and made again when absent: their names end with their own sha256.

So a changed byte shows without a list to keep. A file is spoken of by its plain path, `NAME.duckdb`; on the disk it is
`NAME__SHA256.duckdb`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dashboard.snapshots import digests
from dashboard.snapshots.catalogue import sync_folder

_SEALED = re.compile(r"(?P<plain>.+)__(?P<seal>[0-9a-f]{64})")


def found(plain: Path) -> Path | None:
    """The file of this plain path, whole; one that is not what its name says is removed and counts as absent."""
    for path in _candidates(plain):
        with suppress(FileNotFoundError):
            if digests.remembered(path) == _seal(path):
                return path
        path.unlink(missing_ok=True)
    return None


def seal(aside: Path, plain: Path) -> Path:
    """Give a finished file its name."""
    final = plain.with_name(f"{plain.stem}__{digests.digest(aside)}{plain.suffix}")
    final.parent.mkdir(mode=0o700, exist_ok=True)
    with suppress(FileExistsError):
        os.link(aside, final)
    sync_folder(final.parent)
    return final


def damaged(folder: Path, start: str) -> tuple[Path, ...]:
    """The files of a folder whose names begin so and that are not what their names say; they are read now."""
    return tuple(p for p in sorted(folder.glob(f"{start}__*")) if _seal(p) not in (None, digests.digest(p)))


def _candidates(plain: Path) -> Iterator[Path]:
    for path in sorted(plain.parent.glob(f"{plain.stem}__*{plain.suffix}")):
        name = _SEALED.fullmatch(path.stem)
        if name and name["plain"] == plain.stem:
            yield path


def _seal(path: Path) -> str | None:
    name = _SEALED.fullmatch(path.stem)
    return name["seal"] if name else None
