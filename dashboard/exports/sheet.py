"""A table to export, and where it comes from: what CSV and XLSX have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.wording import Column

Labels = Mapping[str, Mapping[str, str]]

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


@dataclass(frozen=True)
class Origin:
    """Where an export comes from; stands in every one of them.

    Attributes:
        as_of: the snapshot's date; `snapshot` its id.
        view: scope, year and filters in words, for instance `属地，2024 年`.
    """

    as_of: date
    snapshot: str
    is_demonstration: bool
    view: str = ""

    def notes(self) -> list[tuple[str, str]]:
        """What must be said, as label and text."""
        found = [("数据截至", str(self.as_of)), ("快照编号", self.snapshot)]
        if self.view:
            found.append(("范围", self.view))
        if self.is_demonstration:
            found.append((wording.DEMONSTRATION, "单位名称真实，数字均为虚构，不得引用"))
        return found

    def file_name(self, title: str, ending: str) -> str:
        """A file name that says what it is: `各市盘点率_2024-04-26_演示数据.csv`."""
        parts = [title, str(self.as_of), *([wording.DEMONSTRATION] if self.is_demonstration else [])]
        return re.sub(r'[\\/:*?"<>|\s]+', "-", "_".join(parts)) + f".{ending}"


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows with their columns and what they mean.

    Attributes:
        title, definition, clause: as in the metric's header.
        columns: those of `frame` to write, in order, with label, unit and note.
        labels: words for codes by column name (`wording.labels`).
    """

    title: str
    columns: Sequence[Column]
    frame: pd.DataFrame = field(repr=False)
    definition: str = ""
    clause: str = ""
    labels: Labels = field(default_factory=dict)

    def renamed(self, title: str) -> Sheet:
        """This table under another title."""
        return replace(self, title=title)

    def rows(self) -> list[list[Any]]:
        """The cells in order: words as text, codes in words, dates as dates, numbers as they are, nulls as None."""
        columns = [self._cells(column) for column in self.columns]
        return [list(row) for row in zip(*columns, strict=True)]

    def _cells(self, column: Column) -> list[Any]:
        words = self.labels.get(column.name, {})
        return [_cell(value, column, words) for value in self.frame[column.name].astype(object)]


def _cell(value: Any, column: Column, words: Mapping[str, str]) -> Any:
    if wording.is_null(value):
        return None
    if str(value) in words:
        return words[str(value)]
    if column.unit == "date" and isinstance(value, date):
        return pd.Timestamp(value).date()
    if column.unit in wording.WORDS or isinstance(value, str):
        return wording.value(value, column.unit)
    return value.item() if hasattr(value, "item") else value


def guard(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe goes before what could be read as a formula.

    That is text which starts with = + - @ (full width too, blanks before them aside), a tab or a line break, with any
    apostrophes before it. `unguard` takes exactly that apostrophe away again; other text stays as it is.
    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
