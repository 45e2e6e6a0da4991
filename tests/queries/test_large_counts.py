"""Counts far above the province's stay exact where they are multiplied by a share."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from dashboard import queries

DUE = dt.date(2024, 4, 30)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    found = duckdb.connect()
    found.execute("create table plan as select date '2024-05-03' as as_of")
    found.execute(
        "create table plan_obligations as "
        "select 'C' as group_code, 1 as position, ? as due_on, cast(0.6 as decimal(18, 12)) as share",
        [DUE],
    )
    found.execute("create table approval_days (level varchar, key varchar, day date, approved bigint)")
    return found


@pytest.mark.parametrize(
    ("stock", "required"),
    [(1_000_000, 600_000), (1_442_532, 865_520), (16_100_001, 9_660_001), (10**15 + 1, 6 * 10**14 + 1)],
)
def test_required_of_a_large_stock_is_exact(connection: duckdb.DuckDBPyConnection, stock: int, required: int) -> None:
    connection.execute(
        "create table institution_groups as "
        "select 'a' as institution_id, '320100' as city_code, 'C' as group_code, cast(? as bigint) as stock",
        [stock],
    )
    connection.execute("insert into approval_days values ('institution', 'a', ?, ?)", [DUE, required])
    found = connection.execute(queries.body(queries.text("marts", "institution_milestones"))).df()
    assert found[["required", "status"]].to_dict("records") == [{"required": required, "status": "met"}]
