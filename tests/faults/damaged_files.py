"""Files of every kind with something wrong in them: bytes turned, cut out or doubled, outside the zip or inside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from random import Random

from tests.intake.folders import (
    PATENT_HEADER,
    PATENT_ROW,
    csv_text,
    ods,
    ods_table,
    raw_xlsx,
    xls,
    xlsx,
    xlsx_row,
    zipped,
)

SECRET = "13812345678"
"""What stands in a column that is none of the contract's: no message may repeat it."""

_HEADER = [*PATENT_HEADER, "联系电话"]
_ROW = [*PATENT_ROW, SECRET]
_ROWS = [_HEADER, _ROW, _ROW, ["合计", "2"]]

WHOLE: Mapping[str, bytes] = {
    "a.csv": csv_text(*_ROWS).encode(),
    "b.csv": ("\ufeff" + csv_text(*_ROWS, delimiter="\t")).encode("gb18030"),
    "c.txt": "\n".join(";".join(f'"{cell}"' for cell in row) for row in _ROWS).encode(),
    "d.xlsx": xlsx({"表": _ROWS, "二": [["x"]]}),
    "e.xlsx": raw_xlsx("".join(xlsx_row(n, *row) for n, row in enumerate(_ROWS, 1))),
    "f.xls": xls({"表": _ROWS}),
    "g.ods": ods(ods_table(_ROWS)),
}
"""One file of each kind that can be read, by a name that says which."""


def damaged(seed: int) -> tuple[str, bytes]:
    """One of the files with something done to it; the same for the same seed."""
    chance = Random(seed)
    name = chance.choice(sorted(WHOLE))
    content = WHOLE[name]
    if content.startswith(b"PK") and chance.random() < 0.6:
        return name, _inside(content, chance)
    for _ in range(chance.choice((1, 1, 2, 8))):
        content = chance.choice(_CHANGES)(content, chance)
    return name, content


def _inside(archive: bytes, chance: Random) -> bytes:
    """The zip packed again, whole, with one of its members changed, left out or renamed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    name = chance.choice(sorted(members))
    content = members.pop(name)
    match chance.randrange(8):
        case 0:
            pass
        case 1:
            members[name.upper()] = content
        case _:
            members[name] = chance.choice((*_CHANGES, _swapped_words))(content, chance)
    return zipped(members)


def _flip(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + bytes(b ^ (1 << chance.randrange(8)) for b in content[at : at + 1]) + content[at + 1 :]


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _left_out(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at + chance.randrange(1, 200) :]


def _doubled(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at : at + chance.randrange(1, 200)] * chance.choice((2, 2, 50)) + content[at:]


_BYTES = (
    b"\0",
    b'"',
    b"\xff\xfe",
    b"\n",
    b"\r",
    b"\t",
    b",",
    b";",
    b"<",
    b">",
    b"&",
    b"\xe4",
    b"\x81\x30",
    b"'",
    b"]]>",
)


def _put_in(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(_BYTES) * chance.choice((1, 1, 3)) + content[at:]


_WORDS = (
    (b'r="', b'r="XFD1048576'), (b'"1"', b'"99999999999"'), (b'"1"', b'"-1"'), (b"<v>", b"<v>1e999"), (b'"s"', b'"n"'),
    (b"inlineStr", b"e"), (b"string", b"float"), (b"string", b"date"), (b"<text:p>", b"<text:p><text:s text:c='x'/>"),
    (b"<table:table-cell", b"<table:table-cell table:number-columns-repeated='99999999'"),
    (b"<table:table-row", b"<table:table-row table:number-rows-repeated='-5'"), (b"</", b"<"), (b"sheet", b"sheeet"),
    (b"UTF-8", b"UTF-16"), (b"utf-8", b"ebcdic"), (b"worksheets", b"../../etc"), (b"<sheetData>", b"<!DOCTYPE a>"),
)  # fmt: skip


def _swapped_words(content: bytes, chance: Random) -> bytes:
    """A word that a parser acts on, in one place or everywhere, changed for one that it may not be ready for."""
    old, new = chance.choice(_WORDS)
    return content.replace(old, new, chance.choice((1, -1)))


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (_flip, _flip, _cut, _left_out, _doubled, _put_in)
