"""What the READMEs say is so: their commands run, and the paths, options and modules that they name are there."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dashboard.__main__ import cli, main
from dashboard.places import REPOSITORY, Places
from tests.support import entry

NAMES = (
    "README.md",
    "README.zh-CN.md",
    "dashboard/README.md",
    "dashboard/access/README.md",
    "dashboard/charts/README.md",
    "dashboard/demo/README.md",
    "dashboard/exports/README.md",
    "dashboard/exports/bulletin/README.md",
    "pages/README.md",
    "queries/README.md",
    "tests/faults/README.md",
)
TEXTS = {name: (REPOSITORY / name).read_text(encoding="utf-8") for name in NAMES}

DAY = "2024-04-26"
"""The day of the READMEs' examples; the demonstration has a folder of it."""

PROGRAM = re.compile(r"^(?:sudo -u \w+ )?(?:\S+/)?python(?:3)? -m dashboard\b(?! \.)")
ELSEWHERE = ("pip install", "serve", "spark")
"""Commands that other tests run: the README's two, a server, and Spark."""

NOT_HERE = {
    *("data/snapshots", "data/accounts", "data/accounts/access.sqlite", "data/bulletins", "data/demo"),
    *("data/logs/dashboard.jsonl", "data/base_map.geojson", "data/base_map.yaml", "pages/NAME.py"),
}
"""What the program makes, what an office may add, and a name that stands for any."""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A data folder with nothing in it, beside a week's export folder named as the READMEs name it."""
    root = tmp_path_factory.mktemp("office")
    weeks, aside = root / "weeks", root / "aside"
    assert main(["--data", str(aside), "demo", "--out", str(weeks), "--weeks", "8", "--scale", "0.01"]) == 0
    shutil.copytree(weeks / DAY, root / "导出文件夹")
    return Places(root / "data")


