"""A cluster: `spark://` with two workers on this machine, through the command itself; and what is said without one."""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pyspark
import pytest

from dashboard.__main__ import main
from dashboard.snapshots.spark.session import MASTER
from tests.support import exports

LAUNCH = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
DEPLOY = "org.apache.spark.deploy"
HOST = "127.0.0.1"


@contextmanager
def running(kind: str, sign: str, *arguments: str) -> Iterator[str]:
    """A process of a cluster, ready: it has said `sign`. Gives the line that it said so in."""
    command = [LAUNCH, f"{DEPLOY}.{kind}", "--host", HOST, *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        try:
            yield next(line for line in process.stderr if re.search(sign, line))
        finally:
            process.kill()


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a master that two workers have joined."""
    port = _free()
    address = f"spark://{HOST}:{port}"
    ports = ["--port", str(port), "--webui-port", "0"]
    with ExitStack() as stack:
        stack.enter_context(running("master.Master", "I have been elected leader", *ports))
        for at in range(2):
            aside = str(tmp_path_factory.mktemp(f"worker{at}"))
            limits = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", aside]
            stack.enter_context(running("worker.Worker", "Successfully registered with master", *limits, address))
        yield address


def _free() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


def test_two_workers_publish_the_same_snapshot(
    master: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = exports.write(tmp_path / "exports", approved=4)
    run = ["import", str(folder), "--date", "2024-04-26"]
    assert main(["--data", str(tmp_path / "duckdb"), *run]) == 0
    monkeypatch.setenv(MASTER, master)
    monkeypatch.setenv("SPARK_LOCAL_IP", HOST)
    assert main(["--data", str(tmp_path / "spark"), *run, "--engine", "spark"]) == 0
    assert "已发布快照" in capsys.readouterr().out
    (mine,), (theirs,) = (list((tmp_path / engine / "snapshots").glob("*.duckdb")) for engine in ("duckdb", "spark"))
    with duckdb.connect() as connection:
        connection.execute(f"attach '{mine}' as mine (read_only)")
        connection.execute(f"attach '{theirs}' as theirs (read_only)")
        engine = connection.execute("select engine from theirs.manifest").fetchall()
        assert engine == [(f"spark {pyspark.__version__}",)]
        names = [name for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'mine' and table_name <> 'manifest'"
        ).fetchall()]  # fmt: skip
        for name in names:
            ours, others = (connection.execute(f'from {side}."{name}" order by all').fetchall()
                            for side in ("mine", "theirs"))  # fmt: skip
            assert ours == others, name


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({MASTER: f"spark://{HOST}:1"}, "连不上 Spark 主节点"),
        ({"PATH": "/nowhere", "JAVA_HOME": ""}, "没有找到 Java"),
    ],
)
def test_without_a_cluster_or_java_one_sentence_says_so(
    settings: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = exports.write(tmp_path / "exports", approved=4)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    run = ["--data", str(tmp_path / "data"), "import", str(folder), "--date", "2024-04-26", "--engine", "spark"]
    assert main(run) == 2
    said = capsys.readouterr().err.strip()
    assert told in said
    assert "\n" not in said
    assert not list((tmp_path / "data").glob("snapshots/*.duckdb"))


def test_a_bad_folder_is_told_as_by_the_other_engine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", HOST)
    folder = exports.write(tmp_path / "exports", approved=4)
    (folder / "转让许可.et").write_bytes(b"x")
    said = []
    for engine in ("duckdb", "spark"):
        run = ["--data", str(tmp_path / engine), "import", str(folder), "--date", "2024-04-26", "--engine", engine]
        assert main(run) == 2
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] != ""
