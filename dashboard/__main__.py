"""python -m dashboard: parses, calls, prints — nothing else."""

from __future__ import annotations

import datetime as dt
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from dashboard import contract, parsing, policy
from dashboard.access import audit
from dashboard.errors import DashboardError, GateClosed, SetupError
from dashboard.intake import report
from dashboard.parsing import Choice, Day, Group, Pair, Settings
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots import Entry, Store, assembly, builders, importer, open_reader
from dashboard.snapshots.builders import Engine
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order
from dashboard.snapshots.verify import verify as verify_entry

# What takes long to import waits until its command is called.
_ELSEWHERE = {
    "bulletin": "dashboard.bulletin_command:bulletin",
    "user": "dashboard.accounts_cli:user",
    "audit": "dashboard.accounts_cli:trail",
}


@click.group("dashboard", cls=Group, invoke_without_command=True, elsewhere=_ELSEWHERE)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """高校和科研机构存量专利盘活进展。不带命令时打开网页；没有快照时先生成演示数据。"""
    if ctx.invoked_subcommand is None:
        ctx.invoke(serve)


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8501, metavar="N", help="端口，默认 8501")
@click.option("--address", default="127.0.0.1", metavar="A", help="监听地址，默认 127.0.0.1")
@click.pass_obj
def serve(settings: Settings, port: int, address: str) -> None:
    """打开网页。"""
    from dashboard import server

    server.serve(Places.at(settings.data), port, address)


@cli.command("import")
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@click.option(
    "--date", "as_of", type=Day(), metavar="YYYY-MM-DD", required=True, help="快照日期（必填），例如 2024-04-26"
)
@click.option(
    "--engine",
    type=Choice("duckdb", "spark"),
    default="duckdb",
    metavar="duckdb|spark",
    help="计算引擎，默认 duckdb；spark 需另行安装",
)
@click.option("--check", is_flag=True, help="只检查，不发布")
@click.option("--accept-rejects", is_flag=True, help="退回行超过 5% 也发布")
@click.option("--accept-change", is_flag=True, help="存量变动超过 10% 也发布")
@click.option("--replace", is_flag=True, help="替换同日期的快照")
@click.option("--report", "report_to", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="另存导入报告")
@click.pass_obj
def import_(
    settings: Settings,
    folder: Path,
    as_of: dt.date,
    engine: Engine,
    check: bool,
    accept_rejects: bool,
    accept_change: bool,
    replace: bool,
    report_to: Path | None,
) -> None:
    """读取一个导出文件夹，检查并发布为快照。"""
    accept = Accept(accept_rejects, accept_change, replace)
    order = Order(folder, as_of, check=check, accept=accept, report_to=report_to)
    with builders.running(engine) as builder, _progress() as told:
        outcome = importer.import_folder(Places.at(settings.data), order, told, builder)
    report.show(outcome.report, _out())
    if outcome.held:
        raise GateClosed(outcome.held)
    if outcome.entry:
        _note_publishing(Places.at(settings.data))
    click.echo(f"已发布快照 {outcome.entry.id}。" if outcome.entry else "检查通过，可以发布（本次没有发布）。")


@cli.command()
@click.pass_obj
def snapshots(settings: Settings) -> None:
    """列出已发布的快照。"""
    from dashboard.exports import plain

    store = Store(Places.at(settings.data))
    table = Table()
    for head in ("日期", "行数", "字节", "sha256", "发布人", "发布时间", "类别"):
        table.add_column(head, justify="right" if head in ("行数", "字节") else "left", no_wrap=True)
    for entry in store.entries():
        table.add_row(*_line(entry))
    plain.print_whole(table)
    if aside := store.replaced():
        click.echo(f"另有 {len(aside)} 份已被替换的快照，文件仍保留在 {store.folder}。", err=True)


@cli.command()
@click.argument("day", type=Day(), required=False, metavar="[日期]")
@click.pass_obj
def verify(settings: Settings, day: dt.date | None) -> int:
    """重新计算快照的校验和与行数收支。"""
    places = Places.at(settings.data)
    store = Store(places)
    rules = contract.load(places.contract, policy.load(places.policy))
    chosen = store.entries() if day is None else (store.on(day),)
    aside = tuple(r.entry for r in store.replaced() if day is None or r.entry.date == day)
    found = [verify_entry(store, entry, rules) for entry in (*chosen, *aside)]
    for fault in store.faults():
        click.echo(fault, err=True)
    for finding in found:
        for fault in finding.faults:
            click.echo(f"{finding.entry.id} 不完好：{fault}", err=True)
        if not finding.faults:
            click.echo(f"{finding.entry.id} 完好")
    return 4 if store.faults() or any(finding.faults for finding in found) else 0


