"""Run a named metric on a snapshot within a scope, with its definition.

A metric is one file of `queries/metrics/`; its header says what it is (title, clause, definition, grain, columns,
parameters, who sees which rows) and carries a worked example. Pages, the command line and the catalogue read that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

import duckdb
import pandas as pd
from pydantic import Field

from dashboard import queries
from dashboard.errors import OutOfScope, SetupError, UsageError
from dashboard.scope import Scope
from dashboard.snapshots import slices
from dashboard.snapshots.reader import Reader
from dashboard.yamlfile import Part

# Frames here are short: sorting, grouping and joining texts as Python's own is two to four times as fast as Arrow's.
pd.options.mode.string_storage = "python"

Unit = Literal["text", "date", "month", "rate", "pp", "patents", "institutions", "enterprises", "pairs", "contracts",
               "times", "events", "amount", "days", "rank", "score", "count", "number", "status",
               "boolean"]  # fmt: skip


class Column(Part):
    """A column of a metric: its Chinese label and its unit, which decides how pages print it."""

    name: str
    label: str
    unit: Unit
    note: str = ""


class Parameter(Part):
    """A parameter: `choice` of `values`, `year`, `weight` (≥ 0), `key` (of the level), `count` (≥ 0), free `text`."""

    label: str
    type: Literal["choice", "year", "weight", "key", "count", "text"] = "choice"
    values: tuple[str, ...] = ()
    default: str | int | float | None = None


class Example(Part):
    """A worked example: rows given (text of CSV by table), and the exact rows that must come out."""

    as_of: date
    given: dict[str, str]
    previous: dict[str, Any] | None = None
    parameters: dict[str, Any] = {}
    expect: str


class Definition(Part):
    """What a metric's header says. `rows` tells who sees which rows.

    everyone: all of them. own: each account its own, picked from what comes out, ranks taken over all. account: the
    statement itself keeps to the account's rows before it counts, sorts and pages; it is bound `$account_city` and
    `$account_institution`. What reads rows, not figures, runs where only the account's rows are.
    """

    name: str
    title: str
    clause: str
    definition: str
    grain: str
    rows: Literal["everyone", "own", "account"] = "everyone"
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    parameters: dict[str, Parameter] = {}
    example: Example

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True)
class Result:
    """Rows of a metric (one frame column per column of the definition, in order) and the SQL that gave them."""

    definition: Definition
    parameters: Mapping[str, Any]
    frame: pd.DataFrame
    sql: str


def names() -> tuple[str, ...]:
    return queries.names("metrics")


@cache
def definition(name: str) -> Definition:
    """The definition of a metric.

    Raises:
        UsageError: no such metric; the sentence lists those there are.
        SetupError: its header is not of the form.
    """
    if name not in names():
        raise UsageError(f"没有名为 {name} 的指标，可用的有：{'、'.join(names())}。")
    try:
        return Definition.model_validate({"name": name, **queries.header("metrics", name)})
    except ValueError as error:
        raise SetupError(f"queries/metrics/{name}.sql 的说明头不合要求：{error}") from error


@cache
def sql(name: str) -> str:
    """The statement of a metric without its header."""
    return queries.body(queries.text("metrics", name))


def bind(metric: Definition, given: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of `metric` as values to bind; those not given take their default (None lets the SQL decide).

    Raises:
        UsageError: an unknown parameter, or a value that it does not take; the sentence lists what is known.
    """
    for name in given:
        if name not in metric.parameters:
            known = "、".join(metric.parameters) or "无"
            raise UsageError(f"指标 {metric.name} 没有参数 {name}，可用的有：{known}。")
    return {
        name: _value(name, parameter, given[name]) if given.get(name) is not None else parameter.default
        for name, parameter in metric.parameters.items()
    }


def _value(name: str, parameter: Parameter, given: Any) -> Any:
    text = str(given)
    match parameter.type:
        case "choice":
            if text not in parameter.values:
                raise UsageError(f"参数 {name} 不能是 {text}，可用的有：{'、'.join(parameter.values)}。")
            return text
        case "year":
            if not (text.isascii() and text.isdigit() and len(text) == 4):
                raise UsageError(f"参数 {name} 应当是四位年份，例如 2024，不能是 {text}。")
            return int(text)
        case "weight":
            try:
                number = float(text)
            except ValueError:
                number = math.nan
            if not (math.isfinite(number) and number >= 0):
                raise UsageError(f"参数 {name} 应当是不小于 0 的数，不能是 {text}。")
            return number
        case "count":
            if not (text.isascii() and text.isdigit() and len(text) <= 9):
                raise UsageError(f"参数 {name} 应当是不小于 0 的整数，不能是 {text}。")
            return int(text)
        case "key" | "text":
            return text


def ask(reader: Reader, name: str, **parameters: Any) -> Result:
    """Run a metric on an open snapshot, within the reader's scope, on cursors of its own (see `run`).

    What reads rows (see `reads_rows`) runs where only the account's rows are.

    Raises:
        DamagedSnapshot: a file of the snapshot was written into or cannot be read.
    """
    with reader.watched(), closing(reader.cursor_of_all()) as everything:
        if not reads_rows(name):
            return run(everything, name, reader.scope, parameters)
        with closing(reader.cursor()) as rows:
            return run(everything, name, reader.scope, parameters, rows)


