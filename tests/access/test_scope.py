"""Scope stands at the door: whatever is asked, rows outside the account's scope are not there to be read."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from dashboard import metrics
from dashboard.errors import OutOfScope, UsageError
from dashboard.metrics import Definition
from dashboard.places import REPOSITORY
from dashboard.scope import PROVINCE, Scope
from dashboard.snapshots import Store, pairs, slices
from tests.access.scopes import Whole, published

ODD = (
    "' or 1=1 --",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "%",
    "; drop table patents",
    "\x00",
    "320100' --",
)

BY_PATENT = ("evaluations", "products", "pilots", "evaluation_rows", "patent_outcomes", "patents", "patent_rows")
BY_ENTERPRISE = ("enterprises", "experts", "enterprise_groups")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return Whole(published(tmp_path_factory.mktemp("scoped")))


@pytest.fixture(scope="module", params=range(6), ids=lambda at: f"account{at}")
def scope(whole: Whole, request: pytest.FixtureRequest) -> Scope:
    at: int = request.param
    return whole.scopes[at]


def rows(whole: Whole, scope: Scope, statement: str) -> pd.DataFrame:
    with closing(whole.reader(scope).cursor()) as cursor:
        found: pd.DataFrame = cursor.sql(statement).df()
    return found


def rows_again(whole: Whole, scope: Scope, statement: str) -> pd.DataFrame:
    """Through a reader opened now."""
    with whole.again(scope) as reader, closing(reader.cursor()) as cursor:
        found: pd.DataFrame = cursor.sql(statement).df()
    return found


def tables(whole: Whole, scope: Scope) -> list[str]:
    named = "select table_name from duckdb_tables() where schema_name = 'main' order by all"
    return list(rows(whole, scope, named)["table_name"])


def test_every_table_has_a_rule(whole: Whole) -> None:
    with closing(whole.reader(PROVINCE).cursor()) as cursor:
        there = {name for (name,) in cursor.sql("select table_name from duckdb_tables()").fetchall()}
    assert there - set(slices.RULE_OF) == set()
    assert set(slices.RULE_OF) - there == set()


def test_only_the_accounts_rows_are_there(whole: Whole, scope: Scope) -> None:
    institutions, patents, enterprises = (
        whole.institutions(scope),
        whole.patents(scope),
        whole.enterprises(scope),
    )
    for table in tables(whole, scope):
        found = rows(whole, scope, f'from "{table}"')
        if table == "change_patents":  # what has gone from a city has no holder there
            assert set(found["institution_id"].dropna()) <= institutions
            assert scope.role == "city" or found["institution_id"].notna().all()
            assert scope.role != "city" or set(found["city_code"]) <= {scope.key}
        elif "institution_id" in found and table != "cases":
            assert set(found["institution_id"]) <= institutions, table
        if table in BY_PATENT:
            assert set(found["patent_no"]) <= patents, table
        if table in BY_ENTERPRISE:
            assert set(found["enterprise_id"]) <= enterprises, table
        if {"level", "key"} <= set(found):
            assert set(found.loc[found["level"] == "institution", "key"]) <= institutions, table
    assert rows(whole, scope, "from joint_stock").empty
    assert rows(whole, scope, "from files").empty


def test_all_of_the_accounts_rows_are_there(whole: Whole, scope: Scope) -> None:
    institutions, patents = whole.institutions(scope), whole.patents(scope)
    for table in ("institutions", "patents", "filings", "assessments", "rejects", "warnings", "patent_rows"):
        expected = whole.frame(table)
        expected = expected[expected["institution_id"].isin(institutions)]
        assert len(rows(whole, scope, f'from "{table}"')) == len(expected), table
    for table in ("evaluations", "products", "pilots"):
        expected = whole.frame(table)
        assert len(rows(whole, scope, f'from "{table}"')) == expected["patent_no"].isin(patents).sum(), table
    assert set(rows(whole, scope, "from enterprises")["enterprise_id"]) == whole.enterprises(scope)


def test_the_samples_say_something(whole: Whole) -> None:
    for scope in whole.scopes[:4]:
        assert len(rows(whole, scope, "from patents")) not in (0, len(whole.frame("patents")))
        assert not rows(whole, scope, "from evaluations").empty
    assert rows(whole, whole.scopes[0], "from rejects").shape[0] + rows(whole, whole.scopes[1], "from rejects").shape[0]
    assert whole.frame("rejects")["institution_id"].isna().any()


def test_aggregates_are_those_of_all_rows(whole: Whole, scope: Scope) -> None:
    for table in ("route_sets", "star_counts", "field_counts", "event_years", "evaluation_sets", "plan", "presence"):
        expected = whole.connection.sql(f'from "{table}" order by all').df()
        assert_frame_equal(rows(whole, scope, f'from "{table}" order by all'), expected)


ROUND = [
    "from snapshot.main.patents",
    "from main.patents",
    'from "snapshot"."main"."patents"',
    "from patents",
    "select * from query_table('patents')",
    "select * from query('from snapshot.main.patents')",
    "with recursive x as (from snapshot.main.patents) from x",
    "from (from snapshot.main.patents) where true or false",
]


@pytest.mark.parametrize("statement", ROUND)
def test_no_way_of_naming_a_table_gets_round_it(whole: Whole, scope: Scope, statement: str) -> None:
    assert set(rows(whole, scope, statement)["patent_no"]) == whole.patents(scope)


@pytest.mark.parametrize(
    "name",
    [
        "pair.main.change_patents",
        "memory.main.patents",
        "temp.patents",
        "full.main.patents",
        "previous.main.patents",
        "slice.main.patents",
        "system.main.patents",
    ],
)
def test_no_other_database_is_there(whole: Whole, scope: Scope, name: str) -> None:
    with pytest.raises(duckdb.Error):
        rows(whole, scope, f"from {name}")


FILES = [
    "from '{file}'",
    "from read_csv('{file}')",
    "from read_text('{file}')",
    "from read_blob('{file}')",
    "from read_json('{file}')",
    "from read_parquet('{file}')",
    "from glob('{folder}/*')",
    "from read_duckdb('{snapshot}')",
    "attach '{snapshot}' as full",
    "attach '{snapshot}' as full (read_only)",
    "attach '{folder}/new.duckdb' as new",
    "copy (select 1) to '{folder}/out.csv'",
    "copy snapshot.main.patents to '{folder}/out.parquet'",
    "copy snapshot.main.patents from '{file}'",
    "export database '{folder}/out'",
    "import database '{folder}'",
    "insert into snapshot.main.patents select * from snapshot.main.patents",
    "delete from snapshot.main.patents",
    "update snapshot.main.patents set title = ''",
    "drop table snapshot.main.patents",
    "alter table patents add column x int",
    "create table snapshot.main.mine as select 1",
    "create view snapshot.main.mine as select 1",
    "install httpfs",
    "load httpfs",
    "load '{folder}/x.duckdb_extension'",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set temp_directory = '{folder}'",
    "set home_directory = '{folder}'",
    "set allowed_directories = ['/']",
    "set search_path = '{folder}'",
    "pragma enable_profiling = 'json'",
    "pragma profiling_output = '{folder}/x'",
    "pragma log_query_path = '{folder}/x'",
    "set log_query_path = '{folder}/x'",
    "call enable_logging(storage = 'file')",
    "create persistent secret s (type s3)",
    "from sqlite_scan('{file}', 'x')",
    "pragma import_database('{folder}')",
    "from parquet_metadata('{file}')",
    "reset memory_limit",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("outside")
    (made / "secret.csv").write_text("a,b\n1,2\n")
    return made


@pytest.mark.parametrize("statement", FILES)
@pytest.mark.parametrize("door", ["cursor", "cursor_of_all"])
def test_no_file_is_read_or_written(whole: Whole, folder: Path, statement: str, door: str) -> None:
    snapshot = whole.store.path(whole.store.newest())
    before = {path: path.stat().st_mtime_ns for path in _all_files(whole.store, folder)}
    text = statement.format(folder=folder, file=folder / "secret.csv", snapshot=snapshot)
    for scope in (PROVINCE, whole.scopes[0]):
        with closing(getattr(whole.reader(scope), door)()) as cursor, pytest.raises(duckdb.Error):
            cursor.execute(text)
    assert {path: path.stat().st_mtime_ns for path in _all_files(whole.store, folder)}.keys() >= before.keys()
    assert [path.name for path in folder.iterdir()] == ["secret.csv"]


def _all_files(store: Store, folder: Path) -> list[Path]:
    return [path for path in (*folder.rglob("*"), *store.folder.rglob("*")) if path.is_file()]


def parameters(metric: Definition, whole: Whole) -> Iterator[dict[str, Any]]:
    """What may be asked of a metric: every choice, each year, every key there is of its level, and odd text."""
    choices: dict[str, list[Any]] = {}
    for name, parameter in metric.parameters.items():
        match parameter.type:
            case "choice":
                choices[name] = [None, *parameter.values]
            case "year":
                choices[name] = [None, "2023", "2024"]
            case "text":
                choices[name] = [None, ODD[0]]
    single = [{name: value} for name, values in choices.items() for value in values]
    yield from single or [{}]
    if "key" in metric.parameters:
        ids = list(whole.frame("institutions")["institution_id"])
        cities = list(whole.frame("plan_cities")["city_code"])
        for level, key in itertools.chain(
            (("institution", i) for i in ids), (("city", c) for c in cities), (("group", g) for g in "ABC")
        ):
            if level in metric.parameters["level"].values:
                yield {"level": level, "key": key}


@pytest.mark.parametrize("name", metrics.names())
def test_no_metric_gives_a_row_outside_the_scope(whole: Whole, scope: Scope, name: str) -> None:
    """Over every choice of every parameter: own rows alone, with the figures and ranks of the province."""
    metric = metrics.definition(name)
    institutions, patents = whole.institutions(scope), whole.patents(scope)
    mine = whole.reader(scope)
    for given in parameters(metric, whole):
        try:
            frame = metrics.ask(mine, name, **given).frame
        except OutOfScope:
            assert given["key"] not in institutions
            continue
        except UsageError:
            with pytest.raises(UsageError):
                whole.answer(name, given)
            continue
        if given.get("level") == "institution" and "key" in given:
            assert given["key"] in institutions
        _compare(metric, frame, whole.answer(name, given), scope, institutions, patents)


def _compare(
    metric: Definition, frame: pd.DataFrame, expected: pd.DataFrame, scope: Scope, institutions: set[str],
    patents: set[str],
) -> None:  # fmt: skip
    if metric.rows == "everyone":
        assert_frame_equal(frame, expected)
        return
    if "institution_id" in frame:
        assert set(frame["institution_id"].dropna()) <= institutions
    if "patent_no" in frame:
        assert set(frame["patent_no"]) <= patents
    if metric.rows == "own" and "institution_id" in frame and "key" not in metric.parameters:
        column = "city_code" if scope.role == "city" and "city_code" in frame else "institution_id"
        keys = {scope.key} if column == "city_code" else institutions
        own = expected[expected[column].isin(keys)].reset_index(drop=True)
        assert_frame_equal(_plain(frame), _plain(own))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Nulls as None: a column of nulls alone has no type of its own."""
    return frame.astype(object).where(frame.notna(), None)