@cli.command()
@click.argument("name", metavar="指标")
@click.option("--snapshot", "day", type=Day(), metavar="YYYY-MM-DD", help="快照日期，默认最新")
@click.option("--param", "params", type=Pair(), multiple=True, metavar="名称=值", help="指标的参数，可以重复")
@click.option(
    "--format",
    "form",
    type=Choice("csv", "json", "table"),
    default="table",
    metavar="csv|json|table",
    help="输出格式，默认 table",
)
@click.pass_obj
def query(settings: Settings, name: str, day: dt.date | None, params: Sequence[tuple[str, str]], form: str) -> None:
    """查询一个指标。"""
    from dashboard import metrics
    from dashboard.exports import plain

    metrics.definition(name)
    store = Store(Places.at(settings.data))
    with open_reader(store, store.on(day) if day else store.newest(), PROVINCE) as reader:
        result = metrics.ask(reader, name, **dict(params))
    match form:
        case "csv":
            click.echo(plain.as_csv(result), nl=False)
        case "json":
            click.echo(plain.as_json(result), nl=False)
        case _:
            plain.print_whole(plain.as_table(result))


@cli.command("metrics")
def metrics_() -> None:
    """列出全部指标及其口径。"""
    from dashboard import metrics

    for name in metrics.names():
        found = metrics.definition(name)
        click.echo(f"{name}  {found.title}（{found.clause}）")
        click.echo(f"    {found.definition.strip()}")
        click.echo(f"    行：{found.grain}。列：{'、'.join(c.name for c in found.columns)}。")
        for parameter, form in found.parameters.items():
            choices = f"，可用 {'、'.join(form.values)}" if form.values else ""
            click.echo(f"    参数 {parameter}：{form.label}{choices}")


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="写到哪个目录，默认数据目录下的 demo/")
@click.option("--weeks", type=int, metavar="N", help="写几周，默认八周")
@click.option("--scale", type=float, default=1.0, metavar="F", help="规模，1 为全省，默认 1")
@click.pass_obj
def demo(settings: Settings, out: Path | None, weeks: int | None, scale: float) -> None:
    """生成演示数据的每周文件夹并逐个导入。"""
    from dashboard import demo as demonstration

    places = Places.at(settings.data)
    days = demonstration.weeks(weeks, places)
    plan = policy.load(places.policy)
    with _progress() as told:
        folders = demonstration.write(
            out or places.data / "demo", days, scale, plan, places, lambda step: told(step, 0.0)
        )
        for day, folder in zip(days, folders, strict=True):
            order = Order(folder, day, is_demo=True, accept=Accept(rejects=True, change=True, replace=True))
            outcome = importer.import_folder(places, order, told)
            if outcome.entry:
                _note_publishing(places)
                click.echo(f"{folder} → 快照 {outcome.entry.id}")
    if not Store(places).newest().is_demo:
        click.echo("已有正式快照，演示数据不会出现在页面和查询里。", err=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Every error is one Chinese line, its traceback only with --debug."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    settings = Settings()
    try:
        code = cli.main(arguments, prog_name="python -m dashboard", standalone_mode=False, obj=settings)
        sys.stdout.flush()
        return int(code or 0)
    except click.ClickException as error:
        return _fail(settings, parsing.sentence(error), 2)
    except DashboardError as error:
        return _fail(settings, str(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail(settings, "已中断，没有留下半成品。", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _fail(
            settings, f"{error.filename or '文件'} 读写失败（{error.strerror}），请检查路径、权限和磁盘空间。", 1
        )
    except Exception as error:
        hint = "" if settings.debug else "加 --debug 可看详情。"
        return _fail(settings, f"程序出错，未完成（{type(error).__name__}）。{hint}", 1)


def _fail(settings: Settings, message: str, code: int) -> int:
    if settings.debug:
        traceback.print_exc()
    click.echo(message, err=True)
    return code


def _note_publishing(places: Places) -> None:
    """What is published is published, even when the trail cannot say so yet."""
    try:
        audit.published(places)
    except SetupError as error:
        click.echo(f"快照已发布，但没有写进审计记录，下次发布时补记：{error}", err=True)


def _out() -> Console:
    """Standard output; brackets in what is printed are text."""
    return Console(markup=False, highlight=False)


def _line(entry: Entry) -> tuple[str, ...]:
    moment = entry.published_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    kind = "演示数据" if entry.is_demo else "正式"
    return (str(entry.date), f"{entry.rows:,}", f"{entry.size:,}", entry.sha256, entry.publisher, moment, kind)


@contextmanager
def _progress() -> Iterator[assembly.Progress]:
    """A progress bar on standard error, told what is being done and how much is behind (0 to 1)."""
    console = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*parts, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda step, share: bar.update(task, description=step, completed=share)


if __name__ == "__main__":
    sys.exit(main())