def page(reader: Reader, name: str, size: int, number: int, **parameters: Any) -> tuple[Result, int]:
    """One page of a metric's rows in their order, and how many rows there are: a long list is cut in the engine.

    Args:
        size: rows of a page; number: which page, from 1.
    """
    with closing(reader.cursor_of_all()) as everything:
        asked = _asked(everything, name, reader.scope, parameters)
        if not reads_rows(name):
            return _cut(everything, asked, size, number)
        with closing(reader.cursor()) as rows:
            return _cut(rows, asked, size, number)


def reads_rows(name: str) -> bool:
    """Whether a metric whose rows are each account's own reads rows, rather than figures of institutions."""
    metric = definition(name)
    if metric.rows != "own":
        return metric.rows == "account"
    return not slices.ROWS.isdisjoint(_read()[name])


@cache
def _read() -> Mapping[str, frozenset[str]]:
    """The tables that each metric reads: taken from all of them at once, since starting the parser is what is slow."""
    return dict(zip(names(), queries.tables_read(*map(sql, names())), strict=True))


def prepare() -> None:
    """Read the definitions and statements of all metrics, so that no visitor waits for it."""
    for name in names():
        definition(name)
        reads_rows(name)


def run(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    scope: Scope,
    parameters: Mapping[str, Any],
    rows: duckdb.DuckDBPyConnection | None = None,
) -> Result:
    """Run a metric on an open snapshot (see `snapshots.open_reader`).

    Aggregates and ranks are computed over all rows; of a metric whose rows are each account's own, only those of
    `scope` come back.

    Args:
        rows: where to run it if not on `connection`, which its key is looked up on.

    Raises:
        UsageError: unknown metric, parameter or value.
        OutOfScope: a key that is not the account's.
    """
    asked = _asked(connection, name, scope, parameters)
    frame = (rows or connection).execute(asked.statement, asked.values or None).df()
    return Result(asked.metric, asked.bound, frame, sql(name))


@dataclass(frozen=True)
class _Asked:
    """A metric ready to run: its statement, picked for the account, and all values to bind."""

    metric: Definition
    bound: Mapping[str, Any]
    statement: str
    values: dict[str, Any]


def _asked(connection: duckdb.DuckDBPyConnection, name: str, scope: Scope, parameters: Mapping[str, Any]) -> _Asked:
    metric = definition(name)
    bound = bind(metric, parameters)
    _check_key(connection, metric, bound, scope)
    statement, values = sql(name), dict(bound)
    if metric.rows == "account":
        values |= _account(scope)
    elif metric.rows == "own" and not scope.sees_all and (by := _own_by(metric, scope)):
        statement = queries.text("metrics", "_own_rows", statement=statement, by=by)
        values["account_key"] = scope.key
    return _Asked(metric, bound, statement, values)


def _cut(connection: duckdb.DuckDBPyConnection, asked: _Asked, size: int, number: int) -> tuple[Result, int]:
    count, cut = (queries.text("metrics", "_page", statement=asked.statement, counted=c) for c in (True, False))
    (hits,) = connection.execute(count, asked.values or None).fetchall()[0]
    bounds = {"page_size": size, "page_start": (number - 1) * size}
    frame = connection.execute(cut, asked.values | bounds).df()
    return Result(asked.metric, asked.bound, frame, sql(asked.metric.name)), int(hits)


def _account(scope: Scope) -> dict[str, str | None]:
    """The account as values to bind: its city or its institution, both null where it sees all."""
    return {f"account_{role}": scope.key if scope.role == role else None for role in ("city", "institution")}


def _own_by(metric: Definition, scope: Scope) -> str | None:
    """How the account's rows are known: by the rows' own city or institution, else by where that is located.

    None for rows without an institution, which are asked by its key and where only the account's rows are.
    """
    names = {column.name for column in metric.columns}
    if _scope_column(scope) in names:
        return _scope_column(scope)
    return "located" if "institution_id" in names else None


def _check_key(
    connection: duckdb.DuckDBPyConnection, metric: Definition, bound: Mapping[str, Any], scope: Scope
) -> None:
    """A `key` must exist at its `level`, and be the account's if it names an institution."""
    if "key" not in bound:
        return
    level, key = bound["level"], bound["key"]
    if level == "province":
        if key is not None:
            raise UsageError("参数 level=province 时不带 key，请去掉 key。")
        return
    if key is None:
        raise UsageError(f"参数 level={level} 时还要给出 key（设区市代码、组别或单位编码）。")
    found = connection.execute(queries.text("checks", "known_key"), {"level": level, "key": key}).fetchall()
    if not found:
        raise UsageError(f"没有 {level}={key}，请核对设区市代码或单位编码。")
    ((city, institution),) = found
    own = city if scope.role == "city" else institution
    if level == "institution" and not scope.sees_all and own != scope.key:
        raise OutOfScope("这个单位不在本账号的查看范围内。")


def _scope_column(scope: Scope) -> str:
    return "city_code" if scope.role == "city" else "institution_id"
