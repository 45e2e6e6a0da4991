"""python -m dashboard bulletin: the weekly bulletin as a file, so that a timer can make it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dashboard import policy
from dashboard.access import audit
from dashboard.access.store import AccessStore
from dashboard.errors import UsageError
from dashboard.exports.bulletin import files, make, past, source
from dashboard.exports.bulletin.source import Source
from dashboard.parsing import Command, Day, Settings
from dashboard.places import Places
from dashboard.scope import PROVINCE
from dashboard.snapshots import Store


@click.command("bulletin", cls=Command)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE.docx", help="写成一个文件：.docx、.xlsx、.zip、.pdf"
)
@click.option("--city", metavar="C", help="设区市（代码或名称）；不给则为全省通报")
@click.option(
    "--all-cities", "folder", type=click.Path(path_type=Path), metavar="DIR", help="全省和各市的 .docx 写到这个目录"
)
@click.option("--snapshot", "day", type=Day(), metavar="YYYY-MM-DD", help="快照日期，默认最新")
@click.pass_obj
def bulletin(settings: Settings, out: Path | None, city: str | None, folder: Path | None, day: dt.date | None) -> None:
    """生成通报：一份（--out），或全省和各市各一份（--all-cities）。"""
    if (out is None) == (folder is None) or (folder and city):
        raise UsageError("请给出 --out 文件（可加 --city），或者 --all-cities 目录，两者选一。")
    places = Places.at(settings.data)
    plan, store = policy.load(places.policy), Store(places)
    entry = store.on(day) if day else store.newest()
    if out is not None:
        files.form(out.suffix)
    code = make.city_named(plan, city).code if city else None
    with source.opened(store, entry, PROVINCE, plan) as opened:
        if out is not None:
            click.echo(_write(opened, places, code, out))
        if folder is not None:
            for each in (None, *(c.code for c in plan.cities)):
                click.echo(_write(opened, places, each, folder))


def _write(opened: Source, places: Places, code: str | None, target: Path) -> str:
    """Make one, keep it, note it, and write it to `target`: a file, or a folder to name it in.

    Returns:
        where it is, and its sha256.

    Raises:
        UsageError: it cannot be written there.
    """
    composed = make.compose(opened, places, code)
    is_file = target.suffix.lstrip(".") in {f.ending for f in files.FORMS}
    path = target if is_file else target / files.file_name(composed, "docx")
    made = files.write(composed, places, path.suffix)
    kept = past.keep(places, composed, path.name, made)
    audit.export(AccessStore(places), audit.actor(), composed.title, composed.origin.snapshot, made, path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        past.put(path, made)
    except OSError as error:
        raise UsageError(f"{path} 写不进去（{error.strerror}），请换一个位置，或先关闭正在打开它的程序。") from error
    return f"{path}  sha256 {kept.sha256}"
