"""The commands `user …` and `audit …`: accounts, and the audit trail's chain."""

from __future__ import annotations

import datetime as dt
import sys

import click
from rich.table import Table

from dashboard import policy
from dashboard.access import accounts, audit
from dashboard.access.accounts import ROLES, Account, Record
from dashboard.access.store import AccessStore
from dashboard.errors import BrokenTrail, UsageError
from dashboard.exports import plain
from dashboard.parsing import Group, Settings
from dashboard.places import Places

_ROLES = "|".join(ROLES)


@click.group("user", cls=Group)
def user() -> None:
    """账号：新增、列出、改角色、停用、启用、重置密码。"""


@click.group("audit", cls=Group)
def trail() -> None:
    """审计记录：列出、核对。"""


@user.command("add")
@click.argument("name", metavar="名称")
@click.option("--role", required=True, metavar=_ROLES, help="角色")
@click.option("--city", metavar="C", help="设区市（代码、全称或简称），角色 city 必填")
@click.option("--institution", metavar="I", help="单位编码，角色 institution 必填")
@click.pass_obj
def add(settings: Settings, name: str, role: str, city: str | None, institution: str | None) -> None:
    """新增账号；密码在提示后输入，或从标准输入读一行。"""
    places = Places.at(settings.data)
    known, place = accounts.placed(role, city, institution, policy.load(places.policy))
    accounts.add(AccessStore(places), Account(name, known, place), _password(), audit.actor())
    click.echo(f"已新增账号 {name}（{ROLES[known]}）。")


@user.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """列出账号。"""
    table = Table()
    for head in ("名称", "角色", "范围", "状态", "最近登录"):
        table.add_column(head, no_wrap=True)
    for record in accounts.all_of(AccessStore(Places.at(settings.data))):
        table.add_row(*_line(record))
    plain.print_whole(table)


@user.command("role")
@click.argument("name", metavar="名称")
@click.option("--role", required=True, metavar=_ROLES, help="新的角色")
@click.option("--city", metavar="C", help="设区市，角色 city 必填")
@click.option("--institution", metavar="I", help="单位编码，角色 institution 必填")
@click.pass_obj
def role(settings: Settings, name: str, role: str, city: str | None, institution: str | None) -> None:
    """改角色；该账号的会话随即结束。"""
    places = Places.at(settings.data)
    known, place = accounts.placed(role, city, institution, policy.load(places.policy))
    accounts.set_role(AccessStore(places), name, known, place, audit.actor())
    click.echo(f"账号 {name} 的角色已改为{ROLES[known]}。")


@user.command("disable")
@click.argument("name", metavar="名称")
@click.pass_obj
def disable(settings: Settings, name: str) -> None:
    """停用账号；该账号的会话随即结束。"""
    accounts.disable(AccessStore(Places.at(settings.data)), name, audit.actor())
    click.echo(f"账号 {name} 已停用。")


@user.command("enable")
@click.argument("name", metavar="名称")
@click.pass_obj
def enable(settings: Settings, name: str) -> None:
    """启用账号。"""
    accounts.enable(AccessStore(Places.at(settings.data)), name, audit.actor())
    click.echo(f"账号 {name} 已启用。")


@user.command("reset")
@click.argument("name", metavar="名称")
@click.pass_obj
def reset(settings: Settings, name: str) -> None:
    """重置密码（提示后输入，或从标准输入读一行）；该账号的会话随即结束。"""
    store = AccessStore(Places.at(settings.data))
    accounts.find(store, name)
    accounts.reset(store, name, _password(), audit.actor())
    click.echo(f"账号 {name} 的密码已重置。")


@trail.command("verify")
@click.pass_obj
def verify(settings: Settings) -> None:
    """重新计算审计记录的链。"""
    found = audit.verify(AccessStore(Places.at(settings.data)))
    if found.fault:
        raise BrokenTrail(f"审计记录不完好：{found.fault}此前 {found.count} 条完好，请从备份核对。")
    click.echo(f"审计记录完好，共 {found.count} 条，末条校验值 {found.digest}。")


@trail.command("list")
@click.option("--count", type=click.IntRange(1, 1_000_000), default=100, metavar="N", help="列出最近多少条，默认 100")
@click.pass_obj
def list_trail(settings: Settings, count: int) -> None:
    """列出审计记录，旧的在前。"""
    table = Table()
    for head in ("序号", "时间", "操作者", "动作", "对象", "细节"):
        table.add_column(head, no_wrap=True)
    for line in reversed(audit.newest(AccessStore(Places.at(settings.data)), count)):
        told = "，".join(f"{name}={value}" for name, value in line.details.items())
        at = dt.datetime.fromisoformat(line.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(str(line.position), at, line.actor, audit.ACTIONS[line.action], line.subject, told)
    plain.print_whole(table)


def _password() -> str:
    """Typed twice at a prompt, or the first line of standard input. Never an argument, never echoed."""
    if sys.stdin.isatty():
        return str(click.prompt("密码（12 到 128 个字符）", hide_input=True, confirmation_prompt="再输一次", err=True))
    line = sys.stdin.readline()
    if not line:
        raise UsageError("没有读到密码：请在提示后输入，或从标准输入给出一行。")
    return line.rstrip("\r\n")


def _line(record: Record) -> tuple[str, ...]:
    signed_in = "—"
    if record.signed_in_at is not None:
        signed_in = dt.datetime.fromtimestamp(record.signed_in_at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    state = "已停用" if record.is_disabled else "演示" if record.is_demo else "可用"
    account = record.account
    return account.name, ROLES[account.role], account.key or "—", state, signed_in
