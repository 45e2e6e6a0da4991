"""What must come out of the samples (made by someone else): `expected/DATE/NAME__key=value….csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard import metrics
from tests.support import compare, samples

FREE = frozenset({"label", "message", "example"})


def files() -> list[Path]:
    """The expected files whose metric exists, by date and name."""
    found = sorted((samples.SAMPLES / "expected").glob("*/*.csv"))
    return [file for file in found if file.stem.split("__")[0] in metrics.names()]


def case(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def asked(file: Path) -> tuple[str, dict[str, str]]:
    """The metric and the parameters that a file's name carries."""
    name, *pairs = file.stem.split("__")
    return name, dict(pair.split("=", 1) for pair in pairs)


def differences(file: Path, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """What differs between printed rows and the file: columns in order, rows in any order, free columns aside."""
    wanted_header, wanted = compare.read(file.read_text(encoding="utf-8"))
    columns = [c for c in wanted_header if c not in FREE]
    if [c for c in header if c not in FREE] != columns:
        return [f"columns {list(header)} instead of {wanted_header}"]
    return compare.differences(_sorted(rows, columns), _sorted(wanted, columns), columns)


def _sorted(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[Mapping[str, str]]:
    """Rows in an order that does not depend on how a number is printed: by text cells, then by numbers."""
    return sorted(rows, key=lambda row: [_key(row[c]) for c in columns])


def _key(cell: str) -> tuple[int, float, str]:
    try:
        return 1, round(float(cell), 6), ""
    except ValueError:
        return 0, 0.0, cell
