"""A longer hunt, led by coverage: bytes as a text file, an old workbook, a sheet's XML, until a reader fails.

    pip install atheris==3.0.0            # Linux, Python 3.11 to 3.13; the tests do not need it
    python -m tests.faults.fuzzing CORPUS -max_total_time=600

Options are libFuzzer's. The corpus folder is filled with the whole files when it is empty; what makes a reader fail is
written to `crash-…` in the current folder. A reader may only say in a sentence (`UnreadableError`) what is wrong.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

atheris = importlib.import_module("atheris")

with atheris.instrument_imports(include=["dashboard.intake", "xlrd"]):
    from dashboard.intake import headers, rows, text, workbook
    from dashboard.intake.sheet import UnreadableError

from tests.faults.damaged_files import WHOLE  # noqa: E402
from tests.intake.folders import PATENT_HEADER, PATENT_ROW, PATENTS, ods, ods_table, raw_xlsx, xlsx_row  # noqa: E402
from tests.support.raw import CONTRACT  # noqa: E402


def _sheet_xml(data: bytes) -> bytes:
    return raw_xlsx(data.decode("utf-8", "replace"))


def _table_xml(data: bytes) -> bytes:
    return ods(data.decode("utf-8", "replace"))


_KINDS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("a.csv", bytes), ("a.xls", bytes), ("a.xlsx", _sheet_xml), ("a.ods", _table_xml),
)  # fmt: skip
"""The first byte of an input says which of these the rest becomes."""

_ROWS = (PATENT_HEADER, PATENT_ROW)
_SEEDS = (
    b"\0" + WHOLE["a.csv"], b"\0" + WHOLE["b.csv"], b"\0" + WHOLE["c.txt"], b"\1" + WHOLE["f.xls"],
    b"\2" + "".join(xlsx_row(n, *row) for n, row in enumerate(_ROWS, 1)).encode(), b"\3" + ods_table(_ROWS).encode(),
)  # fmt: skip


def one(data: bytes, folder: Path) -> None:
    """Read the input to its last row."""
    name, made = _KINDS[data[0] % len(_KINDS)]
    path = folder / name
    path.write_bytes(made(data[1:]))
    reader = text.sheets if name == "a.csv" else workbook.sheets
    try:
        for sheet in reader(path, PATENTS, CONTRACT, lambda size: None):
            header = headers.find(sheet.head, PATENTS)
            classifier = rows.Classifier(header, PATENTS, CONTRACT)
            for batch in sheet.batches:
                classifier.judge(batch)
    except UnreadableError:
        return


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else Path("corpus")
    corpus.mkdir(exist_ok=True)
    if not any(corpus.iterdir()):
        for number, seed in enumerate(_SEEDS):
            (corpus / f"seed-{number}").write_bytes(seed)
    with tempfile.TemporaryDirectory() as place:
        atheris.Setup(sys.argv, lambda data: one(data, Path(place)) if data else None)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