def test_an_institution_sees_its_true_rank(whole: Whole) -> None:
    with whole.again(PROVINCE) as reader:
        everyone = metrics.ask(reader, "inventory_institution").frame
    last = everyone.sort_values("rank").dropna(subset="rank").iloc[-1]
    with whole.again(Scope("institution", last["institution_id"])) as reader:
        (mine,) = metrics.ask(reader, "inventory_institution").frame.to_dict("records")
    assert mine["rank"] == last["rank"] > 1


@pytest.mark.parametrize("text", ODD)
def test_odd_text_in_a_parameter_is_just_text(whole: Whole, text: str) -> None:
    with whole.again(whole.scopes[0]) as reader:
        for name in metrics.names():
            metric = metrics.definition(name)
            for parameter, form in metric.parameters.items():
                if form.type == "text":
                    metrics.ask(reader, name, **{parameter: text})
                    continue
                levels = metric.parameters["level"].values if form.type == "key" else ()
                level = {"level": levels[-1]} if levels else {}
                with pytest.raises((UsageError, OutOfScope)):
                    metrics.ask(reader, name, **{**level, parameter: text})
        assert set(metrics.ask(reader, "inventory_institution").frame["city_code"]) == {whole.scopes[0].key}


@pytest.mark.parametrize("name", ["changed_patents", "filings_unregistered", "improvement_needs", "rejected_rows"])
def test_the_pages_of_a_list_are_the_list(whole: Whole, name: str) -> None:
    for scope in (PROVINCE, *whole.scopes):
        with whole.again(scope) as reader:
            asked = metrics.ask(reader, name).frame
            first, hits = metrics.page(reader, name, 7, 1)
            numbers = range(2, -(-hits // 7) + 1)
            pages = [first.frame, *(metrics.page(reader, name, 7, number)[0].frame for number in numbers)]
        assert hits == len(asked)
        assert_frame_equal(pd.concat(pages, ignore_index=True).astype(asked.dtypes), asked)


@pytest.mark.parametrize("scope", [Scope("city"), Scope("city", ""), Scope("institution"), Scope("institution", "")])
def test_a_scope_without_a_place_reads_nothing(whole: Whole, scope: Scope) -> None:
    with whole.again(scope) as reader:
        with pytest.raises(OutOfScope):
            reader.cursor()
        assert metrics.ask(reader, "inventory_institution").frame.empty


def test_a_table_without_a_rule_has_no_rows_again(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = whole.scopes[0]
    monkeypatch.setattr(slices, "RULE_OF", {t: r for t, r in slices.RULE_OF.items() if t != "patents"})
    slices._version.cache_clear()
    assert rows_again(whole, scope, "from patents").empty
    monkeypatch.undo()
    slices._version.cache_clear()
    assert not rows_again(whole, scope, "from patents").empty


def _slice(whole: Whole, scope: Scope) -> Path:
    store, entry = whole.store, whole.store.newest()
    return slices.ensure(store, entry, pairs.ensure(store, entry, store.previous(entry)), scope)


def test_a_slice_is_made_once_and_each_account_has_its_own(whole: Whole) -> None:
    first, second = _slice(whole, whole.scopes[0]), _slice(whole, whole.scopes[1])
    made = first.stat().st_ino
    assert first != second
    assert _slice(whole, whole.scopes[0]).stat().st_ino == made
    assert _slice(whole, Scope("institution", whole.scopes[0].key)) != first


def test_a_damaged_slice_is_made_again(whole: Whole) -> None:
    path = _slice(whole, whole.scopes[0])
    path.write_bytes(b"not a database")
    assert set(rows_again(whole, whole.scopes[0], "from patents")["patent_no"]) == whole.patents(whole.scopes[0])


def test_slices_are_bounded_and_the_last_used_stay(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "KEPT", 2)
    paths = [_slice(whole, scope) for scope in whole.scopes[:2]]
    for at, path in enumerate(paths):
        os.utime(path, (1 + at, 1 + at))
    added = _slice(whole, Scope("institution", "another"))
    assert added.exists()
    assert not paths[0].exists()
    assert len(list(added.parent.glob("*.duckdb"))) == 2
    assert not rows_again(whole, whole.scopes[0], "from patents").empty


def test_whoever_comes_at_the_same_time_gets_a_whole_slice(whole: Whole) -> None:
    scope = whole.scopes[2]
    _slice(whole, scope).unlink()
    with ThreadPoolExecutor(4) as pool:
        counts = set(pool.map(lambda _: len(rows_again(whole, scope, "from patents")), range(4)))
    assert counts == {len(whole.frame("patents").query("institution_id == @scope.key"))}


def test_only_metrics_reach_the_connection_on_all_rows() -> None:
    reaches = re.compile(r"cursor_of_all|\._all\b")
    called = [
        path.relative_to(REPOSITORY).as_posix()
        for root in ("dashboard", "pages")
        for path in (REPOSITORY / root).rglob("*.py")
        if reaches.search(path.read_text(encoding="utf-8"))
    ]
    assert sorted(called) == ["dashboard/metrics.py", "dashboard/snapshots/reader.py"]
