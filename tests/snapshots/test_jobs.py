"""Jobs on one engine: each after those it waits for, side by side, and none left running when one fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import duckdb
import pytest

from dashboard.snapshots import engine, jobs
from dashboard.snapshots.jobs import Job

Work = Callable[[duckdb.DuckDBPyConnection], None]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with engine.connect() as connection:
        yield connection


def test_a_job_begins_when_those_it_waits_for_are_done(connection: duckdb.DuckDBPyConnection) -> None:
    began: list[str] = []
    done: list[str] = []

    def noted(name: str, *after: str) -> Job:
        def work(cursor: duckdb.DuckDBPyConnection) -> None:
            assert set(after) <= set(done)
            began.append(name)

        return Job(work, frozenset(after))

    work = {"d": noted("d", "b", "c"), "b": noted("b", "a"), "c": noted("c", "a"), "a": noted("a")}
    jobs.run(connection, work, done.append)
    assert sorted(began) == sorted(done) == ["a", "b", "c", "d"]
    assert (began[0], began[-1]) == ("a", "d")


def test_two_jobs_run_at_once(connection: duckdb.DuckDBPyConnection) -> None:
    met = threading.Barrier(2, timeout=30)

    def meet(cursor: duckdb.DuckDBPyConnection) -> None:
        met.wait()

    jobs.run(connection, {"a": Job(meet), "b": Job(meet)})
    assert not met.broken


def test_a_cursor_looks_where_the_connection_does(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("attach ':memory:' as snapshot")
    engine.look_in(connection, "snapshot", "memory")

    def create(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("create table x as select 1 as i")

    jobs.run(connection, {"x": Job(create)})
    assert connection.execute("select database_name from duckdb_tables()").fetchall() == [("snapshot",)]


def test_the_first_failure_is_raised_and_ends_the_rest(connection: duckdb.DuckDBPyConnection) -> None:
    is_running = threading.Event()
    ended: list[type[BaseException]] = []

    def long(cursor: duckdb.DuckDBPyConnection) -> None:
        is_running.set()
        try:
            cursor.execute("select count(*) from range(1000000000000) a where hash(a.range) = 1").fetchall()
        except duckdb.InterruptException as error:
            ended.append(type(error))
            raise

    def failing(cursor: duckdb.DuckDBPyConnection) -> None:
        assert is_running.wait(30)
        raise LookupError("first")

    never: Work = lambda cursor: pytest.fail("its job to wait for has failed")  # noqa: E731
    with pytest.raises(LookupError, match="first"):
        jobs.run(connection, {"long": Job(long), "failing": Job(failing), "never": Job(never, frozenset({"failing"}))})
    assert ended == [duckdb.InterruptException]


class Told:
    """A connection or cursor that tells when it was interrupted."""

    def __init__(self, real: duckdb.DuckDBPyConnection, told: threading.Event) -> None:
        self.real, self.told = real, told

    def cursor(self) -> Told:
        return Told(self.real.cursor(), self.told)

    def execute(self, *given: object) -> duckdb.DuckDBPyConnection:
        return self.real.execute(*given)  # type: ignore[arg-type]

    def interrupt(self) -> None:
        self.real.interrupt()
        self.told.set()

    def __enter__(self) -> Told:
        return self

    def __exit__(self, *given: object) -> None:
        self.real.close()


def test_a_job_between_two_statements_is_interrupted_in_the_next(connection: duckdb.DuckDBPyConnection) -> None:
    is_running, is_interrupted = threading.Event(), threading.Event()

    def long(cursor: duckdb.DuckDBPyConnection) -> None:
        is_running.set()
        assert is_interrupted.wait(30)
        cursor.execute("select count(*) from range(1000000000000) a where hash(a.range) = 1").fetchall()

    def failing(cursor: duckdb.DuckDBPyConnection) -> None:
        assert is_running.wait(30)
        raise LookupError("first")

    with pytest.raises(LookupError, match="first"):
        jobs.run(Told(connection, is_interrupted), {"long": Job(long), "failing": Job(failing)})  # type: ignore[arg-type]
