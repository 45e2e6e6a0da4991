"""The rules of the house: who may know whom, where SQL stands, and what is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from dashboard.places import QUERIES, REPOSITORY

PYTHON = sorted([*(REPOSITORY / "dashboard").rglob("*.py"), *(REPOSITORY / "pages").glob("*.py")])
SPARK = REPOSITORY / "dashboard" / "snapshots" / "spark"
FOR_SPARK = "dashboard/snapshots/spark/requirements.txt"
TESTS = sorted((REPOSITORY / "tests").rglob("*.py"))
STATEMENT = re.compile(r"^\s*(select|with|insert|update|delete|copy)\s+\S+\s", re.IGNORECASE)


def _names(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_a_room_knows_only_the_rooms_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert lint_imports() == 0


def test_every_room_is_placed() -> None:
    """A new module or package of `dashboard` has its place in the layers, or knows nothing but errors."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [c["layers"] for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    placed = {name.strip() for layer in layers for name in layer.split("|")} | {"dashboard.parsing"}
    rooms = {f"dashboard.{p.stem}" for p in (REPOSITORY / "dashboard").iterdir() if p.suffix == ".py" or _is_room(p)}
    assert rooms - {"dashboard.__init__"} == placed


def _is_room(path: Path) -> bool:
    return path.is_dir() and any(path.glob("*.py"))


@pytest.mark.parametrize("path", sorted((REPOSITORY / "pages").glob("*.py")), ids=_names)
def test_a_page_asks_draws_and_explains(path: Path) -> None:
    below = ("duckdb", "sqlglot", "dashboard.snapshots", "dashboard.intake", "dashboard.queries", "dashboard.metrics")
    assert [name for name in _imports(path) if name.startswith(below)] == []


@pytest.mark.parametrize("path", PYTHON, ids=_names)
def test_no_sql_in_python(path: Path) -> None:
    assert [text for text in _texts(path) if STATEMENT.match(text)] == []


@pytest.mark.parametrize("path", PYTHON, ids=_names)
def test_nothing_of_the_plan_stands_in_code(path: Path) -> None:
    found = [text for text in _texts(path) if re.search(r"2023-12-31|2024-0[3-6]-3[01]|江苏|苏知发", text)]
    docstring = {ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False)}
    assert set(found) <= docstring


def test_every_statement_has_a_header_and_ends_with_a_newline() -> None:
    for path in QUERIES.rglob("*.sql"):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n"), path
        assert text == text.rstrip() + "\n", path


@pytest.mark.parametrize(
    ("files", "requirements"),
    [
        ([path for path in PYTHON if SPARK not in path.parents], ["requirements.txt"]),
        ([path for path in PYTHON if SPARK in path.parents], ["requirements.txt", FOR_SPARK]),
        (TESTS, ["requirements.txt", FOR_SPARK, "tests/requirements.txt"]),
    ],
    ids=["program", "spark", "tests"],
)
def test_what_is_imported_is_required(files: list[Path], requirements: list[str]) -> None:
    required = {name for file in requirements for name in _required(file)}
    # The baseline's scripts import each other by their plain names, as `streamlit run` lets them.
    own = set(sys.stdlib_module_names) | {"dashboard", "tests", "pages", "_typeshed", "common", "data"}
    # PySpark brings its own py4j, of the one version that it can speak with.
    used = {name.split(".")[0] for path in files for name in _imports(path)} - own - {"py4j"}
    distributions = packages_distributions()
    missing = {name for name in used if not {_plain(d) for d in distributions.get(name, [])} & required}
    assert missing == set()


def test_nothing_is_required_that_the_program_does_not_import() -> None:
    distributions = packages_distributions()
    used = {_plain(d) for p in PYTHON for name in _imports(p) for d in distributions.get(name.split(".")[0], [])}
    required = _required("requirements.txt") | _required(FOR_SPARK)
    assert required - used <= {"streamlit-authenticator"}


def test_every_requirement_is_pinned_to_one_version() -> None:
    for file in ("requirements.txt", FOR_SPARK, "tests/requirements.txt"):
        for line in (REPOSITORY / file).read_text(encoding="utf-8").splitlines():
            assert re.fullmatch(
                r"(#.*)?|-r \.\./[\w/]*requirements\.txt|[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.]*(; python_version .*)?",
                line,
            ), line


def _required(file: str) -> set[str]:
    lines = (REPOSITORY / file).read_text(encoding="utf-8").splitlines()
    return {_plain(line.split("==")[0]) for line in lines if "==" in line}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
