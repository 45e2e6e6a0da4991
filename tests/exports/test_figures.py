"""Every cell of every table of all fourteen bulletins, read back from .docx and .xlsx and compared with the metrics.

The rows are asked of the metrics anew, each found by its own key; a printed number is the exact value rounded half up
to the digits it is printed with, a number of a workbook is the exact value to 16 digits.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import docx
import openpyxl
import pytest

from dashboard import metrics, wording
from dashboard.exports.bulletin import book, template, word
from dashboard.exports.bulletin.model import Table
from dashboard.metrics import Column
from tests.exports.test_bulletin import ONE_PIXEL
from tests.exports.test_sentences import Truth, _made, _same
from tests.support.worlds import JIANGSU

EDITIONS = [("月底", None), *(("周", place) for place in (None, *(c.code for c in JIANGSU.cities)))]
KEYS: Mapping[str, Sequence[str]] = {
    "funnel": ["label"], "milestone_group": ["group", "due_on"],
    "milestone_institution": ["institution_name", "due_on"],
    "inventory_city": ["city_name"], "inventory_institution": ["institution_name"],
    "evaluation_group": ["enterprise_group"], "evaluation_city": ["city_name", "enterprise_group"],
    "events_city": ["city_name"], "filings_city": ["city_name"], "conversion_city": ["city_name"],
    "attention": ["message"],
}  # fmt: skip
WHOLES = {"inventory_city": "inventory_province", "filings_city": "filings_province"}

Cells = Sequence[Sequence[Any]]
Row = Mapping[str, Any]


def _columns(metric: str) -> dict[str, Column]:
    """The metric's columns by the heading that a document gives them."""
    found = [*metrics.definition(metric).columns]
    if metric == "milestone_institution":
        found.append(metrics.definition("inventory_institution").column("institution_name"))
    headings = {c.label if c.unit == "rate" else wording.heading(c): c for c in found}
    if metric == "attention":
        headings["设区市"] = headings.pop("设区市代码")
    return headings


def _rows(truth: Truth, metric: str) -> list[dict[str, Any]]:
    asked = {"level": "city", "key": truth.code} if metric == "funnel" and truth.code else {}
    found = truth.now.query(metric, **asked)
    if metric == "milestone_institution":
        names = {row["institution_id"]: row["institution_name"] for row in truth.all("inventory_institution")}
        found = [{**row, "institution_name": names[row["institution_id"]]} for row in found]
    if metric in WHOLES:
        found.append({**truth.one(WHOLES[metric]), "city_name": "全省"})
    return found


def _word(row: Row, column: Column, metric: str) -> str:
    """What stands for a code or a word in a document."""
    value, labels = row.get(column.name), wording.labels(JIANGSU)
    if value is None:
        return "—"
    if metric == "inventory_institution" and column.name == "group":
        return str(value)
    if metric == "attention" and column.name == "city_code":
        return next(c.name for c in JIANGSU.cities if c.code == value)
    return str(labels.get(column.name, {}).get(str(value), value))


def _found(truth: Truth, table: Table, cells: Cells) -> Iterator[tuple[Any, Column, Row]]:
    """Each cell below the heading with its column and the metric's row that it must come from."""
    metric = table.metric
    columns = [_columns(metric)[heading] for heading in cells[0]]
    rows = {tuple(_word(row, _by_name(metric)[k], metric) for k in KEYS[metric]): row for row in _rows(truth, metric)}
    at = [[c.name for c in columns].index(key) for key in KEYS[metric]]
    for line in cells[1:]:
        key = tuple(str(line[i].date() if isinstance(line[i], dt.datetime) else line[i]) for i in at)
        yield from ((cell, column, rows[key]) for cell, column in zip(line, columns, strict=True))


def _by_name(metric: str) -> dict[str, Column]:
    return {column.name: column for column in _columns(metric).values()}


def _is_word(value: Any, column: Column) -> bool:
    return isinstance(value, str) or column.unit in wording.WORDS or column.name in ("severity", "kind")


def _agrees(said: str, row: Row, column: Column, metric: str) -> bool:
    """Whether a printed cell is the metric's value."""
    value = row.get(column.name)
    if value is None or _is_word(value, column):
        return said == _word(row, column, metric)
    sign = {"＋": 1, "－": -1}.get(said[0], 0)
    if wording.is_difference(column.name) and _rounds_to_something(said):
        assert sign == (1 if value > 0 else -1)
    return _same(said.lstrip("＋－").rstrip("%"), abs(value) if sign else value, column.unit == "rate")


def _rounds_to_something(said: str) -> bool:
    return bool(re.search("[1-9]", said))


def _is(written: Any, row: Row, column: Column, metric: str) -> bool:
    """Whether a cell of a workbook is the metric's value, to the 16 digits that a workbook holds."""
    value = row.get(column.name)
    if value is None:
        return written is None
    if isinstance(written, dt.datetime):
        return bool(str(written.date()) == value)
    if _is_word(value, column):
        return str(written) == _word(row, column, metric)
    return not isinstance(written, str) and float(written) == float(f"{value:.16g}")


@pytest.mark.parametrize(("period", "place"), EDITIONS)
def test_every_cell_of_the_word_tables_is_the_metrics(period: str, place: str | None) -> None:
    made, truth, compared = _made(period, place), Truth(period, place), 0
    document = docx.Document(io.BytesIO(word.write(made, template.PATH, draw=lambda _: ONE_PIXEL)))
    assert len(document.tables) == len(made.tables) > 0
    for table, written in zip(made.tables, document.tables, strict=True):
        cells = [[cell.text for cell in row.cells] for row in written.rows]
        assert len(cells) == len(table.sheet.frame) + 1
        for said, column, row in _found(truth, table, cells):
            assert _agrees(said, row, column, table.metric), (table.title, column.name, said, row)
            compared += 1
    assert compared > 400


@pytest.mark.parametrize(("period", "place"), EDITIONS)
def test_every_cell_of_the_workbook_is_the_metrics(period: str, place: str | None) -> None:
    made, truth, compared = _made(period, place), Truth(period, place), 0
    pages = openpyxl.load_workbook(io.BytesIO(book.write(made))).worksheets[2:-1]
    assert len(pages) == len(made.tables)
    for table, page in zip(made.tables, pages, strict=True):
        cells = list(page.iter_rows(min_row=2, values_only=True))
        assert len(cells) == len(table.sheet.frame) + 1
        for written, column, row in _found(truth, table, cells):
            assert _is(written, row, column, table.metric), (table.title, column.name, written, row)
            compared += 1
    assert compared > 400


@pytest.mark.parametrize("place", [None, "320100"])
def test_the_sentences_of_the_files_are_those_that_were_compared(place: str | None) -> None:
    """What `test_sentences` reads are the sentences that both files print."""
    made = _made("周", place)
    told = [text for section in made.sections for text in section.sentences]
    document = docx.Document(io.BytesIO(word.write(made, template.PATH, draw=lambda _: ONE_PIXEL)))
    printed = [p.text for p in document.paragraphs]
    cover = openpyxl.load_workbook(io.BytesIO(book.write(made)))["封面"]
    written = [row[1] for row in cover.iter_rows(values_only=True)]
    assert [text for text in printed if text in told] == told
    assert [text for text in written if text in told] == told
