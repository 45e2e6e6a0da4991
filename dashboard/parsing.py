"""The command line's grammar in Chinese: common options, types of arguments, and what is wrong with a call."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
from click import exceptions

from dashboard.errors import UsageError


@dataclass
class Settings:
    """What the common options say; they stand before or after the command."""

    data: str | None = None
    debug: bool = False


class _InChinese(click.Command):
    """A command that takes the common options and prints its help in Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += [
            click.Option(["--data"], metavar="DIR", expose_value=False, callback=_keep,
                         help="数据目录，默认 data/ 或环境变量 DASHBOARD_DATA"),
            click.Option(["--debug"], is_flag=True, expose_value=False, callback=_keep, help="出错时显示完整堆栈"),
        ]  # fmt: skip

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示本说明"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = (p.replace("[OPTIONS]", "[选项]") for p in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section("选项"):
            formatter.write_dl([(form, text.replace("[required]", "")) for form, text in filter(None, records)])


class Command(_InChinese):
    """One command."""


class Group(_InChinese, click.Group):
    """The program: its commands."""

    command_class = Command

    def __init__(self, *args: Any, elsewhere: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """A group; `elsewhere` names commands of other modules (`module:attribute`), imported when they are called."""
        super().__init__(*args, subcommand_metavar="[命令]", **kwargs)
        self.elsewhere = dict(elsewhere or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.elsewhere:
            module, _, attribute = self.elsewhere[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
            formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in commands if command])


class Day(click.ParamType[dt.date]):
    """A date written YYYY-MM-DD, and no other way."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return dt.date.fromisoformat(value)
        except ValueError:
            pass
        raise UsageError(f"日期 {value} 不对，应当写成 YYYY-MM-DD，例如 2024-04-26。")


class Choice(click.ParamType[str]):
    """One of some words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.name = "|".join(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.words:
            raise UsageError(f"{param.opts[-1] if param else ''} 不能是 {value}，可用的有：{'、'.join(self.words)}。")
        return str(value)


class Pair(click.ParamType[tuple[str, str]]):
    """`name=value`."""

    name = "NAME=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, equals, rest = value.partition("=")
        if not (name and equals):
            raise UsageError(f"参数要写成 名称=值，例如 --param scope=municipal，不能是 {value}。")
        return name, rest


def sentence(error: click.ClickException) -> str:
    """What is wrong with a call, as one Chinese line with what to do next."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "python -m dashboard"
    return f"{_fault(error)}用 {path} --help 查看用法。"


def _fault(error: click.ClickException) -> str:
    match error:
        case exceptions.NoSuchCommand():
            group = error.ctx.command if error.ctx else None
            known = "、".join(sorted(group.commands)) if isinstance(group, click.Group) else ""
            return f"没有名为 {error.command_name} 的命令，可用的有：{known}。"
        case exceptions.NoSuchOption():
            return f"没有选项 {error.option_name}。"
        case exceptions.BadOptionUsage():
            return f"选项 {error.option_name} 用法不对：要么缺少值，要么不该带值。"
        case exceptions.MissingParameter():
            return f"缺少 {_name(error.param)}。"
        case exceptions.BadParameter():
            return f"{_name(error.param)} 的值不对。"
        case _:
            return "命令后面有多余或写错的内容。"


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        setattr(ctx.find_root().obj, str(param.name), value)
