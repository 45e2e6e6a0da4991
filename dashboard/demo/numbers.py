"""Patent numbers of the real form (ZC 0006-2003) with invented serials and true check characters."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.contract import PatentNumber
from dashboard.demo.chance import Bools, Ints, rank_within

# A multiplier without a common factor with 10^7 or 10^5 visits every serial once before it repeats.
STRIDE = 7919
SERIAL, OLD_SERIAL = 7, 5


def numbers(rules: PatentNumber, years: Ints, types: Ints, old: Bools) -> pa.StringArray:
    """Canonical numbers, all different: `ZL` + year + type + serial + `.` + check character.

    `types` are type digits; where `old`, the form of before 2003-10 (two digits of the year, five of the serial).
    """
    ranks = rank_within((years * 10 + types) * 2 + old)
    serials = (ranks * STRIDE + types * 104729 + years * 611) % np.where(old, 10**OLD_SERIAL, 10**SERIAL)
    heads = np.where(old, years % 100, years) * 10 + types
    return written(rules, heads * np.where(old, 10**OLD_SERIAL, 10**SERIAL) + serials, old)


def written(rules: PatentNumber, bodies: Ints, old: Bools) -> pa.StringArray:
    """Canonical numbers from all their digits but the check character."""
    digits = np.where(old[:, None], _digits(bodies, 8, 12), _digits(bodies, 12, 12))
    weights = np.array(rules.weights)
    used = np.arange(len(weights)) < np.where(old, 8, 12)[:, None]
    checks = np.where(used, digits * weights, 0).sum(axis=1) % 11
    return _text(digits, checks, old)


def _digits(values: Ints, width: int, columns: int) -> Ints:
    """The decimal digits of `values`, left to right, in the first `width` of `columns`."""
    powers = 10 ** np.arange(width - 1, -1, -1)
    found = np.zeros((len(values), columns), dtype=np.int64)
    found[:, :width] = values[:, None] // powers % 10
    return found


def _text(digits: Ints, checks: Ints, old: Bools) -> pa.StringArray:
    check = np.where(checks == 10, ord("X"), checks + ord("0"))
    cells = np.full((len(digits), 16), ord(" "), dtype=np.uint8)
    cells[:, 0], cells[:, 1] = ord("Z"), ord("L")
    cells[:, 2:14] = digits + ord("0")
    cells[:, 14], cells[:, 15] = ord("."), check
    cells[old, 10], cells[old, 11], cells[old, 12:] = ord("."), check[old], ord(" ")
    raw = pa.Array.from_buffers(pa.binary(16), len(digits), [None, pa.py_buffer(np.ascontiguousarray(cells))])
    return pc.utf8_trim_whitespace(raw.cast(pa.binary()).cast(pa.string()))
