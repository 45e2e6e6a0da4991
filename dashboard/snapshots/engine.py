"""Open the engine: one way to attach files, with limits that keep a server alive."""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb

from dashboard.errors import SetupError

MEMORY_LIMIT = "1GB"
"""What a connection may take unless it asks for more: many are open at once in a server."""

IMPORT_MEMORY = "25%"
"""What an import may take, as the engine writes it (`25%` of the machine, or `4GB`); `DASHBOARD_IMPORT_MEMORY` says
otherwise."""

_AMOUNT = re.compile(r"[1-9]\d*(\.\d+)? ?([KMGT]i?B|%)", re.IGNORECASE)


def connect(spill: Path | None = None, memory: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """An in-memory connection with its memory and threads limited, that never fetches an extension.

    With `spill`, what does not fit goes to that folder; without, nothing is written anywhere.
    """
    return duckdb.connect(
        config={
            "memory_limit": memory,
            "threads": min(os.cpu_count() or 1, 4),
            "temp_directory": str(spill) if spill else "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
        }
    )


def import_memory() -> str:
    """The memory that an import may take, as the engine writes it.

    Raises:
        SetupError: `DASHBOARD_IMPORT_MEMORY` is no amount of memory.
    """
    told = os.environ.get("DASHBOARD_IMPORT_MEMORY") or IMPORT_MEMORY
    if not _AMOUNT.fullmatch(told):
        raise SetupError(f"环境变量 DASHBOARD_IMPORT_MEMORY 应当像 4GB 或 25% 这样写，现为 {told}。")
    return told


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a database file to read it, under a name of ours."""
    connection.execute(f"attach ? as {name} (read_only)", [str(path)])


def attach_new(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a database file to build, without a log: unfinished it is thrown away. `checkpoint` makes it whole."""
    connection.execute(f"attach ? as {name} (recovery_mode no_wal_writes)", [str(path)])


def look_in(connection: duckdb.DuckDBPyConnection, *databases: str) -> None:
    """Plain table names mean the first of `databases` that has them; new tables go into the first."""
    connection.execute(f"set search_path = '{','.join(f'{name}.main' for name in databases)}'")


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on the connection reaches no file but those attached, and no setting can be changed."""
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
