"""The input contract as typed data: tables, columns, aliases, value lists (`data/contract.yaml`)."""

from __future__ import annotations

from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from dashboard import yamlfile
from dashboard.policy import Policy
from dashboard.yamlfile import Part

ColumnType = Literal[
    "text", "free_text", "patent_no", "date", "month", "integer", "number",
    "yes_no", "city", "coded", "several", "institution", "enterprise",
]  # fmt: skip

SQL_TYPES: dict[ColumnType, str] = {
    "text": "varchar",
    "free_text": "varchar",
    "patent_no": "varchar",
    "date": "date",
    "month": "date",
    "integer": "bigint",
    "number": "double",
    "yes_no": "boolean",
    "city": "varchar",
    "coded": "varchar",
    "several": "varchar[]",
    "institution": "varchar",
    "enterprise": "varchar",
}


class Column(Part):
    """One column of a table: how its header may be written and what its cells may hold."""

    name: str
    header: str
    aliases: tuple[str, ...] = ()
    type: ColumnType
    required: bool = False
    required_when: dict[str, str] | None = None
    values: tuple[str, ...] | str = ()
    at_least: int | None = None
    at_most: int | None = None
    unit: str | None = None
    future: Literal["rejected", "cleared", "kept"] = "rejected"
    expected_in: str | None = None

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the cleaned column (months are their first day, several values a list)."""
        return SQL_TYPES[self.type]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Header, English name, aliases: in the order of precedence."""
        return (self.header, self.name, *self.aliases)


class Table(Part):
    """One table of the folder; files belong to it whose names start with `title` or `name`."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    needs: str | None = None
    keep_latest: tuple[str, ...] = ()
    date_order: tuple[str, ...] = ()
    stage_order: tuple[str, ...] = ()
    type_of_number: str | None = None

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


class Extensions(Part):
    text: tuple[str, ...]
    workbook: tuple[str, ...]


class UnpackedLimit(Part):
    bytes: int
    ratio: int


class SerialDates(Part):
    first: int
    last: int


class YesNo(Part):
    yes: tuple[str, ...]
    no: tuple[str, ...]
    tick: str


class Gates(Part):
    rejected_share: float
    stock_change: float


class OldYears(Part):
    first: int
    last: int


class PatentNumber(Part):
    """ZC 0006-2003: years of both forms, type digits, weights of the check character."""

    first_year: int
    old_years: OldYears
    types: dict[str, str]
    weights: tuple[int, ...]


class Contract(Part):
    """The whole input contract. Value lists that the policy decides are already filled in (see `load`)."""

    version: int
    extensions: Extensions
    header_within_rows: int
    unpacked_limit: UnpackedLimit
    null_words: tuple[str, ...]
    total_words: tuple[str, ...]
    separators: str
    number_units: tuple[str, ...]
    number_limit: int
    first_date: date
    serial_dates: SerialDates
    yes_no: YesNo
    value_cut: int
    gates: Gates
    aliases: dict[str, str]
    patent_number: PatentNumber
    tables: tuple[Table, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _names_into_items(cls, data: dict[str, object]) -> dict[str, object]:
        """Tables and columns are mappings by name in the file, tuples of named items here."""
        tables = data.get("tables")
        if not isinstance(tables, dict):
            return data
        items = []
        for table_name, table in tables.items():
            columns = [{"name": name, **column} for name, column in table["columns"].items()]
            items.append({"name": table_name, **table, "columns": columns})
        return {**data, "tables": items}

    def table(self, name: str) -> Table:
        return next(t for t in self.tables if t.name == name)

    def null_spellings(self, column: Column) -> tuple[str, ...]:
        """Every way, in any letter case, to write a null word that `column` does not list as a value."""
        words = (word for word in self.null_words if word not in column.values)
        cases = (product(*({c.lower(), c.upper()} for c in word)) for word in words)
        return tuple(sorted("".join(letters) for letters in chain.from_iterable(cases)))


def load(path: Path, policy: Policy) -> Contract:
    """The contract of a YAML file, with the value lists that `policy` decides.

    Raises:
        SetupError: see `yamlfile.load`.
    """
    contract = yamlfile.load(path, Contract)
    return contract.model_copy(update={"tables": tuple(_filled(t, policy) for t in contract.tables)})


def _filled(table: Table, policy: Policy) -> Table:
    columns = tuple(
        c.model_copy(update={"values": getattr(policy, c.values.removeprefix("policy."))})
        if isinstance(c.values, str)
        else c
        for c in table.columns
    )
    return table.model_copy(update={"columns": columns})
