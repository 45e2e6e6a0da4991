"""The list of published snapshots: one JSON file, replaced atomically, read by everybody and written under a lock.

`catalogue.json` is the only thing that makes a snapshot visible. Files beside it that it does not name are nothing. It
carries a digest of itself, and a copy of it is read while it is damaged; publishing waits until it is mended.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import filelock

from dashboard.errors import DamagedSnapshot, UsageError
from dashboard.places import Places
from dashboard.snapshots import digests
from dashboard.yamlfile import Part

CATALOGUE = "catalogue.json"
COPY = "catalogue.copy.json"

_WITH_DIGEST = 2


class Entry(Part):
    """One published snapshot. `size` in bytes, `rows` accepted over all tables, `stock` the province's patents."""

    id: str
    date: dt.date
    file: str
    sha256: str
    size: int
    rows: int
    stock: int
    publisher: str
    published_at: dt.datetime
    is_demo: bool


class Replaced(Part):
    """A snapshot that a later one of the same date took the place of; its file stays, under its publish time."""

    entry: Entry
    replaced_at: dt.datetime
    replaced_by: str


class Catalogue(Part):
    """All entries in the order of publishing, and those replaced."""

    version: int = _WITH_DIGEST
    snapshots: tuple[Entry, ...] = ()
    replaced: tuple[Replaced, ...] = ()

    def of_kind(self, is_demo: bool) -> tuple[Entry, ...]:
        """Demonstration or real entries, by date."""
        return tuple(sorted((e for e in self.snapshots if e.is_demo == is_demo), key=lambda e: e.date))

    def visible(self) -> tuple[Entry, ...]:
        """Real entries by date; while there is none, the demonstration ones."""
        return self.of_kind(False) or self.of_kind(True)

    def before(self, day: dt.date, is_demo: bool) -> Entry | None:
        """The newest entry of a kind with an earlier date."""
        return next((e for e in reversed(self.of_kind(is_demo)) if e.date < day), None)

    def after(self, day: dt.date, is_demo: bool) -> Entry | None:
        """The oldest entry of a kind with a later date."""
        return next((e for e in self.of_kind(is_demo) if e.date > day), None)

    def on(self, day: dt.date, is_demo: bool) -> Entry | None:
        return next((e for e in self.of_kind(is_demo) if e.date == day), None)

    def with_entry(self, entry: Entry) -> Catalogue:
        """This catalogue with `entry` published; one of its kind and date moves to `replaced`."""
        old = self.on(entry.date, entry.is_demo)
        if old is None:
            return self.model_copy(update={"snapshots": (*self.snapshots, entry)})
        aside = Replaced(entry=old, replaced_at=entry.published_at, replaced_by=entry.id)
        kept = tuple(e for e in self.snapshots if e != old)
        return self.model_copy(update={"snapshots": (*kept, entry), "replaced": (*self.replaced, aside)})


