"""Build what is computed once: the marts of a snapshot, and the pair mart of two neighbours, in dependency order."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter

import duckdb
import sqlglot
from sqlglot import exp

from dashboard import queries
from dashboard.queries import Room


@cache
def order(room: Room) -> tuple[str, ...]:
    """The statements of a room so that each comes after those it reads."""
    known = set(queries.names(room))
    graph = {name: (_tables(room, name) & known) - {name} for name in sorted(known)}
    return tuple(TopologicalSorter(graph).static_order())


def build(connection: duckdb.DuckDBPyConnection, room: Room) -> None:
    """Create one table per statement of `room` (`marts` or `pairs`) in the connection's current database."""
    for name in order(room):
        connection.execute(f'create table "{name}" as {queries.text(room, name)}')


def _tables(room: Room, name: str) -> set[str]:
    tree = sqlglot.parse_one(queries.text(room, name), read="duckdb")
    return {table.name for table in tree.find_all(exp.Table) if table.db in ("", "main")}
