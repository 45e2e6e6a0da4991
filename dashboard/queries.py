"""The SQL files of `queries/`: found, expanded, and their headers read. The only door to them.

A file is a Jinja template (what repeats over columns is expanded before the engine, or sqlglot, sees it)
that starts with a block comment holding a YAML header.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal

import duckdb
import jinja2
import yaml

from dashboard import yamlfile
from dashboard.errors import SetupError
from dashboard.places import QUERIES

Room = Literal["clean", "marts", "pairs", "metrics", "checks", "slices", "reports", "access", "spark"]

_HEADER = re.compile(r"\A\s*/\*\s*\n(?P<yaml>.*?)\*/", re.DOTALL)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(QUERIES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        bytecode_cache=_compiled(),
    )


def _compiled() -> jinja2.BytecodeCache | None:
    """Where compiled templates are kept, as Python keeps its modules: beside them, if that folder can be written."""
    folder = QUERIES / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def names(room: Room) -> tuple[str, ...]:
    """The statements of a room, by name, sorted; files whose name starts with `_` are macros, not statements."""
    return tuple(sorted(p.stem for p in (QUERIES / room).glob("*.sql") if not p.name.startswith("_")))


def path(room: Room, name: str) -> Path:
    return QUERIES / room / f"{name}.sql"


def text(room: Room, name: str, /, **context: Any) -> str:
    """One statement with its template expanded by `context`."""
    return _environment().get_template(f"{room}/{name}.sql").render(**context)


@cache
def header(room: Room, name: str) -> dict[str, Any]:
    """The YAML header of a statement.

    Raises:
        SetupError: there is none, or it is not YAML.
    """
    found = _HEADER.match(path(room, name).read_text(encoding="utf-8"))
    if not found:
        raise SetupError(f"queries/{room}/{name}.sql 缺少说明头，请补上。")
    try:
        content: dict[str, Any] = yamlfile.parse(found["yaml"])
    except yaml.YAMLError as error:
        raise SetupError(f"queries/{room}/{name}.sql 的说明头不是有效的 YAML：{error}") from error
    return content


def body(statement: str) -> str:
    """A statement without its header: what a reader wants to see as the SQL of a figure."""
    return _HEADER.sub("", statement).strip() + "\n"


def tables_read(*statements: str) -> list[frozenset[str]]:
    """For each statement the plain table names that it reads from, its own CTEs among them."""
    parse = text("checks", "_parsed")
    with duckdb.connect(config={"threads": 1}) as engine:
        trees = [engine.execute(parse, {"statement": statement}).fetchall()[0][0] for statement in statements]
    return [frozenset(_plain_tables(json.loads(tree))) for tree in trees]


def _plain_tables(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and not node["schema_name"]:
            yield node["table_name"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _plain_tables(child)
