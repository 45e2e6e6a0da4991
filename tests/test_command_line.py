"""The command line: data on standard output, one clear Chinese line for each error, and the exit codes promised."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dashboard.__main__ import cli, main
from dashboard.places import Places
from dashboard.snapshots import Store
from tests.support import exports

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command on an empty data folder; gives exit code, standard output and standard error."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return exports.write(tmp_path / "exports", approved=4)


def _one_line(err: str) -> bool:
    """One line, in Chinese, without a word of usage."""
    return len(err.strip().splitlines()) == 1 and bool(re.search("[一-鿿]", err)) and "Usage" not in err


def test_import_then_list_verify_and_query(run: Run, folder: Path) -> None:
    code, out, err = run("import", folder, "--date", "2024-04-26")
    assert (code, err) == (0, "")
    assert "专利盘点.csv" in out
    assert "已发布快照 2024-04-26-" in out
    code, out, err = run("snapshots")
    assert (code, err) == (0, "")
    (entry,) = Store(Places.at()).entries()
    for shown in ("2024-04-26", entry.sha256, f"{entry.size:,}", entry.publisher, "正式"):
        assert shown in out
    assert run("verify") == (0, f"{entry.id} 完好\n", "")
    code, out, _ = run("query", "inventory_province", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (code, row["stock"], row["inventory_rate"], row["change_pp"]) == (0, "10", "0.4", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--date", "2024-04-26"], 3),
        (["--date", "2024-04-26", "--check"], 3),
        (["--date", "2024-04-26", "--replace"], 0),
        (["--date", "2024-04-26", "--check", "--replace"], 0),
        (["--date", "2024-05-03", "--check"], 0),
    ],
)
def test_a_date_that_exists(run: Run, folder: Path, arguments: Sequence[str], code: int) -> None:
    run("import", folder, "--date", "2024-04-26")
    before = Store(Places.at()).entries()
    got, _, err = run("import", folder, *arguments)
    assert got == code
    assert ("--replace" in err) == (code == 3)
    published = code == 0 and "--check" not in arguments
    assert (Store(Places.at()).entries() != before) == published


def test_a_file_error_wins_over_gates(run: Run, folder: Path) -> None:
    run("import", folder, "--date", "2024-04-26")
    (folder / "专家库.docx").write_bytes(b"")
    code, out, err = run("import", folder, "--date", "2024-04-26")
    assert (code, out) == (2, "")
    assert "专家库.docx" in err


WRONG_CALLS = """
nonsense
--nonsense
--data
import
import --date
import x
import x --date 20240426
import x --date 2024-02-30
import x --date 2024-4-26
import x --date ''
import missing --date 2024-04-26
import x --date 2024-04-26 --engine polars
import x y --date 2024-04-26
import x --check=1 --date 2024-04-26
query
query nonsense
query funnel
query funnel --format xml
query funnel --param level
query funnel --snapshot yesterday
query funnel --snapshot 2024-04-26
verify x
verify 2024-04-26
snapshots x
serve --port many
serve --port 70000
demo --weeks 0
demo --weeks x
demo --scale -1
"""


@pytest.mark.parametrize("call", WRONG_CALLS.strip().splitlines())
def test_a_wrong_call_is_one_chinese_line_and_exit_2(run: Run, call: str) -> None:
    code, out, err = run(*shlex.split(call))
    assert (code, out) == (2, "")
    assert _one_line(err)


def test_an_unknown_metric_or_parameter_lists_the_known_ones(run: Run, folder: Path) -> None:
    run("import", folder, "--date", "2024-04-26")
    code, _, err = run("query", "nonsense")
    assert (code, "inventory_city" in err) == (2, True)
    code, _, err = run("query", "inventory_city", "--param", "nonsense=1")
    assert (code, "scope" in err, _one_line(err)) == (2, True, True)
    code, _, err = run("query", "inventory_city", "--param", "scope=nonsense")
    assert (code, "municipal" in err, _one_line(err)) == (2, True, True)


def test_the_data_folder_stands_before_or_after_the_command(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("--data", tmp_path / "a", "import", folder, "--date", "2024-04-26")[0] == 0
    assert run("import", folder, "--date", "2024-04-26", "--data", tmp_path / "b")[0] == 0
    for data in ("a", "b"):
        assert len(Store(Places(tmp_path / data)).entries()) == 1
    assert run("query", "stars", "--format", "csv", "--data", tmp_path / "a")[0] == 0
    assert Store(Places.at()).entries() == ()


def test_every_command_takes_the_data_folder() -> None:
    for command in cli.commands.values():
        assert {"--data", "--debug"} <= {name for option in command.params for name in option.opts}


def test_a_traceback_only_with_debug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Store) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(Store, "entries", broken)
    code, _, err = run("snapshots")
    assert (code, "secret" in err, _one_line(err)) == (1, False, True)
    code, _, err = run("snapshots", "--debug")
    assert (code, "Traceback" in err) == (1, True)


def test_formats_of_a_query(run: Run, folder: Path) -> None:
    run("import", folder, "--date", "2024-04-26")
    header, *rows = run("query", "filings_flow", "--format", "csv")[1].splitlines()
    assert (header, rows) == ("city_code,city_name,recipient_province,recipient_city,patents,amount", [])
    assert json.loads(run("query", "filings_flow", "--format", "json")[1]) == []
    (province,) = json.loads(run("query", "inventory_province", "--format", "json")[1])
    assert (province["inventory_rate"], province["previous_rate"]) == (0.4, None)
    table = run("query", "inventory_province")[1]
    assert "40.0%" in table
    assert "—" in table


def test_a_damaged_snapshot_is_exit_4(run: Run, folder: Path) -> None:
    run("import", folder, "--date", "2024-04-26")
    store = Store(Places.at())
    (entry,) = store.entries()
    with store.path(entry).open("ab") as file:
        file.write(b"x")
    code, out, err = run("verify", "2024-04-26")
    assert (code, out) == (4, "")
    assert entry.id in err
    code, _, err = run("query", "stars")
    assert (code, _one_line(err)) == (4, True)


def test_a_publish_that_could_not_be_noted_is_noted_by_the_next(run: Run, folder: Path) -> None:
    accounts = Places.at().accounts
    accounts.parent.mkdir()
    accounts.write_bytes(b"in the way")
    code, out, err = run("import", folder, "--date", "2024-04-19")
    assert (code, "已发布快照 2024-04-19" in out, "没有写进审计记录" in err) == (0, True, True)
    accounts.unlink()
    assert run("import", folder, "--date", "2024-04-26")[0] == 0
    code, out, _ = run("audit", "list")
    assert [entry.id in out for entry in Store(Places.at()).entries()] == [True, True]
    assert run("audit", "verify")[0] == 0


def test_the_report_is_written_as_a_workbook(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("import", folder, "--date", "2024-04-26", "--report", tmp_path / "report.xlsx")[0] == 0
    assert (tmp_path / "report.xlsx").read_bytes().startswith(b"PK")


def test_the_catalogue_lists_every_metric_with_its_definition(run: Run) -> None:
    code, out, _ = run("metrics")
    assert code == 0
    for shown in ("inventory_city", "盘点", "scope", "municipal"):
        assert shown in out


def test_demo_writes_and_imports_its_weeks(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("demo", "--weeks", 2, "--scale", "0.01", "--out", tmp_path / "demo")
    assert (code, len(out.splitlines())) == (0, 2)
    entries = Store(Places.at()).entries()
    assert [entry.is_demo for entry in entries] == [True, True]
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [str(entry.date) for entry in entries]


def test_help_is_in_chinese(run: Run) -> None:
    for command in ("", *cli.commands):
        code, out, _ = run(*[c for c in (command, "--help") if c])
        assert code == 0
        assert "用法" in out
        assert not re.search(r"Usage|Options|Show this|required", out)


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "snapshots", "--data", str(tmp_path)], capture_output=True, check=True
    )
    assert "sha256" in done.stdout.decode()
    assert done.stderr == b""


def test_no_command_serves(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[tuple[Places, int, str]] = []
    monkeypatch.setattr("dashboard.server.serve", lambda *given: served.append(given))
    assert run()[0] == 0
    assert run("serve", "--port", 9000, "--data", tmp_path)[0] == 0
    assert served == [(Places.at(), 8501, "127.0.0.1"), (Places(tmp_path), 9000, "127.0.0.1")]
