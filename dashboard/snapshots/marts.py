"""Build what is computed once: the marts of a snapshot, and the pair mart of two neighbours, in dependency order."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter

import duckdb

from dashboard import queries
from dashboard.queries import Room


@cache
def order(room: Room) -> tuple[str, ...]:
    """The statements of a room so that each comes after those it reads."""
    known = queries.names(room)
    read = queries.tables_read(*(queries.text(room, name) for name in known))
    graph = {name: tables.intersection(known) - {name} for name, tables in zip(known, read, strict=True)}
    return tuple(TopologicalSorter(graph).static_order())


def build(connection: duckdb.DuckDBPyConnection, room: Room) -> None:
    """Create one table per statement of `room` (`marts` or `pairs`) in the connection's current database."""
    for name in order(room):
        connection.execute(f'create table "{name}" as {queries.text(room, name)}')
