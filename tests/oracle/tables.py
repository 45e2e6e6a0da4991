"""The contract's twelve tables as plain records, read from cells in cleaned form and written back to them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_type_hints


@dataclass(frozen=True)
class Institution:
    institution_id: str
    institution_name: str
    kind: str
    affiliation: str
    city_code: str
    demonstration: bool
    capacity_programme: bool


@dataclass(frozen=True)
class Patent:
    patent_no: str
    title: str
    patent_type: str
    institution_id: str
    co_owners: tuple[str, ...] | None
    filed_on: date | None
    granted_on: date
    ipc: str | None
    field: str | None
    legal_status: str
    lapsed_on: date | None
    converted_before: bool
    recorded_on: date | None
    review_status: str
    approved_on: date | None
    listed_on: date | None
    implementation: str | None
    industrialised: bool | None
    intents: tuple[str, ...] | None
    maturity: str | None
    stars: int | None
    prospect: str | None
    breadth: str | None
    product: str | None
    advantages: str | None
    performance: str | None
    outlook: str | None
    portfolio_id: str | None


@dataclass(frozen=True)
class Enterprise:
    enterprise_id: str
    enterprise_name: str
    city_code: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    patent_no: str
    enterprise_id: str
    pushed_on: date
    evaluated_on: date | None
    score: int | None
    improvement_need: str | None
    cooperation: str | None


@dataclass(frozen=True)
class Expert:
    expert_id: str
    enterprise_id: str
    field: str | None
    joined_on: date
    reviews: int | None


@dataclass(frozen=True)
class Event:
    event_id: str
    event_name: str
    held_on: date
    city_code: str
    level: str
    kind: str
    organiser: str | None
    field: str | None
    institutions: int | None
    enterprises: int | None
    patents: int | None
    intents: int | None
    deals: int | None
    amount: Fraction | None


@dataclass(frozen=True)
class Filing:
    filing_no: str
    patent_no: str
    kind: str
    institution_id: str
    recipient: str
    recipient_province: str | None
    recipient_city: str | None
    effective_on: date
    registered_on: date | None
    amount: Fraction | None
    reported_on: date | None


@dataclass(frozen=True)
class Product:
    product_no: str
    product_name: str
    patent_no: str
    enterprise_id: str | None
    registered_on: date
    stage: str
    sales: Fraction | None


@dataclass(frozen=True)
class Assessment:
    institution_id: str
    month: date
    assessed: int | None
    advised: int | None
    declined: int | None
    ordered_projects: int | None
    joint_projects: int | None


@dataclass(frozen=True)
class Portfolio:
    portfolio_id: str
    portfolio_name: str
    kind: str
    field: str | None
    operator: str | None
    formed_on: date | None
    licensees: int | None


@dataclass(frozen=True)
class Pilot:
    patent_no: str
    platform: str
    stage: str
    started_on: date
    finished_on: date | None


@dataclass(frozen=True)
class Case:
    case_id: str
    case_name: str
    city_code: str
    institution_id: str | None
    submitted_on: date
    published: bool | None


CLASSES: dict[str, type[Any]] = {
    "institutions": Institution, "patents": Patent, "enterprises": Enterprise, "evaluations": Evaluation,
    "experts": Expert, "events": Event, "filings": Filing, "products": Product, "assessments": Assessment,
    "portfolios": Portfolio, "pilots": Pilot, "cases": Case,
}  # fmt: skip

TITLES = {
    "institutions": "单位名录", "patents": "专利盘点", "enterprises": "企业名录", "evaluations": "企业评价",
    "experts": "专家库", "events": "对接活动", "filings": "转让许可", "products": "产品备案",
    "assessments": "申请前评估", "portfolios": "专利组合", "pilots": "二次开发", "cases": "典型案例",
}  # fmt: skip

Record = TypeVar("Record")


def read_folder(folder: Path) -> dict[str, list[Any]]:
    """The tables of a clean export folder: one CSV per table, columns in the contract's order under Chinese headers."""
    found: dict[str, list[Any]] = {}
    for name, title in TITLES.items():
        path = folder / f"{title}.csv"
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as file:
                _, *rows = csv.reader(file)
            found[name] = [_from_cells(CLASSES[name], row) for row in rows]
    return found


def to_cells(record: object) -> dict[str, Any]:
    """A record as a row for `tests.support.worlds.World`: its own columns, amounts as floats, several joined by `;`."""
    return {f.name: _cell(getattr(record, f.name)) for f in fields(record)}  # type: ignore[arg-type]


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return ";".join(value)
    return float(value) if isinstance(value, Fraction) else value


def _date(text: str) -> date:
    return date.fromisoformat(text if len(text) > len("2024-01") else f"{text}-01")


_READERS: Mapping[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    Fraction: Fraction,
    date: _date,
    bool: lambda text: {"是": True, "否": False}[text],
    tuple[str, ...]: lambda text: tuple(text.split(";")),
}


def _from_cells(kind: type[Record], cells: list[str]) -> Record:
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    return kind(**{n: _read(hints[n], cell) for n, cell in zip(names, cells, strict=True)})


def _read(hint: Any, cell: str) -> Any:
    if cell == "":
        return None
    plain = next((a for a in getattr(hint, "__args__", ()) if a in _READERS and a is not str), None)
    if hint in _READERS:
        return _READERS[hint](cell)
    return _READERS[plain or str](cell)


Tables = Mapping[str, list[Any]]
