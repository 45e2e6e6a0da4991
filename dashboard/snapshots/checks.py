"""The checks of `queries/checks`: each statement returns offending rows; none means that it holds."""

from __future__ import annotations

import duckdb

from dashboard import queries
from dashboard.contract import Contract

COUNTED = ("rejects", "warnings", "notes", "files")
"""What the manifest counts besides the contract's tables."""


def names() -> tuple[str, ...]:
    """The checks, by name: statements whose header has the message to show when they do not hold."""
    return tuple(name for name in queries.names("checks") if "message" in queries.header("checks", name))


def failures(connection: duckdb.DuckDBPyConnection, contract: Contract) -> tuple[str, ...]:
    """One Chinese sentence per check that does not hold for the snapshot the connection looks in."""
    found = []
    for name in names():
        text = queries.text("checks", name, contract=contract, names=counted(contract))
        cursor = connection.execute(text)
        columns = [column[0] for column in cursor.description or ()]
        offending = cursor.fetchall()
        if offending:
            example = "，".join(f"{c}={v}" for c, v in zip(columns, offending[0], strict=True) if v is not None)
            message = queries.header("checks", name)["message"]
            found.append(f"{message}（{name}，{len(offending)} 处，例如 {example}）。")
    return tuple(found)


def row_counts(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, int]:
    """Rows of each table of the contract, and of rejects, warnings, notes and files."""
    text = queries.text("checks", "_row_counts", names=counted(contract))
    return dict(connection.execute(text).fetchall())


def counted(contract: Contract) -> tuple[str, ...]:
    return (*(t.name for t in contract.tables), *COUNTED)
