"""The samples as published snapshots of two days, with rejected rows, and what each account may see of them.

What an account may see is worked out here from the whole snapshot, in another way than the program does it.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard import metrics
from dashboard.places import Places
from dashboard.scope import PROVINCE, Scope
from dashboard.snapshots import Reader, Store, importer, open_reader
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order
from tests.support.samples import SAMPLES

DAYS = (dt.date(2024, 4, 30), dt.date(2025, 2, 28))


def published(data: Path) -> Store:
    """Both days imported; two institutions have a rejected row each, and one row names nobody known."""
    folder = data / "exports"
    shutil.copytree(SAMPLES / "exports", folder)
    patents = next(folder.glob("专利盘点*"))
    head, *rows = patents.read_text(encoding="utf-8-sig").splitlines()
    at = head.split(",").index("单位编码")
    number = head.split(",").index("专利号")
    ids = list(dict.fromkeys(row.split(",")[at] for row in rows))
    bad = []
    for place, institution in enumerate([*ids[:2], ids[-1], "NOBODY"]):
        cells = next(row for row in rows if row.split(",")[at] in (institution, ids[0])).split(",")
        cells[number], cells[at] = f"9999{place}", institution
        bad.append(",".join(cells))
    patents.write_text("\n".join([head, *rows, *bad]) + "\n", encoding="utf-8")
    places = Places(data)
    for day in DAYS:
        order = Order(folder, day, accept=Accept(rejects=True, change=True))
        assert importer.import_folder(places, order).entry
    return Store(places)


@dataclass
class Whole:
    """The newest snapshot, all of it, for the test to compare with."""

    store: Store

    @cached_property
    def _readers(self) -> dict[Scope, Reader]:
        return {}

    def reader(self, scope: Scope) -> Reader:
        """A reader that stays open; see `again` for a new one."""
        if scope not in self._readers:
            self._readers[scope] = self.again(scope)
        return self._readers[scope]

    def again(self, scope: Scope) -> Reader:
        return open_reader(self.store, self.store.newest(), scope)

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute(f"attach '{self.store.path(self.store.newest())}' as snapshot (read_only)")
        connection.execute("use snapshot")
        return connection

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return {}

    def frame(self, table: str) -> pd.DataFrame:
        if table not in self._frames:
            self._frames[table] = self.connection.sql(f'from snapshot.main."{table}"').df()
        return self._frames[table]

    @cached_property
    def _answers(self) -> dict[str, pd.DataFrame]:
        return {}

    def answer(self, name: str, given: dict[str, Any]) -> pd.DataFrame:
        """What the province gets."""
        asked = f"{name} {sorted(given.items())}"
        if asked not in self._answers:
            self._answers[asked] = metrics.ask(self.reader(PROVINCE), name, **given).frame
        return self._answers[asked]

    @cached_property
    def scopes(self) -> list[Scope]:
        """Two cities and two institutions that hold most, and a city and an institution that there are not."""
        patents = self.frame("patents").merge(self.frame("institutions"), on="institution_id")
        cities = patents["city_code"].value_counts().index[:2]
        institutions = patents["institution_id"].value_counts().index[:2]
        return [
            *(Scope("city", str(code)) for code in cities),
            *(Scope("institution", str(code)) for code in institutions),
            Scope("city", "999999"),
            Scope("institution", "nobody"),
        ]

    def institutions(self, scope: Scope) -> set[str]:
        frame = self.frame("institutions")
        column = "city_code" if scope.role == "city" else "institution_id"
        return set(frame.loc[frame[column] == scope.key, "institution_id"])

    def patents(self, scope: Scope) -> set[str]:
        frame = self.frame("patents")
        return set(frame.loc[frame["institution_id"].isin(self.institutions(scope)), "patent_no"])

    def enterprises(self, scope: Scope) -> set[str]:
        frame, evaluations = self.frame("enterprises"), self.frame("evaluations")
        if scope.role == "city":
            return set(frame.loc[frame["city_code"] == scope.key, "enterprise_id"])
        done = evaluations[evaluations["evaluated_on"].notna() & evaluations["patent_no"].isin(self.patents(scope))]
        return set(done["enterprise_id"])
