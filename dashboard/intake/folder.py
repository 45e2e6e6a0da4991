"""An export folder: which of its files belong to which table of the contract, and what is wrong with the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from dashboard.contract import Contract, Table
from dashboard.errors import UsageError


@dataclass(frozen=True)
class Source:
    """A file that belongs to a table; `relative` is its path from the folder, for people; `size` is in bytes."""

    table: str
    path: Path
    relative: str
    kind: Literal["text", "workbook"]
    size: int


@dataclass(frozen=True)
class Note:
    """What was left out of the import on purpose: a file, a sheet, or columns of a sheet."""

    kind: Literal["file", "sheet", "columns"]
    file: str
    sheet: str | None
    message: str


@dataclass(frozen=True)
class Scan:
    """The folder's files: `sources` in file order; `problems` are one Chinese sentence each."""

    sources: tuple[Source, ...]
    ignored: tuple[Note, ...]
    problems: tuple[str, ...]


def scan(folder: Path, contract: Contract) -> Scan:
    """All files below `folder`, sorted by relative path (code points).

    Raises:
        UsageError: the folder is missing, is no folder or cannot be listed.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} 不存在或不是文件夹，请给出导出文件所在的文件夹。")
    try:
        found = sorted((_shown(entry, folder), entry) for entry in _entries(folder))
    except OSError as error:
        raise UsageError(f"{folder} 里有文件夹打不开（{error.strerror}），请检查权限后重试。") from error
    sources, ignored, problems, named = [], [], [], set()
    for relative, path in found:
        table = _table_of(path.name, contract)
        reason = _ignorable(relative, path, table)
        if reason:
            ignored.append(Note("file", relative, None, reason))
            continue
        assert table is not None
        named.add(table.name)
        kind = _kind(path, contract)
        if kind and path.is_file():
            sources.append(Source(table.name, path, relative, kind, path.lstat().st_size))
        else:
            problems.append(_not_readable(relative, path, table, contract))
    if not named:
        problems.append(_no_table(folder, [relative for relative, _ in found], contract))
    problems += _missing(named, contract)
    return Scan(tuple(sources), tuple(ignored), tuple(problems))


def _entries(folder: Path) -> Iterator[Path]:
    """Every file and symbolic link below the folder; links are named, not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(Path(entry.path))
            else:
                yield Path(entry.path)


def _shown(path: Path, folder: Path) -> str:
    """The relative path as text that can be stored and printed, whatever bytes the name holds."""
    return path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _table_of(name: str, contract: Contract) -> Table | None:
    return next(
        (t for t in contract.tables if name.startswith(t.title) or name.casefold().startswith(t.name)),
        None,
    )


def _ignorable(relative: str, path: Path, table: Table | None) -> str | None:
    if path.is_symlink():
        return "是符号链接，不读取"
    if "__MACOSX" in PurePosixPath(relative).parts[:-1]:
        return "在 __MACOSX 文件夹里，不读取"
    if path.name.startswith((".", "~$")):
        return "是隐藏文件或临时文件，不读取"
    return None if table else "文件名不以任何一张表的名称开头，不读取"


def _kind(path: Path, contract: Contract) -> Literal["text", "workbook"] | None:
    extension = path.suffix.removeprefix(".").lower()
    if extension in contract.extensions.text:
        return "text"
    return "workbook" if extension in contract.extensions.workbook else None


def _not_readable(relative: str, path: Path, table: Table, contract: Contract) -> str:
    readable = " ".join(f".{e}" for e in (*contract.extensions.text, *contract.extensions.workbook))
    if not path.is_file():
        return f"{relative}：不是普通文件，读不出来，请换成「{table.title}」的导出文件。"
    kind = f"扩展名是 {path.suffix}" if path.suffix.strip(".") else "没有扩展名"
    return f"{relative}：文件名属于「{table.title}」，但{kind}，读不出来；请另存为 {readable} 之一，或改名、移走。"


def _no_table(folder: Path, files: list[str], contract: Contract) -> str:
    """It is probably another folder that was meant."""
    inside = (
        f"有 {len(files)} 个文件（{'、'.join(files[:3])}{'……' if len(files) > 3 else ''}）" if files else "没有文件"
    )
    names = "、".join(table.title for table in contract.tables)
    return f"{folder.name} 里{inside}，没有一个以表名开头，多半选错了文件夹；表名有：{names}。"


def _missing(named: set[str], contract: Contract) -> Iterator[str]:
    for table in contract.tables:
        if table.required and table.name not in named:
            yield f"文件夹里没有「{table.title}」的文件，这张表必须有；请放入文件名以“{table.title}”开头的导出文件。"
        if table.needs and table.name in named and table.needs not in named:
            needed = contract.table(table.needs).title
            yield f"有「{table.title}」而没有「{needed}」，请放入「{needed}」的导出文件，或移走「{table.title}」。"
