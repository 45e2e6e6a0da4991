"""Make a built snapshot visible: named by its content, checked at the gates, shown by one atomic replace."""

from __future__ import annotations

import datetime as dt
import getpass
import os

from dashboard.contract import Contract
from dashboard.errors import DamagedSnapshot, GateClosed
from dashboard.snapshots import digests, gates, pairs
from dashboard.snapshots.catalogue import Entry, Store, sync_file, sync_folder
from dashboard.snapshots.draft import Draft
from dashboard.snapshots.gates import Accept, Facts


def publish(store: Store, draft: Draft, facts: Facts, contract: Contract, accept: Accept) -> Entry:
    """Move the file of `draft` (closed) among the published ones and list it.

    A crash at any instant leaves the old catalogue, with every file it names untouched.

    Raises:
        GateClosed: a gate holds that `accept` does not open; nothing has changed.
    """
    built = draft.path
    sync_file(built)
    sha256, size = digests.digest(built), built.stat().st_size
    with store.lock():
        catalogue = store.catalogue()
        if reasons := gates.closed(facts, contract, catalogue, accept):
            raise GateClosed(reasons)
        name = f"{facts.as_of}-{sha256[:8]}"
        entry = Entry(
            id=name,
            date=facts.as_of,
            file=f"{name}.duckdb",
            sha256=sha256,
            size=size,
            rows=facts.rows,
            stock=facts.stock,
            publisher=publisher(),
            published_at=dt.datetime.now(dt.UTC),
            is_demo=facts.is_demo,
        )
        after = catalogue.with_entry(entry)
        final = store.path(entry)
        if final.exists():
            raise DamagedSnapshot(f"快照目录里已有同名文件 {entry.file}，它不在目录清单中，请移走后重新导入。")
        draft.promise(entry.file)
        built.rename(final)
        try:
            sync_folder(store.folder)
            pairs.ensure_neighbours(store, after, entry)
            store.write(after)
        except BaseException:
            if entry not in store.catalogue().snapshots:
                final.unlink(missing_ok=True)
            raise
    return entry


def publisher() -> str:
    """The operating-system user that this process runs as."""
    if os.name != "posix":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
