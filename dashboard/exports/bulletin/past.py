"""The bulletins made so far: each kept under `data/bulletins` with its sha256, in a register replaced atomically."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import os
from pathlib import Path

import filelock
from pydantic import ValidationError

from dashboard.errors import DamagedSnapshot, OutOfScope
from dashboard.exports.bulletin.model import Bulletin
from dashboard.places import Places
from dashboard.scope import Scope
from dashboard.yamlfile import Part

FOLDER, REGISTER = "bulletins", "register.json"


class Past(Part):
    """One bulletin as it was made. `city_code` is None for the province's, `size` in bytes."""

    name: str
    file: str
    sha256: str
    size: int
    place: str
    city_code: str | None
    as_of: dt.date
    snapshot: str
    is_demo: bool
    made_at: dt.datetime
    made_by: str


class _Register(Part):
    version: int = 1
    bulletins: tuple[Past, ...] = ()


def listed(places: Places, scope: Scope) -> list[Past]:
    """Those that the account may have, the newest first: all of them, or its own city's.

    Raises:
        DamagedSnapshot: the register cannot be read.
    """
    found = _read(places).bulletins
    if not scope.sees_all:
        found = tuple(p for p in found if scope.role == "city" and p.city_code == scope.key)
    return sorted(found, key=lambda past: past.made_at, reverse=True)


def content(places: Places, past: Past, scope: Scope) -> bytes:
    """The bytes of one, as they were made.

    Raises:
        OutOfScope: it is not the account's.
        DamagedSnapshot: they are gone, or are not what was made.
    """
    if past not in listed(places, scope):
        raise OutOfScope("这份通报不在本账号的查看范围内。")
    path = places.data / FOLDER / past.file
    found = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(found).hexdigest() != past.sha256:
        raise DamagedSnapshot(f"往期通报 {past.name} 不见了，或与生成时不一致，请从备份恢复或重新生成。")
    return found


def keep(places: Places, bulletin: Bulletin, name: str, made: bytes, maker: str = "") -> Past:
    """Keep a copy of a bulletin and enter it in the register; one with the same bytes is entered once."""
    folder = places.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(made).hexdigest()
    past = Past(
        name=name,
        file=f"{digest[:16]}{Path(name).suffix}",
        sha256=digest,
        size=len(made),
        place=bulletin.place,
        city_code=bulletin.city_code,
        as_of=bulletin.as_of,
        snapshot=bulletin.origin.snapshot,
        is_demo=bulletin.origin.is_demonstration,
        made_at=dt.datetime.now(dt.UTC),
        made_by=maker or getpass.getuser(),
    )
    with filelock.FileLock(folder / ".lock"):
        known = _read(places).bulletins
        same = next((p for p in known if p.sha256 == digest), None)
        if same is not None:
            return same
        put(folder / past.file, made)
        register = _Register(bulletins=(*known, past)).model_dump(mode="json")
        put(folder / REGISTER, json.dumps(register, ensure_ascii=False, indent=1).encode())
    return past


def _read(places: Places) -> _Register:
    path = places.data / FOLDER / REGISTER
    if not path.is_file():
        return _Register()
    try:
        return _Register.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(f"通报登记簿 {REGISTER} 已损坏，请从备份恢复后重试。") from error


def put(path: Path, made: bytes) -> None:
    """Write a file in one step: all of it or nothing."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    with aside.open("wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
