"""The statements of `queries/clean` and `queries/marts` as Spark runs them, to the same rows as in DuckDB.

sqlglot writes the dialect. What Spark would take in another sense is rewritten here: letter case, rounding, sums of
fractions. What has no equal there is an error, which tests/queries/test_transpile.py finds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import duckdb
import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import UnsupportedError

from dashboard import queries


def to_spark(statement: str) -> str:
    """One DuckDB statement in Spark's dialect, without its header.

    Raises:
        sqlglot.errors.SqlglotError: Spark cannot say it, or would mean something else.
    """
    tree = sqlglot.parse_one(queries.body(statement), read="duckdb")
    for node in reversed(list(tree.find_all(*_REWRITES))):
        node.replace(_REWRITES[type(node)](node))
    return tree.sql("spark", unsupported_level=ErrorLevel.RAISE)


@cache
def _letters() -> tuple[str, str, str, str]:
    """The letters that DuckDB's `lower` changes and what they become, then those of `upper`."""
    with duckdb.connect() as engine:
        before_lower, after_lower, before_upper, after_upper = engine.execute(
            queries.text("spark", "letters")
        ).fetchall()[0]
    return before_lower, after_lower, before_upper, after_upper


def _lower(node: exp.Expr) -> exp.Expr:
    return _by_letter(node.this, *_letters()[:2])


def _upper(node: exp.Expr) -> exp.Expr:
    return _by_letter(node.this, *_letters()[2:])


def _by_letter(text: exp.Expr, before: str, after: str) -> exp.Expr:
    """Letter by letter: Java's case of a letter depends on its neighbours (Σ), and its alphabets are newer."""
    return exp.func("translate", text, exp.Literal.string(before), exp.Literal.string(after))


def _round(node: exp.Expr) -> exp.Expr:
    """To a whole number and back, as DuckDB does: Spark rounds the number's shortest decimal form instead."""
    decimals = node.args.get("decimals")
    if decimals is None:
        raise UnsupportedError("round() without decimals")
    shift = exp.cast(exp.Literal.number(10 ** int(decimals.name)), "double")
    whole = exp.func("round", exp.Mul(this=exp.paren(node.this), expression=shift), exp.Literal.number(0))
    return exp.paren(exp.Div(this=whole, expression=shift.copy()))


def _sum(node: exp.Expr) -> exp.Expr:
    """`sum(x order by x)`, which fractions need to come out the same on any number of cores; other sums as they are."""
    if not isinstance(node.this, exp.Order):
        return node
    value, (ordered,) = node.this.this, node.this.expressions
    if value != ordered.this or ordered.args.get("desc"):
        raise UnsupportedError("a sum in another order than its own")
    step = exp.Lambda(
        this=exp.Add(this=exp.column("total"), expression=exp.column("item")),
        expressions=[exp.to_identifier("total"), exp.to_identifier("item")],
    )
    listed = exp.func("array_sort", exp.func("collect_list", value))
    total = exp.func("aggregate", listed, exp.cast(exp.Literal.number(0), "double"), step, dialect="spark")
    some = exp.GT(this=exp.func("count", value.copy()), expression=exp.Literal.number(0))
    return exp.func("if", some, total, exp.null())


def _regexp_replace(node: exp.Expr) -> exp.Expr:
    modifiers = node.args.get("modifiers")
    if modifiers is None or modifiers.name != "g":
        raise UnsupportedError("regexp_replace() other than of all matches ('g')")
    return node


_REWRITES: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Lower: _lower,
    exp.Upper: _upper,
    exp.Round: _round,
    exp.Sum: _sum,
    exp.RegexpReplace: _regexp_replace,
}
