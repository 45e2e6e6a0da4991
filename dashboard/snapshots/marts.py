"""Build what is computed once: the marts of a snapshot, and the pair mart of two neighbours, in dependency order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from graphlib import TopologicalSorter

import duckdb

from dashboard import queries
from dashboard.queries import Room
from dashboard.snapshots import jobs
from dashboard.snapshots.jobs import Job


@cache
def reads(room: Room) -> Mapping[str, frozenset[str]]:
    """The statements of a room, each with the tables that it reads."""
    known = queries.names(room)
    read = queries.tables_read(*(queries.text(room, name) for name in known))
    return {name: tables - {name} for name, tables in zip(known, read, strict=True)}


def graph(room: Room) -> Mapping[str, frozenset[str]]:
    """The statements of a room, each with those of the room that it reads."""
    return {name: tables.intersection(reads(room)) for name, tables in reads(room).items()}


def order(room: Room) -> tuple[str, ...]:
    """The statements of a room so that each comes after those it reads."""
    return tuple(TopologicalSorter(graph(room)).static_order())


def build(connection: duckdb.DuckDBPyConnection, room: Room) -> None:
    """Create one table per statement of `room` (`marts` or `pairs`) in the first database of the search path."""
    jobs.run(connection, {name: Job(partial(create, room, name), after) for name, after in graph(room).items()})


def create(room: Room, name: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of one statement."""
    connection.execute(f'create table "{name}" as {queries.text(room, name)}')