class Store:
    """The snapshots of an installation. Reading needs no lock: a catalogue is whole, the old one or the new."""

    def __init__(self, places: Places) -> None:
        self.folder = places.snapshots
        self._read: tuple[str, Catalogue, str | None] | None = None

    def version(self) -> str:
        """A token that changes whenever the catalogue does; costs one `stat`."""
        try:
            found = (self.folder / CATALOGUE).stat()
        except FileNotFoundError:
            return ""
        return f"{found.st_ino}-{found.st_mtime_ns}-{found.st_size}"

    def catalogue(self) -> Catalogue:
        """The catalogue as it is now; its copy while it is damaged.

        Raises:
            DamagedSnapshot: neither is what this program writes.
        """
        version = self.version()
        if not version:
            return Catalogue()
        if self._read is None or self._read[0] != version:
            try:
                self._read = version, _decoded(self.folder / CATALOGUE), None
            except DamagedSnapshot as error:
                try:
                    self._read = version, _decoded(self.folder / COPY), str(error)
                except (DamagedSnapshot, FileNotFoundError):
                    raise error from None
        return self._read[1]

    def fault(self) -> str | None:
        """What is wrong with the catalogue while its copy is read; costs one `stat`."""
        self.catalogue()
        return self._read[2] if self._read else None

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the catalogue and its copy, a sentence each."""
        found = []
        for name in (CATALOGUE, COPY) if self.version() else ():
            try:
                _decoded(self.folder / name)
            except DamagedSnapshot as error:
                found.append(str(error))
            except FileNotFoundError:
                continue
        return tuple(found)

    def refuse_to_publish_if_damaged(self) -> None:
        """Nothing is added to a list that is not known to be whole.

        Raises:
            DamagedSnapshot: the catalogue is not what was written.
        """
        if self.version():
            _decoded(self.folder / CATALOGUE)

    def entries(self) -> tuple[Entry, ...]:
        """The snapshots to choose from, by date: the real ones, or the demonstration's while there is no real one."""
        return self.catalogue().visible()

    def newest(self) -> Entry:
        """The snapshot of the latest date.

        Raises:
            UsageError: there is none.
        """
        entries = self.entries()
        if not entries:
            raise UsageError("还没有快照，请先用 import 导入一个文件夹，或用 demo 生成演示数据。")
        return entries[-1]

    def on(self, day: dt.date) -> Entry:
        """The snapshot of a date.

        Raises:
            UsageError: there is none; the sentence lists the newest dates there are.
        """
        entries = self.entries()
        found = next((e for e in entries if e.date == day), None)
        if found is None:
            known = "、".join(e.date.isoformat() for e in reversed(entries[-12:])) or "无"
            raise UsageError(f"没有日期为 {day} 的快照，可用的有：{known}。")
        return found

    def previous(self, entry: Entry) -> Entry | None:
        """The snapshot before `entry` by date, of its kind, as of now."""
        return self.catalogue().before(entry.date, entry.is_demo)

    def replaced(self) -> tuple[Replaced, ...]:
        """Replaced snapshots of the visible kind, in the order they were replaced."""
        shown = any(not e.is_demo for e in self.catalogue().snapshots)
        return tuple(r for r in self.catalogue().replaced if r.entry.is_demo != shown)

    def path(self, entry: Entry) -> Path:
        return self.folder / entry.file

    def check(self, entry: Entry) -> None:
        """Compare a snapshot's file with what was published: its size always, its sha256 once a process.

        Raises:
            DamagedSnapshot: they differ, or there is no such file.
        """
        path = self.path(entry)
        if not path.is_file():
            raise DamagedSnapshot(f"快照文件 {entry.file} 不见了，请从备份恢复。")
        if path.stat().st_size != entry.size or digests.remembered(path) != entry.sha256:
            raise DamagedSnapshot(f"快照文件 {entry.file} 与发布时不一致，已停止使用，请从备份恢复或重新导入。")

    def is_sound(self, entry: Entry) -> bool:
        """Whether `check` holds."""
        try:
            self.check(entry)
        except DamagedSnapshot:
            return False
        return True

    def usable(self) -> tuple[Entry, ...]:
        """The entries without those known to be damaged; the newest of them is checked, the others when opened."""
        kept = [entry for entry in self.entries() if not self.is_known_damaged(entry)]
        while kept and not self.is_sound(kept[-1]):
            kept.pop()
        return tuple(kept)

    def is_known_damaged(self, entry: Entry) -> bool:
        """Without reading the file: it is gone, of another size, or was found to be other when it was read."""
        try:
            path = self.path(entry)
            return path.stat().st_size != entry.size or digests.known(path) not in (None, entry.sha256)
        except FileNotFoundError:
            return True

    def lock(self) -> filelock.BaseFileLock:
        """The lock that publishing holds, across processes and threads; a thread that has it may take it again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return filelock.FileLock(self.folder / ".lock", is_singleton=True)

    def write(self, catalogue: Catalogue) -> None:
        """Replace the catalogue in one step, then its copy; call with the lock held.

        Raises:
            DamagedSnapshot: the catalogue that is there is damaged.
        """
        self.refuse_to_publish_if_damaged()
        content = _encoded(catalogue.model_copy(update={"version": _WITH_DIGEST}))
        self._replace(CATALOGUE, content)
        with suppress(OSError):  # it is published; the next one writes the copy
            self._replace(COPY, content)

    def _replace(self, name: str, content: str) -> None:
        aside = self.folder / f".{name}.new"
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.folder / name)
        sync_folder(self.folder)


def _encoded(catalogue: Catalogue) -> str:
    """The one text that says this: with a digest of all the rest."""
    content = catalogue.model_dump(mode="json")
    return _text({**content, "digest": hashlib.sha256(_text(content).encode()).hexdigest()})


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _decoded(path: Path) -> Catalogue:
    """What a catalogue file says. Those of version 1 carry no digest.

    Raises:
        DamagedSnapshot: it is not what this program writes, to the last byte.
        FileNotFoundError: there is none.
    """
    try:
        text = path.read_bytes().decode()
        content = json.loads(text)
        digest = content.pop("digest", None)
        catalogue = Catalogue.model_validate(content)
        if digest is None and catalogue.version < _WITH_DIGEST or text == _encoded(catalogue):
            return catalogue
    except (ValueError, AttributeError):  # not UTF-8, not JSON, not of this form
        pass
    remedy = f"请从备份恢复，或用同目录下完好的 {COPY} 覆盖它" if path.name == CATALOGUE else "下次发布时会重写"
    raise DamagedSnapshot(f"快照目录 {path.name} 已损坏，{remedy}。")


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    if os.name == "posix":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
