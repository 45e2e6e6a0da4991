"""Transfers and licences on record: contracts 合同数, times 件次, patents 件."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.counting import Row, add_nulls, add_ranks, group_by, ratio
from tests.oracle.plan import CITIES
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import Filing

TRANSFER = {"转让", "作价入股"}
LICENCE = {"独占许可", "排他许可", "普通许可", "开放许可"}

_COLUMNS = (
    "transfer_contracts", "transfer_times", "transfer_patents", "licence_contracts", "licence_times",
    "licence_patents", "open_licence_patents", "patents", "amount", "unregistered", "unreported",
    "previous_year_patents", "yoy", "rank",
)  # fmt: skip


def filings_city(now: Snapshot, year: int | None = None) -> list[Row]:
    of_city = group_by(now.filings, lambda f: now.city_of[f.institution_id])
    rows = [{"city_code": c, "city_name": n, **_columns(now, of_city.get(c, []), year)} for c, n in CITIES.items()]
    add_ranks(rows, "patents")
    return rows


def filings_institution(now: Snapshot, year: int | None = None) -> list[Row]:
    of_institution = group_by(now.filings, lambda f: f.institution_id)
    rows: list[Row] = [
        {
            "institution_id": i.institution_id,
            "institution_name": i.institution_name,
            "city_code": i.city_code,
            "city_name": CITIES[i.city_code],
            **_columns(now, of_institution.get(i.institution_id, []), year),
        }
        for i in now.institutions
    ]
    add_ranks(rows, "patents")
    return rows


def filings_month(now: Snapshot, year: int | None = None) -> list[Row]:
    cells = group_by(registered(now, now.filings, year), lambda f: (f"{f.registered_on:%Y-%m}", f.kind))
    return [
        {
            "month": month,
            "kind": kind,
            "contracts": contracts(filings),
            "times": len(filings),
            "patents": patents(filings),
            "amount": amount(filings),
        }
        for (month, kind), filings in cells.items()
    ]


def filings_flow(now: Snapshot, year: int | None = None) -> list[Row]:
    cells = group_by(
        registered(now, now.filings, year),
        lambda f: (now.city_of[f.institution_id], f.recipient_province or "未填", f.recipient_city or "未填"),
    )
    return [
        {
            "city_code": code,
            "city_name": CITIES[code],
            "recipient_province": province,
            "recipient_city": city,
            "patents": patents(filings),
            "amount": amount(filings),
        }
        for (code, province, city), filings in cells.items()
    ]


def period(now: Snapshot, year: int | None) -> tuple[date, date]:
    """1 January to min(31 December, as-of)."""
    year = year or now.as_of.year
    return date(year, 1, 1), min(date(year, 12, 31), now.as_of)


def period_before(now: Snapshot, year: int | None) -> tuple[date, date]:
    """1 January to the same month and day of the year before the period's; 29 February becomes the 28th."""
    start, end = period(now, year)
    before = start.year - 1
    day = 28 if (end.month, end.day) == (2, 29) and not isleap(before) else end.day
    return date(before, 1, 1), date(before, end.month, day)


def between(filings: Iterable[Filing], start: date, end: date) -> list[Filing]:
    return [f for f in filings if f.registered_on is not None and start <= f.registered_on <= end]


def registered(now: Snapshot, filings: Iterable[Filing], year: int | None) -> list[Filing]:
    return between(filings, *period(now, year))


def contracts(filings: Iterable[Filing]) -> int:
    return len({f.filing_no for f in filings})


def patents(filings: Iterable[Filing]) -> int:
    return len({f.patent_no for f in filings})


def amount(filings: Iterable[Filing]) -> Fraction:
    """Each contract once, with the largest amount on its rows here."""
    by_contract = group_by(filings, lambda f: f.filing_no)
    return sum((max(f.amount or Fraction(0) for f in rows) for rows in by_contract.values()), Fraction(0))


def _columns(now: Snapshot, filings: list[Filing], year: int | None) -> dict[str, Any]:
    row: Row = {}
    add_nulls(row, *_COLUMNS)
    if not now.has("filings"):
        return row
    rows = registered(now, filings, year)
    transfers, licences = [f for f in rows if f.kind in TRANSFER], [f for f in rows if f.kind in LICENCE]
    before = patents(between(filings, *period_before(now, year)))
    rate = ratio(patents(rows), before)
    return row | {
        "transfer_contracts": contracts(transfers),
        "transfer_times": len(transfers),
        "transfer_patents": patents(transfers),
        "licence_contracts": contracts(licences),
        "licence_times": len(licences),
        "licence_patents": patents(licences),
        "open_licence_patents": patents(f for f in licences if f.kind == "开放许可"),
        "patents": patents(rows),
        "amount": amount(rows),
        "unregistered": sum(f.registered_on is None for f in filings),
        "unreported": sum(f.reported_on is None for f in rows),
        "previous_year_patents": before,
        "yoy": None if rate is None else rate - 1,
    }
