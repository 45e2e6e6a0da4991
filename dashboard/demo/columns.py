"""Numpy columns of the world as Arrow columns of an export table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa

from dashboard.contract import Table
from dashboard.demo.chance import Bools, Floats, Ints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


def table(form: Table, columns: Mapping[str, Any]) -> pa.Table:
    """The columns in the contract's order; each column of the contract must be there."""
    return pa.table({column.name: columns[column.name] for column in form.columns})


def days(values: Ints, until: int) -> pa.Array:
    """Day numbers as dates; those after `until` are null."""
    return pa.array(values.astype(np.int32), mask=values > until).cast(pa.date32())


def words(codes: Ints, labels: Sequence[str] | pa.Array) -> pa.Array:
    """The labels of codes; negative codes are null."""
    dictionary = labels if isinstance(labels, pa.Array) else pa.array(labels, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=codes < 0), dictionary)


def flags(values: Bools, known: Bools | None = None) -> pa.Array:
    return pa.array(values, mask=None if known is None else ~known)


def counts(values: Ints, known: Bools | None = None) -> pa.Array:
    return pa.array(values, mask=values < 0 if known is None else ~known)


def amounts(values: Floats) -> pa.Array:
    """Numbers; NaN is null."""
    return pa.array(values, mask=np.isnan(values))


def only(labels: pa.DictionaryArray, shown: Bools) -> pa.Array:
    """The labels where `shown`, null elsewhere."""
    return words(where(labels.indices.to_numpy(), shown), labels.dictionary)


def where(codes: Ints, known: Bools) -> Ints:
    """The codes where `known`, -1 (none) elsewhere."""
    return np.where(known, codes, -1)


def taken(record: Record, index: Ints) -> Record:
    """A record of equally long columns (numpy or Arrow), narrowed to the rows of `index`."""
    found = {f.name: getattr(record, f.name) for f in fields(record)}
    arrow = pa.array(index)
    return replace(record, **{n: c.take(arrow) if isinstance(c, pa.Array) else c[index] for n, c in found.items()})


def dated(record: Record, days: Ints, until: int) -> Record:
    """The entries of a record that have happened by `until`, oldest first."""
    order = np.argsort(days, kind="stable")
    return taken(record, order[days[order] <= until])
