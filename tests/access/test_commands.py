"""`user …` and `audit …`: what they print, what they refuse, and that no password is an argument."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dashboard import accounts_cli
from dashboard.access import accounts, audit
from dashboard.access.accounts import Account
from dashboard.access.store import AccessStore
from dashboard.errors import BrokenTrail, DashboardError, UsageError
from dashboard.parsing import Settings
from dashboard.places import Places
from tests.access.conftest import PASSWORD


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def held(data: Path) -> AccessStore:
    return AccessStore(Places(data))


def run(data: Path, *words: str, said: str = f"{PASSWORD}\n") -> Result:
    """A command of either group; its error, if any, is raised."""
    group, *rest = words
    command = {"user": accounts_cli.user, "audit": accounts_cli.trail}[group]
    result = CliRunner().invoke(command, rest, input=said, obj=Settings(str(data)), standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def test_accounts_are_added_with_a_password_from_standard_input(data: Path, held: AccessStore) -> None:
    run(data, "user", "add", "省办", "--role", "province")
    run(data, "user", "add", "nanjing", "--role", "city", "--city", "南京")
    run(data, "user", "add", "njust", "--role", "institution", "--institution", "4132010288")
    assert {record.account for record in accounts.all_of(held)} == {
        Account("省办", "province"),
        Account("nanjing", "city", "320100"),
        Account("njust", "institution", "4132010288"),
    }
    assert {line.actor.partition(":")[0] for line in audit.newest(held)} == {"os"}


def test_the_list_shows_all(data: Path) -> None:
    run(data, "user", "add", "nanjing", "--role", "city", "--city", "320100")
    run(data, "user", "disable", "nanjing")
    text = run(data, "user", "list").output
    assert all(word in text for word in ("nanjing", "设区市", "320100", "已停用", "—"))


def test_changes(data: Path, held: AccessStore) -> None:
    run(data, "user", "add", "nanjing", "--role", "city", "--city", "320100")
    run(data, "user", "role", "nanjing", "--role", "steward")
    run(data, "user", "disable", "nanjing")
    run(data, "user", "enable", "nanjing")
    run(data, "user", "reset", "nanjing", said="another phrase of theirs\n")
    assert [line.action for line in audit.newest(held)] == [
        "password_reset",
        "enabled",
        "disabled",
        "role_changed",
        "account_added",
    ]
    assert accounts.find(held, "nanjing").account == Account("nanjing", "steward")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("user", "add", "x y", "--role", "province"), f"{PASSWORD}\n"),
        (("user", "add", "新人", "--role", "boss"), f"{PASSWORD}\n"),
        (("user", "add", "新人", "--role", "city"), f"{PASSWORD}\n"),
        (("user", "add", "新人", "--role", "city", "--city", "上海"), f"{PASSWORD}\n"),
        (("user", "add", "新人", "--role", "province"), "short\n"),
        (("user", "add", "新人", "--role", "province"), "password1234\n"),
        (("user", "add", "新人", "--role", "province"), ""),
        (("user", "disable", "新人"), ""),
        (("user", "reset", "新人"), f"{PASSWORD}\n"),
    ],
)
def test_wrong_calls_change_nothing(data: Path, held: AccessStore, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError):
        run(data, *words, said=said)
    assert accounts.all_of(held) == []


def test_no_command_takes_a_password_as_an_argument() -> None:
    for command in accounts_cli.user.commands.values():
        names = {option for parameter in command.params for option in parameter.opts}
        assert names <= {"name", "--role", "--city", "--institution", "--data", "--debug"}


def test_a_password_is_printed_nowhere(data: Path) -> None:
    added = run(data, "user", "add", "nanjing", "--role", "city", "--city", "320100")
    listed = run(data, "audit", "list")
    assert PASSWORD not in added.output + listed.output


def test_the_trail_is_listed_and_verified(data: Path) -> None:
    run(data, "user", "add", "nanjing", "--role", "city", "--city", "320100")
    assert "新增账号" in run(data, "audit", "list").output
    assert "共 1 条" in run(data, "audit", "verify").output


def test_a_broken_trail_exits_4(data: Path, held: AccessStore) -> None:
    run(data, "user", "add", "nanjing", "--role", "city", "--city", "320100")
    with closing(sqlite3.connect(held.path)) as connection, connection:
        connection.execute("drop trigger audit_keeps_rows")
        connection.execute("update audit set actor = 'me'")
    with pytest.raises(BrokenTrail, match="第 1 条") as caught:
        run(data, "audit", "verify")
    error: DashboardError = caught.value
    assert error.exit_code == 4


def test_commands_explain_themselves_in_chinese() -> None:
    for group in (accounts_cli.user, accounts_cli.trail):
        for command in group.commands.values():
            assert isinstance(command, click.Command)
            assert command.help
            assert not command.help.isascii()
