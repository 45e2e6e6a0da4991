"""Large export folders and snapshots for the benchmarks: the demonstration's week, many times with other numbers.

    python -m tests.benchmarks.scale PATENTS PLACE [--weeks N] [--folder]

Every copy has patent numbers of its own (with their check characters), enterprises, experts, filings and products of
its own; institutions, events, assessments, portfolios and cases stay as they are. So what refers to a patent still
does, joint patents stay joint, and wrong rows keep their share. PATENTS is about the province's stock, as the demo
counts it; the files hold a fifth more rows of patents. What was made is kept in PLACE and not made again.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import datetime as dt
import io
import math
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from dashboard import contract as contracts
from dashboard import demo, policy
from dashboard.contract import Contract, PatentNumber, Table
from dashboard.demo.numbers import OLD_SERIAL, SERIAL, STRIDE, written
from dashboard.intake import folder as folders
from dashboard.intake import headers
from dashboard.places import Places
from dashboard.snapshots import Entry, Store, importer
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order

WHOLE = 161_000
"""The demo's stock at scale 1."""

MOST_COPIES = 250
"""With more, the serials of one copy run into those of the next."""

OWN = ("enterprise_id", "enterprise_name", "expert_id", "filing_no", "recipient", "product_no")
"""Columns whose cells get the copy's mark, beside the patent numbers."""

_NUMBER = r"^(?P<front>ZL)?(?P<body>[0-9]{12}|[0-9]{8})(?P<dot>\.?)(?P<check>[0-9X]?)$"


def folder(patents: int, place: Path, day: dt.date | None = None) -> Path:
    """An export folder with about `patents` patents of the stock, for the demo's newest week or another of its days."""
    week = day or demo.weeks(1)[0]
    made = place / f"folder-{patents}" / week.isoformat()
    if not made.exists():
        aside = place / f".making-{patents}-{week}"
        shutil.rmtree(aside, ignore_errors=True)
        copies = math.ceil(patents / WHOLE)
        places = Places.at()
        plan = policy.load(places.policy)
        (base,) = demo.write(aside / "base", [week], patents / copies / WHOLE, plan, places)
        multiply(base, aside / "whole", copies, contracts.load(places.contract, plan))
        made.parent.mkdir(parents=True, exist_ok=True)
        (aside / "whole").rename(made)
        shutil.rmtree(aside)
    return made


def snapshot(patents: int, place: Path, weeks: int = 1) -> Places:
    """An installation whose snapshots are the demo's newest `weeks` weeks, with about `patents` patents each."""
    places = Places(place / f"snapshots-{patents}")
    for day in demo.weeks(weeks):
        if not any(entry.date == day for entry in Store(places).entries()):
            is_kept = (place / f"folder-{patents}" / day.isoformat()).exists()
            whole = folder(patents, place, day)
            order = Order(whole, day, is_demo=True, accept=Accept(change=True))
            outcome = importer.import_folder(places, order)
            assert outcome.entry, outcome.held
            if not is_kept:
                shutil.rmtree(whole)
    return places


def newest(places: Places) -> Entry:
    return Store(places).newest()


def multiply(base: Path, out: Path, copies: int, contract: Contract) -> None:
    """Write the folder `base` to `out` with each file's rows `copies` times, the first time as they are."""
    if copies > MOST_COPIES:
        raise ValueError(f"at most {MOST_COPIES} copies of one folder, not {copies}")
    out.mkdir(parents=True)
    scan = folders.scan(base, contract)
    for source in scan.sources:
        target = out / source.relative
        target.parent.mkdir(exist_ok=True)
        form = contract.table(source.table)
        if copies > 1 and any(c.type == "patent_no" or c.name in OWN for c in form.columns):
            _write_copies(source.path, target, form, copies, contract)
        else:
            shutil.copyfile(source.path, target)
    for note in scan.ignored:
        shutil.copyfile(base / note.file, out / note.file)


def _write_copies(path: Path, target: Path, form: Table, copies: int, contract: Contract) -> None:
    content = path.read_bytes()
    encoding = _encoding(content)
    delimiter = {".csv": ",", ".tsv": "\t", ".txt": ";"}[path.suffix]
    head, header, body = _parted(content.decode(encoding), delimiter, form)
    rows = _rows(body, delimiter)
    quoting = "needed" if b'"' in content else "none"
    options = pa.csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style=quoting)
    with target.open("wb") as out:
        out.write(head.encode(encoding))
        for copy in _copies(rows, header, form, copies, contract):
            lines = io.BytesIO()
            pa.csv.write_csv(copy, lines, options)
            out.write(lines.getvalue() if encoding != "gb18030" else lines.getvalue().decode().encode(encoding))


