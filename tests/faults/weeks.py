"""Export folders of which no two give the same figures, so that a reading tells which of them it is of."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from tests.support import exports

_WIDTH = 40


class Figures(NamedTuple):
    """The province's stock and approved patents."""

    stock: int
    approved: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.approved, self.stock)


def figures(number: int) -> Figures:
    """What the `number`-th folder must give: each pair of figures only once."""
    return Figures(_WIDTH + number % _WIDTH, 1 + number // _WIDTH % _WIDTH)


def write(folder: Path, number: int) -> Path:
    """Write the `number`-th folder; the file of its patents carries the number in its name."""
    stock, approved = figures(number)
    content = exports.patents(stock, approved)
    files = {"单位名录.csv": exports.INSTITUTIONS, f"专利盘点_{number}.csv": content}
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def number_of(file: str) -> int:
    """The folder's number from the name of its file."""
    return int(file.removeprefix("专利盘点_").removesuffix(".csv"))
