"""The tables of a snapshot, put together from a folder: what is to be done, and what each job waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import queries, wording
from dashboard.contract import Contract, Table
from dashboard.errors import FileProblems
from dashboard.intake import clean, folder, tables
from dashboard.intake.stage import Reading
from dashboard.policy import Policy
from dashboard.snapshots import checks, jobs
from dashboard.snapshots.builders import Builder

Progress = Callable[[str, float], None]
"""Told what is being done and how much of all is behind, from 0 to 1."""

_NOTES = pa.schema([(name, pa.string()) for name in ("kind", "file", "sheet", "message")])
_READ, _ALL = 0.45, 0.9
"""The share of an import that is behind when everything is read, and when all tables are there."""


def fill(
    connection: duckdb.DuckDBPyConnection,
    source: Path,
    as_of: dt.date,
    policy: Policy,
    contract: Contract,
    builder: Builder,
    aside: Path,
    progress: Progress,
) -> None:
    """Create the plan's tables, the contract's twelve, rejects, warnings, files, notes and all marts.

    `aside` is a folder for what the builder needs on the way.

    Raises:
        FileProblems: something in the folder cannot be read, or a required table has no accepted row.
        UsageError: no such folder.
        EngineFailed: the builder's engine gave up.
    """
    progress("查看文件夹", 0.0)
    scan = folder.scan(source, contract)
    told = _Told(progress)
    reading = Reading(scan, contract, told.read)
    tables.create_plan(connection, policy, contract, as_of)
    tables.create_presence(connection, contract, reading.present)
    clean.begin(connection, contract, policy, reading.present)
    reading.begin(connection)
    work = builder.jobs(reading, contract, aside)
    told.jobs = len(work)
    jobs.run(connection, work, told.done)
    notes = [asdict(note) for note in reading.staged().notes]
    tables.create_from(connection, "notes", pa.Table.from_pylist(notes, _NOTES))
    _require_rows(connection, contract)


class _Told:
    """Passes on how far reading and the jobs are."""

    def __init__(self, progress: Progress) -> None:
        self.jobs = 1
        self._progress = progress
        self._read = self._done = 0.0

    def read(self, file: str, done: int, size: int) -> None:
        self._read = done / max(size, 1)
        self._tell(f"读取 {file}")

    def done(self, name: str) -> None:
        self._done += 1
        self._tell("清洗和汇总")

    def _tell(self, step: str) -> None:
        self._progress(step, _READ * self._read + (_ALL - _READ) * self._done / self.jobs)


def _require_rows(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    counts = checks.row_counts(connection, contract)
    problems = [_nothing_accepted(connection, t) for t in contract.tables if t.required and not counts[t.name]]
    if problems:
        raise FileProblems(problems)


def _nothing_accepted(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Why a required table has no accepted row: its files, and the most frequent reasons."""
    files = [file for name, file, *_ in connection.table("files").fetchall() if name == table.name]
    reasons = connection.execute(queries.text("checks", "_reasons")).fetchall()
    told = [f"{wording.REASONS[code]} {count} 行" for name, code, count, _ in reasons if name == table.name][:3]
    why = f"退回原因：{'，'.join(told)}" if told else "表头下面没有数据"
    return f"{'、'.join(files)}：「{table.title}」没有一行可以接收，{why}；请核对文件内容是否放错。"
