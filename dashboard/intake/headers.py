"""Which row of a sheet is its header, and which of its cells stand for the contract's columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.contract import Table
from dashboard.intake.sheet import UnreadableError

_SPACE = r"[\t-\r \x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
_SPACES = re.compile(rf"(?:{_SPACE}|&nbsp;)+")
_WRAPPED = re.compile(r"""="(.*)"|'(.*)""", re.DOTALL)
_PAIRS = ("()", "[]", "{}", "<>", "〔〕", "【】", "「」", "『』", "〖〗", "《》", "〈〉", "〘〙", "〚〛")
_BRACKETS = re.compile(
    "|".join(
        rf"{re.escape(left)}[^{re.escape(left)}{re.escape(right)}]*{re.escape(right)}"
        for left, right in map(tuple, _PAIRS)
    )
)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def compact(cell: str) -> str:
    """A cell without any white space and without a leading `'` or a `="…"` around it; empty for one not filled."""
    text = _SPACES.sub("", cell)
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped[1] or wrapped[2] or "" if wrapped else text


@lru_cache(maxsize=1024)
def normal(header: str) -> str:
    """What of a header counts: no white space, widths, case, `*` or brackets with what is in them."""
    text = compact(header).translate(_HALF_WIDTH).replace("*", "").casefold()
    while (without := _BRACKETS.sub("", text)) != text:
        text = without
    return text


@dataclass(frozen=True)
class Header:
    """A sheet's header row: where it stands and what its cells stand for.

    `row` is 1-based; `positions` are 0-based, in the contract's order; `width` ends with the last filled cell; `extras`
    are the headers that stand for no column, as written.
    """

    row: int
    positions: Mapping[str, int]
    width: int
    extras: tuple[str, ...]


def find(rows: Sequence[Sequence[str]], table: Table) -> Header:
    """The header among a sheet's first rows: the first row that holds every required column.

    Raises:
        UnreadableError: no row does (`is_headless`), or a column's header stands there twice.
    """
    best: tuple[int, int, list[str]] | None = None
    for number, cells in enumerate(rows, 1):
        found = {normal(cell) for cell in cells}
        missing = [c.header for c in table.columns if c.required and not found.intersection(map(normal, c.spellings))]
        if not missing:
            return _matched(number, cells, table)
        if best is None or len(missing) < best[0]:
            best = len(missing), number, missing
    required = sum(c.required for c in table.columns)
    if best is None or best[0] == required:
        raise UnreadableError(
            f"前 {max(len(rows), 1)} 行里没有表头行，请补上含「{table.title}」各必需列的表头后重新导入",
            is_headless=True,
        )
    names = "、".join(f"「{name}」" for name in best[2])
    raise UnreadableError(f"没有完整的表头行：第 {best[1]} 行缺少必需的列{names}，请补齐后重新导入", is_headless=True)


def _matched(number: int, cells: Sequence[str], table: Table) -> Header:
    places: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        places.setdefault(normal(cell), []).append(index)
    positions = {}
    for column in table.columns:
        hits = next((places[key] for key in map(normal, column.spellings) if key in places), [])
        if len(hits) > 1:
            raise UnreadableError(
                f"表头第 {number} 行里「{column.header}」这一列出现了 {len(hits)} 次，请只保留一列后重新导入"
            )
        if hits:
            positions[column.name] = hits[0]
    filled = [index for index, cell in enumerate(cells) if compact(cell)]
    taken = set(positions.values())
    extras = tuple(" ".join(cells[index].split()) for index in filled if index not in taken)
    return Header(number, positions, filled[-1] + 1, extras)
