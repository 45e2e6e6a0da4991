"""Open the engine: one way to attach files, with limits that keep a server alive."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

MEMORY_LIMIT = "1GB"


def connect(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory connection with its memory and threads limited, that never fetches an extension.

    With `spill`, what does not fit goes to that folder; without, nothing is written anywhere.
    """
    return duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": min(os.cpu_count() or 1, 4),
            "temp_directory": str(spill) if spill else "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
        }
    )


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, read_only: bool = True) -> None:
    """Attach a database file under a name of ours."""
    mode = "read_only" if read_only else "read_write"
    connection.execute(f"attach ? as {name} ({mode})", [str(path)])


def look_in(connection: duckdb.DuckDBPyConnection, *databases: str) -> None:
    """Plain table names mean the first of `databases` that has them; new tables go into the first."""
    connection.execute(f"set search_path = '{','.join(f'{name}.main' for name in databases)}'")


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on the connection reaches no file but those attached, and no setting can be changed."""
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
