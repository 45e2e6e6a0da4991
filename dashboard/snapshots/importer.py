"""From an export folder to a published snapshot: read, clean, build aside, check, gates, publish."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

import dashboard
from dashboard import contract as contracts
from dashboard import journal, queries
from dashboard import policy as policies
from dashboard.contract import Contract
from dashboard.errors import CheckFailed, GateClosed
from dashboard.intake import report, tables
from dashboard.intake.report import Report
from dashboard.places import Places
from dashboard.policy import Policy
from dashboard.snapshots import advice, assembly, checks, engine, gates
from dashboard.snapshots.advice import Setting
from dashboard.snapshots.assembly import Progress
from dashboard.snapshots.builders import Builder, InDuckDB
from dashboard.snapshots.catalogue import Entry, Store
from dashboard.snapshots.draft import Draft
from dashboard.snapshots.gates import Accept, Facts
from dashboard.snapshots.publish import publish, publisher

_IN_DUCKDB = InDuckDB()


@dataclass(frozen=True)
class Order:
    """What is to be imported, and how. With `check` nothing is published; `report_to` is an XLSX file to write."""

    folder: Path
    as_of: dt.date
    is_demo: bool = False
    check: bool = False
    accept: Accept = Accept()
    report_to: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of it: the report, the entry if it was published, and the gates that hold it back if any."""

    report: Report
    entry: Entry | None = None
    held: tuple[str, ...] = ()


def import_folder(
    places: Places,
    order: Order,
    progress: Progress = lambda step, share: None,
    builder: Builder = _IN_DUCKDB,
) -> Outcome:
    """Import one export folder into the snapshots of `places`, and note in the log how it ended.

    Raises:
        FileProblems: something in the folder cannot be read; nothing is published.
        UsageError: no such folder, or the report cannot be written.
        DamagedSnapshot: the list of snapshots is damaged; nothing is published.
        StorageFailed: no room, or no right to write, in the data folder; nothing is published.
        EngineFailed: the builder's engine gave up; nothing is published.
        CheckFailed: the built snapshot contradicts itself; nothing is published.
    """
    with journal.timed(places, "import", as_of=str(order.as_of), is_demo=order.is_demo, is_check=order.check) as said:
        outcome = _import(places, order, builder, progress)
        said["snapshot"] = outcome.entry.id if outcome.entry else None
        said["gates"] = len(outcome.held)
    return outcome


def _import(places: Places, order: Order, builder: Builder, progress: Progress) -> Outcome:
    policy = policies.load(places.policy)
    contract = contracts.load(places.contract, policy)
    store = Store(places)
    store.refuse_to_publish_if_damaged()
    with Draft(store) as draft:
        facts, made = _build(draft, order, policy, contract, places, builder, progress)
        held = gates.closed(facts, contract, store.catalogue(), order.accept)
        if order.check or held:
            return Outcome(made, held=held)
        progress("发布", 0.95)
        try:
            entry = publish(store, draft, facts, contract, order.accept)
        except GateClosed as error:
            return Outcome(made, held=error.reasons)
    progress("完成", 1.0)
    return Outcome(made, entry)


def _build(
    draft: Draft, order: Order, policy: Policy, contract: Contract, places: Places, builder: Builder, progress: Progress
) -> tuple[Facts, Report]:
    """Build the whole snapshot file; it is closed afterwards."""
    with engine.connect(spill=draft.folder, memory=engine.import_memory()) as connection:
        engine.attach_new(connection, draft.path, "snapshot")
        engine.look_in(connection, "snapshot", tables.SCRATCH)
        assembly.fill(connection, order.folder, order.as_of, policy, contract, builder, draft.folder, progress)
        facts = _facts(connection, order, contract)
        _sign(connection, order, policy, contract, facts, builder.version)
        progress("核对", 0.9)
        if failures := checks.failures(connection, contract):
            raise CheckFailed("快照没有通过自检，未发布，请把这段文字发给维护人员：" + "".join(failures))
        store = Store(places)
        said, moves = advice.gather(connection, contract, places, store, Setting.of(store, order.as_of, order.is_demo))
        facts = replace(facts, movers=advice.largest(moves))
        made = report.gather(connection, contract, _name(order.folder), order.as_of, facts.stock, said)
        if order.report_to:
            report.write(made, connection, contract, order.report_to)
        connection.execute("checkpoint snapshot")
    return facts, made


def _facts(connection: duckdb.DuckDBPyConnection, order: Order, contract: Contract) -> Facts:
    counts = checks.row_counts(connection, contract)
    (stock,) = connection.execute(queries.text("checks", "_stock")).fetchall()[0]
    judged = connection.execute(queries.text("checks", "_rejected_shares")).fetchall()
    return Facts(
        as_of=order.as_of,
        is_demo=order.is_demo,
        rows=sum(counts[table.name] for table in contract.tables),
        stock=stock,
        judged={name: (accepted, rejected) for name, accepted, rejected in judged},
    )


def _sign(
    connection: duckdb.DuckDBPyConnection,
    order: Order,
    policy: Policy,
    contract: Contract,
    facts: Facts,
    built_with: str,
) -> None:
    """Create `manifest`: one row that says what this file was made from, by whom, when (UTC) and by which program."""
    counts = pa.array([checks.row_counts(connection, contract)], type=pa.map_(pa.string(), pa.int64()))
    manifest = {
        "as_of": order.as_of,
        "is_demo": order.is_demo,
        "source_folder": _name(order.folder),
        "policy_id": policy.id,
        "policy_version": policy.version,
        "contract_version": contract.version,
        "program_version": dashboard.__version__,
        "engine": built_with,
        "built_by": publisher(),
        "built_at": dt.datetime.now(dt.UTC).replace(tzinfo=None),
        "stock": facts.stock,
    }
    columns = {name: pa.array([value]) for name, value in manifest.items()}
    tables.create_from(connection, "manifest", pa.table({**columns, "row_counts": counts}))


def _name(source: Path) -> str:
    """The folder's own name: where it lay is nobody's business."""
    return source.resolve().name