def _lines(name: str) -> list[str]:
    """The command lines of a README's blocks, without their comments."""
    blocks = re.findall(r"^ *```bash\n(.*?)^ *```", TEXTS[name], re.DOTALL | re.MULTILINE)
    lines = (line.strip() for block in blocks if not block.startswith("#!") for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _words(line: str) -> list[str]:
    """What follows `python -m dashboard`, without the data folder that a server's own lines name."""
    words = shlex.split(PROGRAM.sub("", line), comments=True)
    return words[2:] if words[:1] == ["--data"] else words


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "dashboard/README.md"])
def test_commands_of_the_blocks_do_what_they_say(
    name: str, installation: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(installation.data.parent)
    shutil.rmtree(installation.data, ignore_errors=True)
    ran = 0
    for line in _lines(name):
        if not PROGRAM.match(line) or any(word in line for word in ELSEWHERE):
            continue
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{entry.PASSWORD}\n"))
        assert main(["--data", str(installation.data), *_words(line)]) == 0, line
        ran += 1
    assert ran
    if "导入报告.xlsx" in TEXTS[name]:
        assert (installation.data.parent / "导入报告.xlsx").exists()


USAGES = re.findall(
    r"^\| (`[^|]*(?:\\\|[^|]*)*`) \|", re.split(r"\| command \| does \|", TEXTS["README.md"])[1], re.MULTILINE
)

EXAMPLES = {
    "import": [["import", "导出文件夹", "--date", DAY, "--engine", "duckdb"]],
    "demo": [["demo", "--out", "more", "--weeks", "1", "--scale", "0.01"]],
    "snapshots": [["snapshots"]],
    "verify": [["verify"], ["verify", DAY]],
    "metrics": [["metrics"]],
    "query": [
        ["query", "inventory_city", "--snapshot", DAY, "--param", "scope=municipal", "--format", form]
        for form in ("csv", "json", "table")
    ],
    "bulletin": [
        ["bulletin", "--out", "通报.docx", "--city", "南京", "--snapshot", DAY],
        *(["bulletin", "--out", f"通报.{form}"] for form in ("docx", "xlsx", "zip")),
    ],
    "user": [
        ["user", "add", "苏州局", "--role", "city", "--city", "苏州"],
        ["user", "list"],
        ["user", "role", "苏州局", "--role", "steward"],
        ["user", "disable", "苏州局"],
        ["user", "enable", "苏州局"],
        ["user", "reset", "苏州局"],
    ],
    "audit": [["audit", "verify"], ["audit", "list"]],
}
"""A call of each command of the README's table, `serve` excepted, which every browser test calls."""


def test_the_table_of_commands_is_that_of_the_program() -> None:
    with click.Context(cli) as context:
        there = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
        told = [re.sub(r"[`\\]", "", usage) for usage in USAGES]
        assert {word for usage in told for word in re.findall(r"(?:^|· )(\w+)", usage)} == set(there)
        assert set(EXAMPLES) == set(there) - {"serve"}
        for usage in told:
            command = there[usage.split()[0]]
            assert command
            accepted = {option for each in _commands(command, context) for p in each.params for option in p.opts}
            assert set(re.findall(r"--[\w-]+", usage)) <= accepted, usage


def _commands(command: click.Command, context: click.Context) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return [command]
    found = (command.get_command(context, name) for name in command.list_commands(context))
    return [each for each in found if each]


def test_each_command_of_the_table_runs(installation: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(installation.data.parent)
    shutil.rmtree(installation.data, ignore_errors=True)
    for calls in EXAMPLES.values():
        for call in calls:
            monkeypatch.setattr(sys, "stdin", io.StringIO(f"{entry.PASSWORD}\n"))
            assert main(["--data", str(installation.data), *call]) == 0, call


MODULES = sorted({found for text in TEXTS.values() for found in re.findall(r"python -m (tests[\w.]+)", text)})


@pytest.mark.parametrize("module", MODULES)
def test_modules_named_for_measuring_are_there_with_their_options(module: str) -> None:
    assert importlib.util.find_spec(module)
    told = {
        option
        for text in TEXTS.values()
        for call in re.findall(rf"`python -m {re.escape(module)}( [^`]*)?`", text)
        for option in re.findall(r"--[\w-]+", call)
    }
    if not told:
        return
    done = subprocess.run([sys.executable, "-m", module, "--help"], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert told <= set(re.findall(r"--[\w-]+", done.stdout))


@pytest.mark.parametrize("name", NAMES)
def test_files_named_are_there(name: str) -> None:
    folder = (REPOSITORY / name).parent
    for found in re.findall(r"\]\(([^)#]+)\)", TEXTS[name]):
        assert (folder / found).exists() or "://" in found, found
    for found in re.findall(r"`((?:\.\./)*(?:dashboard|pages|queries|data|tests)/[\w./-]*)`", TEXTS[name]):
        path = found.rstrip("/")
        assert path in NOT_HERE or (folder / path).exists() or (REPOSITORY / path).exists(), found


def test_every_room_has_its_line_in_the_house() -> None:
    house = TEXTS["README.md"].split("## The house")[1]
    names = set(re.findall(r"([\w]+(?:\.py|/))", house))
    for parent in (REPOSITORY / "dashboard", REPOSITORY / "queries"):
        for path in parent.iterdir():
            if path.suffix == ".py" and path.name != "__init__.py":
                assert path.name in names
            elif path.is_dir() and not path.name.startswith((".", "__")):
                assert f"{path.name}/" in names


def _tool(name: str) -> None:
    if shutil.which(name) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing: a command of dashboard/README.md cannot run")
        pytest.skip(f"{name} is missing: a command of dashboard/README.md is skipped")


def test_the_backup_is_whole_and_can_be_restored(installation: Places, tmp_path: Path) -> None:
    _tool("sqlite3")
    places = Places(tmp_path / "served")
    exports = installation.data.parent / "导出文件夹"
    assert main(["--data", str(places.data), "import", str(exports), "--date", DAY]) == 0
    entry.known(places, entry.STEWARD)
    script = next(
        block for block in re.findall(r"```bash\n(.*?)```", TEXTS["dashboard/README.md"], re.DOTALL) if "#!" in block
    )
    for told, here in (
        ("/srv/dashboard/.venv/bin/python", sys.executable),
        ("/srv/dashboard/data", str(places.data)),
        ("/backup/dashboard", str(tmp_path / "backup")),
    ):
        assert told in script
        script = script.replace(told, here)
    done = subprocess.run(["sh", "-c", script], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (kept,) = (tmp_path / "backup").iterdir()
    assert stat.S_IMODE((kept / "accounts").stat().st_mode) == 0o700
    assert "完好" in done.stdout
    assert main(["--data", str(kept), "query", "inventory_city"]) == 0
    assert main(["--data", str(kept), "user", "list"]) == 0


def test_questions_to_the_log_are_answered(tmp_path: Path) -> None:
    _tool("jq")
    (tmp_path / "data/logs").mkdir(parents=True)
    said = [
        {"event": "run", "at": "2024-04-26T08:00:00Z", "page": "overview", "ms": 40, "bytes": 9000},
        {"event": "run", "at": "2024-04-26T08:01:00Z", "page": "cities", "ms": 900, "bytes": 12000},
        {"event": "import", "at": "2024-04-26T08:02:00Z", "end": "DamagedSnapshot"},
        {"event": "import", "at": "2024-04-26T08:03:00Z", "end": "ok"},
    ]
    (tmp_path / "data/logs/dashboard.jsonl").write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    slowest, failed = (line for line in _lines("dashboard/README.md") if line.startswith("jq"))
    answer = subprocess.run(["sh", "-c", slowest], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert [line.split("\t")[1] for line in answer.splitlines()] == ["overview", "cities"]
    answer = subprocess.run(["sh", "-c", failed], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert json.loads(answer) == said[2]


def test_the_service_starts_by_a_command_that_the_program_knows() -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", TEXTS["dashboard/README.md"], re.MULTILINE)
    words = _words(line)
    with click.Context(cli) as context:
        command = cli.get_command(context, words[0])
        assert command
        assert command.make_context(words[0], words[1:], parent=context).params == {
            "address": "127.0.0.1",
            "port": 8501,
        }


def test_both_readmes_give_the_same_two_commands() -> None:
    def two(name: str) -> list[str]:
        return [line for line in _lines(name) if line.startswith("python3 -m venv")]

    assert len(two("README.md")) == 2
    assert two("README.md") == two("README.zh-CN.md")
