"""Raw cells as the reader stages them, written in a test; and what the cleaning makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from dashboard import contract as contracts
from dashboard.contract import Contract
from dashboard.intake import clean, tables
from dashboard.places import REPOSITORY
from dashboard.policy import Policy
from tests.support.worlds import JIANGSU

CONTRACT = contracts.load(REPOSITORY / "data/contract.yaml", JIANGSU)

INSTITUTION = {
    "institution_id": "U1", "institution_name": "某大学", "kind": "高校", "affiliation": "省属",
    "city_code": "南京", "demonstration": "否", "capacity_programme": "否",
}  # fmt: skip
PATENT = {
    "patent_no": "ZL201910200007.0", "title": "一种装置", "patent_type": "发明", "institution_id": "U1",
    "filed_on": "2019-03-01", "granted_on": "2021-06-15", "legal_status": "有效", "converted_before": "否",
    "review_status": "未建档",
}  # fmt: skip
ENTERPRISE = {"enterprise_id": "E1", "enterprise_name": "某企业", "city_code": "320100", "categories": "其他"}

Row = Mapping[str, str | None]


class Cleaned:
    """Given raw rows by table (`overflow` marks a cell too many, `sheet` its sheet), all that cleaning gives.

    Positions of columns are those of the contract unless `positions` says otherwise.
    """

    def __init__(
        self,
        as_of: str = "2024-04-26",
        positions: Mapping[tuple[str, str], int] | None = None,
        plan: Policy = JIANGSU,
        contract: Contract = CONTRACT,
        **given: Sequence[Row],
    ) -> None:
        self.contract = contract
        self.connection = duckdb.connect()
        tables.create_plan(self.connection, plan, contract, date.fromisoformat(as_of))
        sheets = self._stage(given)
        places = [
            (sheet_id, c.name, (positions or {}).get((name, c.name), i))
            for sheet_id, name in sheets
            for i, c in enumerate(contract.table(name).columns)
        ]
        sheet_ids, names, indexes = zip(*places, strict=True)
        columns = pa.table({"sheet_id": sheet_ids, "column_name": names, "position": indexes})
        tables.create_from(self.connection, "raw_columns", columns, scratch=True)
        clean.clean(self.connection, contract, plan, given.keys())

    def rows(self, table: str, *columns: str) -> list[dict[str, Any]]:
        """The table's rows as dictionaries in the order of the files, only the named columns (all without any)."""
        frame = self.connection.table(table)
        if "source_row" in frame.columns:
            frame = frame.order("source_row")
        records = [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
        return [{c: r[c] for c in columns or r} for r in records]

    def values(self, table: str, column: str) -> list[Any]:
        return [row[column] for row in self.rows(table, column)]

    def rejects(self) -> list[tuple[str, str, str | None]]:
        return [(r["table_name"], r["code"], r["column_name"]) for r in self.rows("rejects")]

    def warnings(self) -> list[tuple[str, str, str | None]]:
        return [(r["table_name"], r["code"], r["column_name"]) for r in self.rows("warnings")]

    def _stage(self, given: Mapping[str, Sequence[Row]]) -> list[tuple[int, str]]:
        sheets: list[tuple[int, str]] = []
        sheet_rows: list[dict[str, Any]] = []
        for name, rows in given.items():
            first = len(sheets)
            ids = {label: first + i for i, label in enumerate(dict.fromkeys(r.get("sheet") for r in rows) or [None])}
            sheets += [(sheet_id, name) for sheet_id in ids.values()]
            for label, sheet_id in ids.items():
                count = sum(r.get("sheet") == label for r in rows)
                sheet_rows.append(
                    {"sheet_id": sheet_id, "table_name": name, "file": f"{name}.csv", "sheet": label,
                     "header_row": 1, "rows_read": count, "skipped": 0}
                )  # fmt: skip
            columns = self.contract.table(name).columns
            raw = {
                "row_id": pa.array(range(len(rows)), pa.int64()),
                "sheet_id": pa.array([ids[r.get("sheet")] for r in rows], pa.int32()),
                "row_no": pa.array(range(2, len(rows) + 2), pa.int64()),
                "is_overflow": pa.array([bool(r.get("overflow")) for r in rows], pa.bool_()),
                **{c.name: pa.array([r.get(c.name) for r in rows], pa.string()) for c in columns},
            }
            tables.create_from(self.connection, f"raw_{name}", pa.table(raw), scratch=True)
        schema = pa.schema(
            [("sheet_id", pa.int32()), ("table_name", pa.string()), ("file", pa.string()), ("sheet", pa.string()),
             ("header_row", pa.int64()), ("rows_read", pa.int64()), ("skipped", pa.int64())]
        )  # fmt: skip
        tables.create_from(self.connection, "raw_sheets", pa.Table.from_pylist(sheet_rows, schema), scratch=True)
        return sheets


def patents(*changes: Row, institutions: Sequence[Row] = (INSTITUTION,), as_of: str = "2024-04-26") -> Cleaned:
    """Patents that differ from `PATENT` as said, one after the other, of one institution."""
    return Cleaned(as_of, institutions=list(institutions), patents=[{**PATENT, **change} for change in changes])


def serial(number: int) -> str:
    """The `number`-th of a row of right patent numbers of one year and type."""
    body = f"20191{number:07d}"
    total = sum(int(d) * w for d, w in zip(body, CONTRACT.patent_number.weights, strict=True)) % 11
    return f"ZL{body}.{'X' if total == 10 else total}"


def each(
    column: str, cells: Sequence[str | None], base: Row | None = None, as_of: str = "2024-04-26"
) -> dict[Any, Any]:
    """By cell: the cleaned value of a patent's `column` that reads so, or the code of what was found there."""
    rows = [{"patent_no": serial(i), **(base or {}), column: cell} for i, cell in enumerate(cells)]
    return outcomes(patents(*rows, as_of=as_of), "patents", column, cells)


def outcomes(cleaned: Cleaned, table: str, column: str, cells: Sequence[str | None]) -> dict[Any, Any]:
    """By cell, for a table whose n-th row holds the n-th cell: the cleaned value or the code found."""
    found = {r["source_row"]: r[column] for r in cleaned.rows(table, "source_row", column)}
    for finding in cleaned.rows("rejects") + cleaned.rows("warnings"):
        if finding["table_name"] == table:
            found[finding["row_no"]] = finding["code"]
    return {cell: found[i] for i, cell in enumerate(cells, 2)}
