"""A snapshot as the oracle sees it: an as-of date, the tables that are there, the plan, and the snapshot before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from tests.oracle.plan import JIANGSU, Plan
from tests.oracle.tables import (
    Assessment,
    Case,
    Enterprise,
    Evaluation,
    Event,
    Expert,
    Filing,
    Institution,
    Patent,
    Pilot,
    Portfolio,
    Product,
    Tables,
)

Scope = Literal["territory", "municipal", "provincial"]
AFFILIATIONS: Mapping[Scope, set[str]] = {"municipal": {"市属"}, "provincial": {"部属", "省属"}}


@dataclass
class Snapshot:
    """`tables` holds records by English table name; a table that is not in it is absent."""

    as_of: date
    tables: Tables
    plan: Plan = field(default=JIANGSU)
    previous: Snapshot | None = None

    def has(self, name: str) -> bool:
        return name in self.tables

    @cached_property
    def institutions(self) -> list[Institution]:
        return sorted(self.tables["institutions"], key=lambda i: i.institution_id)

    @cached_property
    def patents(self) -> list[Patent]:
        return list(self.tables["patents"])

    @cached_property
    def enterprises(self) -> list[Enterprise]:
        return list(self.tables.get("enterprises", []))

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        return list(self.tables.get("evaluations", []))

    @cached_property
    def experts(self) -> list[Expert]:
        return list(self.tables.get("experts", []))

    @cached_property
    def events(self) -> list[Event]:
        return list(self.tables.get("events", []))

    @cached_property
    def filings(self) -> list[Filing]:
        return list(self.tables.get("filings", []))

    @cached_property
    def products(self) -> list[Product]:
        return list(self.tables.get("products", []))

    @cached_property
    def assessments(self) -> list[Assessment]:
        return list(self.tables.get("assessments", []))

    @cached_property
    def portfolios(self) -> list[Portfolio]:
        return list(self.tables.get("portfolios", []))

    @cached_property
    def pilots(self) -> list[Pilot]:
        return list(self.tables.get("pilots", []))

    @cached_property
    def cases(self) -> list[Case]:
        return list(self.tables.get("cases", []))

    @cached_property
    def city_of(self) -> dict[str, str]:
        """City code by institution."""
        return {i.institution_id: i.city_code for i in self.institutions}

    @cached_property
    def _rows_by_institution(self) -> dict[str, list[Patent]]:
        found: dict[str, list[Patent]] = defaultdict(list)
        for patent in self.patents:
            found[patent.institution_id].append(patent)
        return found

    def rows_of(self, institutions: Iterable[Institution]) -> list[Patent]:
        """The rows of 专利盘点 that belong to these institutions."""
        return [row for i in institutions for row in self._rows_by_institution.get(i.institution_id, [])]

    def within(self, scope: Scope = "territory", city: str | None = None) -> list[Institution]:
        """The institutions of a scope, in one city or in the whole province."""
        affiliations = AFFILIATIONS.get(scope)
        return [
            i
            for i in self.institutions
            if (affiliations is None or i.affiliation in affiliations) and city in (None, i.city_code)
        ]
