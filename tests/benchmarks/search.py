"""How long a search of the library takes at 1.35 million patents, beside a bare scan for the same words.

Run from the root: `python -m tests.benchmarks.search [ROWS]`. A search is what the page asks for: the number of hits
and the first page, through `metrics.run` on a connection as readers have it. The bare scan counts the titles that
contain the words.
Prints medians in milliseconds and their ratio (allowed: 3), and what building the mart takes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from dashboard import contract, metrics, policy, queries
from dashboard.intake import tables
from dashboard.places import REPOSITORY
from dashboard.scope import PROVINCE, Scope
from dashboard.snapshots import engine

ROWS = 1_350_000
RUNS = 9
ALLOWED = 3.0

INSTITUTIONS = """
insert into institutions by name
select
    'i' || i as institution_id,
    '第' || i || '大学' as institution_name,
    '高校' as kind,
    '省属' as affiliation,
    (select city_code from plan_cities where position = 1 + i % 13) as city_code,
    false as demonstration,
    false as capacity_programme
from range(170) as r (i)
"""

PATENTS = """
insert into patents by name
with words as (
    select ['石墨烯', '电池', '锂离子', '传感器', '图像识别', '制备方法', '及其', '装置', 'LED', '复合材料', '催化剂',
            '水泥', '控制系统', '深度学习', '检测', '污水处理', '轴承', '机器人', '5G', '天线', '涂层', '电机', '光纤',
            '疫苗'] as word
),
drawn as (
    select
        i,
        cast(hash(i) // 2 as bigint) as h,
        cast(hash(i + 7) // 2 as bigint) as g,
        cast(hash(i * 3 + 1) // 2 as bigint) as k
    from range($rows) as r (i)
)
select
    'ZL' || (2005 + g % 19) || '1' || lpad(cast(i as varchar), 7, '0') || '.' || (g % 10) as patent_no,
    concat(
        '一种', word[1 + h % 24], '用', word[1 + h // 24 % 24], chr(cast(19968 + g % 8000 as integer)),
        chr(cast(19968 + g // 8000 % 8000 as integer)), word[1 + k % 24], '的', word[1 + k // 24 % 24], '方法'
    ) as title,
    '发明' as patent_type,
    'i' || (i * 170 // $rows) as institution_id,
    date '2010-01-01' + cast(g % 5000 as integer) as granted_on,
    '领域' || (k % 12) as field,
    '有效' as legal_status,
    false as converted_before,
    case when k % 4 > 0 then '已通过' else '未建档' end as review_status,
    case when k % 4 > 0 then date '2024-01-02' + cast(g % 100 as integer) end as approved_on,
    case when k % 4 > 1 then date '2024-02-02' + cast(g % 90 as integer) end as listed_on,
    nullif(h % 6, 0) as stars,
    (select list(term order by position) from plan_terms where list_name = 'maturity_levels')[1 + k % 9] as maturity,
    case when g % 2 = 0 then '好' end as prospect
from drawn, words
"""

SEARCHES: dict[str, tuple[str, ...]] = {
    "两个常见词": ("石墨烯", "电池"),
    "一个词": ("污水处理",),
    "字母与汉字": ("LED", "天线"),
    "少见的词": ("龘",),
    "三个词": ("石墨烯", "电池", "涂层"),
}


def build(path: Path, rows: int) -> dict[str, float]:
    """A snapshot file with `rows` invented patents and the marts that a search reads; seconds by mart."""
    plan = policy.load(REPOSITORY / "data/policy/jiangsu-2024.yaml")
    terms = contract.load(REPOSITORY / "data/contract.yaml", plan)
    took = {}
    with engine.connect(spill=path.parent) as connection:
        engine.attach_new(connection, path, "snapshot")
        engine.look_in(connection, "snapshot")
        tables.create_plan(connection, plan, terms, date(2024, 4, 30))
        tables.create_presence(connection, terms, ("institutions", "patents"))
        tables.create_empty(connection, terms, [t.name for t in terms.tables])
        connection.execute(INSTITUTIONS)
        connection.execute(PATENTS, {"rows": rows})
        for name in ("patent_rows", "library_rows"):
            start = time.perf_counter()
            connection.execute(f"create table {name} as {queries.text('marts', name)}")
            took[name] = time.perf_counter() - start
        connection.execute("checkpoint snapshot")
    return took


def median(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes, once warm."""
    work()
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1000


def bare(connection: duckdb.DuckDBPyConnection, words: tuple[str, ...]) -> int:
    asked = " and ".join(f"contains(title, '{word}')" for word in words)
    (found,) = connection.execute(f"select count(*) from patents where {asked}").fetchall()[0]
    return int(found)


def ours(connection: duckdb.DuckDBPyConnection, scope: Scope, parameters: dict[str, Any]) -> tuple[int, int]:
    """Hits and rows of the first page."""
    page = metrics.run(connection, "library_search", scope, {**parameters, "size": 50, "page": 1}).frame
    return (int(page.iloc[0]["hits"]) if len(page) else 0), len(page)


def main(rows: int = ROWS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.duckdb"
        for name, seconds in build(path, rows).items():
            print(f"build {name}: {seconds:.2f} s for {rows:,} rows")
        with engine.connect() as connection:
            engine.attach(connection, path, "snapshot")
            engine.look_in(connection, "snapshot")
            engine.lock_down(connection)
            report(connection)


def report(connection: duckdb.DuckDBPyConnection) -> None:
    worst = 0.0
    for name, words in SEARCHES.items():
        parameters = {"words": " ".join(words), "stage": "all"}
        hits, _ = ours(connection, PROVINCE, parameters)
        assert hits == bare(connection, words), name
        scan = median(partial(bare, connection, words))
        search = median(partial(ours, connection, PROVINCE, parameters))
        worst = max(worst, search / scan)
        print(f"{name}: bare {scan:.0f} ms, search {search:.0f} ms, ratio {search / scan:.2f}, {hits:,} hits")
    others: dict[str, tuple[Scope, dict[str, Any]]] = {
        "默认（已入库，无词）": (PROVINCE, {}),
        "专利号的一部分": (PROVINCE, {"words": "1069974", "stage": "all"}),
        "按名称排序": (PROVINCE, {"words": "石墨烯", "sort": "title", "direction": "asc"}),
        "城市账号": (Scope("city", "320100"), {"words": "石墨烯 电池"}),
    }
    for name, (scope, parameters) in others.items():
        took = median(partial(ours, connection, scope, parameters))
        print(f"{name}: search {took:.0f} ms")
    matrix = median(partial(metrics.run, connection, "library_matrix", PROVINCE, {}))
    print(f"matrix by default: {matrix:.0f} ms")
    print(f"worst ratio {worst:.2f} (allowed {ALLOWED})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
