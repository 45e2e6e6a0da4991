"""A process that reads what is published until it is told to stop, as the web app does: `python -m … DATA LOG STOP`.

Each reading is a line of JSON: which snapshot, which before it, the number of its folder, and its figures by several
metrics. What fails is a line too.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from dashboard import metrics
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots import Reader, Store, open_reader
from tests.faults.weeks import number_of


def main() -> None:
    data, log, stop = map(Path, sys.argv[1:])
    if hasattr(os, "nice"):
        os.nice(5)  # the imports come first
    store, chance = Store(Places(data)), Random(1)
    with log.open("a", encoding="utf-8") as file:
        while not stop.exists():
            entries = store.entries()
            if entries:
                try:
                    entry = chance.choice((entries[-1], chance.choice(entries)))
                    with open_reader(store, entry, PROVINCE) as reader:
                        line: dict[str, Any] = reading(reader)
                except Exception as error:
                    line = {"failure": f"{type(error).__name__}: {error}"}
                file.write(json.dumps(line) + "\n")
                file.flush()


def reading(reader: Reader) -> dict[str, Any]:
    """What an open snapshot says of itself, by metrics that must agree."""
    province = _row(reader, "inventory_province")
    cities = metrics.ask(reader, "inventory_city").frame
    files = metrics.ask(reader, "quality").frame
    (file,) = [name for name in files["file"] if name.startswith("专利盘点")]
    return {
        "id": reader.entry.id,
        "previous": reader.previous.id if reader.previous else None,
        "number": number_of(file),
        "stock": int(province["stock"]),
        "approved": int(province["approved"]),
        "of_cities": [int(cities["stock"].sum()), int(cities["approved"].sum())],
        "of_files": int(files["accepted"].sum()) - 1,
        "previous_rate": None if reader.previous is None else float(province["previous_rate"]),
    }


def _row(reader: Reader, name: str) -> Mapping[str, Any]:
    (row,) = metrics.ask(reader, name).frame.to_dict("records")
    return {str(column): value for column, value in row.items()}


if __name__ == "__main__":
    main()
