"""`queries/clean` and `queries/marts` stay in SQL that another engine runs: each file transpiles to Spark."""

from __future__ import annotations

from functools import cache

import pytest
import sqlglot
from sqlglot import TokenType

from dashboard import contract, policy, queries
from dashboard.contract import Contract
from dashboard.intake import clean
from dashboard.places import REPOSITORY
from dashboard.snapshots.spark.dialect import to_spark

SPARK_FUNCTIONS = {
    "ABS", "ARRAY", "ARRAY_CONTAINS", "ARRAY_DISTINCT", "ARRAY_JOIN", "ARRAYS_OVERLAP", "BOOL_AND", "BOOL_OR", "CAST",
    "CEIL", "COALESCE", "CONCAT", "CONCAT_WS", "CONTAINS", "COUNT", "DATEDIFF", "DATE_ADD", "DATE_TRUNC", "DAY",
    "DAYOFYEAR", "DENSE_RANK", "ENDSWITH", "EXISTS", "EXPLODE", "FILTER", "FLOOR", "GREATEST", "IF", "LAG", "LEAD",
    "LEAST", "LEFT", "LENGTH", "LOCATE", "LOWER", "LPAD", "MAKE_DATE", "MAX", "MIN", "MONTH", "NULLIF", "RANK",
    "REGEXP_EXTRACT", "REGEXP_REPLACE", "REPLACE", "RIGHT", "RLIKE", "ROUND", "ROW_NUMBER", "SIZE", "SPLIT",
    "STARTSWITH", "STRUCT", "SUBSTRING", "SUM", "TO_DATE", "TO_JSON", "TRANSFORM", "TRANSLATE", "TRIM", "TRY_CAST",
    "UPPER", "YEAR",
}  # fmt: skip
"""What a bracket may follow in a transpiled statement: functions that Spark 3.5 has and that mean the same there."""

SYNTAX = {
    "AND", "AS", "BETWEEN", "BY", "DECIMAL", "DISTINCT", "ELSE", "FROM", "IN", "JOIN", "NOT", "ON", "OR", "OVER",
    "SELECT", "THEN", "UNION", "USING", "VALUES", "WHEN", "WHERE", "WITHIN",
}  # fmt: skip


@cache
def the_contract() -> Contract:
    plan = policy.load(REPOSITORY / "data/policy/jiangsu-2024.yaml")
    return contract.load(REPOSITORY / "data/contract.yaml", plan)


@cache
def statements() -> dict[str, str]:
    """Every expanded statement by `room/name` (cleaning: for each table of the contract that it is made for)."""
    found = {f"marts/{name}": queries.text("marts", name) for name in queries.names("marts")}
    tables = [table.name for table in the_contract().tables]
    for name in queries.names("clean"):
        if name.endswith("_of_all"):
            found[f"clean/{name}"] = queries.text("clean", name, names=tables)
            continue
        for table in the_contract().tables:
            expanded = clean.statement(name, table, the_contract(), tables, "spark")
            found[f"clean/{name}/{table.name}"] = expanded
    return found


def called(statement: str) -> set[str]:
    """Names of functions that a Spark statement calls."""
    tokens = sqlglot.tokenize(statement, read="spark")
    before_brackets = {
        name.text.upper()
        for name, bracket in zip(tokens, tokens[1:], strict=False)
        if bracket.token_type == TokenType.L_PAREN and name.text.isidentifier()
    }
    return before_brackets - SYNTAX


@pytest.mark.parametrize("name", sorted(statements()))
def test_statement_transpiles_to_spark(name: str) -> None:
    assert called(to_spark(statements()[name])) <= SPARK_FUNCTIONS


def test_every_table_has_its_cleaning() -> None:
    assert {f"clean/empty_table/{table.name}" for table in the_contract().tables} <= set(statements())


@pytest.mark.parametrize("statement", ["select strlen_of(a) from t", "select regexp_full_match(a, 'x') from t"])
def test_what_spark_lacks_is_noticed(statement: str) -> None:
    assert not called(to_spark(statement)) <= SPARK_FUNCTIONS