def _encoding(content: bytes) -> str:
    try:
        content.decode()
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"


def _parted(text: str, delimiter: str, form: Table) -> tuple[str, headers.Header, str]:
    """The lines down to the header, the header, and the lines below it."""
    lines = text.splitlines(keepends=True)[:10]
    header = headers.find(list(csv.reader(lines, delimiter=delimiter)), form)
    head = "".join(lines[: header.row])
    return head, header, text[len(head) :]


def _rows(body: str, delimiter: str) -> pa.Table:
    """Lines without header as text columns."""
    first = next(csv.reader(io.StringIO(body), delimiter=delimiter), [])
    names = [f"c{index}" for index in range(len(first))]
    if not names:
        return pa.table({})
    return pa.csv.read_csv(
        pa.BufferReader(body.encode()),
        pa.csv.ReadOptions(column_names=names),
        pa.csv.ParseOptions(delimiter=delimiter),
        pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )


def _copies(rows: pa.Table, header: headers.Header, form: Table, copies: int, contract: Contract) -> Iterator[pa.Table]:
    yield rows
    if not len(rows):
        return
    numbers = {header.positions[c.name]: c.name for c in form.columns if c.type == "patent_no"}
    parsed = {place: _Numbers(rows.column(place), contract.patent_number) for place in numbers}
    own = [header.positions[name] for name in OWN if name in header.positions]
    for copy in range(1, copies):
        columns: list[pa.ChunkedArray | pa.Array] = list(rows.columns)
        for place, found in parsed.items():
            columns[place] = found.of_copy(copy, copies)
        for place in own:
            columns[place] = _marked(rows.column(place), copy, contract.total_words)
        yield pa.Table.from_arrays(columns, names=rows.column_names)


def _marked(cells: pa.ChunkedArray, copy: int, totals: Sequence[str]) -> pa.ChunkedArray:
    as_is = pc.is_in(cells, pa.array(["", *totals]))
    return pc.if_else(as_is, cells, pc.binary_join_element_wise(cells, f"-{copy}", ""))


class _Numbers:
    """The patent numbers of a column as they are written; wrong ones stay as they are."""

    def __init__(self, cells: pa.ChunkedArray, rules: PatentNumber) -> None:
        self.cells, self.rules = cells.combine_chunks(), rules
        found = pc.extract_regex(self.cells, _NUMBER)
        front, body, dot, self.check = (found.field(name) for name in ("front", "body", "dot", "check"))
        self.front, self.dot = pc.fill_null(front, ""), pc.fill_null(dot, "")
        body = pc.if_else(found.is_valid(), body, "0")
        self.old = pc.equal(pc.utf8_length(body), 8).to_numpy(zero_copy_only=False)
        self.body = body.cast(pa.int64()).to_numpy()
        due = pc.utf8_slice_codeunits(written(rules, self.body, self.old), -1)
        self.is_right = pc.and_(found.is_valid(), pc.or_(pc.equal(self.check, ""), pc.equal(self.check, due)))

    def of_copy(self, copy: int, copies: int) -> pa.Array:
        """The column with the numbers of a copy: each serial as far on as leaves room for all copies."""
        room = np.where(self.old, 10**OLD_SERIAL, 10**SERIAL)
        serial = (self.body % room + copy * (room // copies) * STRIDE) % room
        whole = written(self.rules, self.body - self.body % room + serial, self.old)
        check = pc.if_else(pc.equal(self.check, ""), "", pc.utf8_slice_codeunits(whole, -1))
        text = pc.binary_join_element_wise(self.front, pc.utf8_slice_codeunits(whole, 2, -2), self.dot, check, "")
        return pc.if_else(self.is_right, text, self.cells)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patents", type=int)
    parser.add_argument("place", type=Path)
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--folder", action="store_true", help="make the export folder only")
    given = parser.parse_args(arguments)
    if given.folder:
        for day in demo.weeks(given.weeks):
            print(folder(given.patents, given.place, day))
        return
    places = snapshot(given.patents, given.place, given.weeks)
    print(Store(places).path(newest(places)))


if __name__ == "__main__":
    main()
