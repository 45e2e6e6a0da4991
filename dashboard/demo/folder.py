"""Weekly export folders of the demonstration world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.demo import mess, observe, settings, sheets, world
from dashboard.demo.chance import as_date, day_number
from dashboard.demo.labels import Labels
from dashboard.demo.world import World
from dashboard.errors import UsageError
from dashboard.places import Places
from dashboard.policy import City, Policy

Progress = Callable[[str], None]


def weeks(count: int | None = None, places: Places | None = None) -> list[date]:
    """The dates of the newest `count` weekly folders (default: demo.yaml's number), oldest first.

    Raises:
        UsageError: fewer than one week.
    """
    made = settings.load(places or Places.at())
    number = made.weeks if count is None else count
    if number < 1:
        raise UsageError(f"周数应当是 1 以上的整数，现为 {number}。")
    return [made.last_week - timedelta(weeks=back) for back in range(number - 1, -1, -1)]


def write(
    out: Path, dates: Sequence[date], scale: float, policy: Policy, places: Places, progress: Progress | None = None
) -> list[Path]:
    """Write one export folder `out/YYYY-MM-DD` per date, in the order given, and return the folders.

    Equal arguments give equal bytes, and a week is the same whichever other weeks are written with it.

    Raises:
        UsageError: a scale that is not positive, a date outside the world's time, or a folder that holds other files.
        SetupError: see `world.build`.
    """
    if not scale > 0:
        raise UsageError(f"规模应当大于 0，现为 {scale}。")
    tell = progress or (lambda message: None)
    tell("正在生成演示数据")
    made = world.build(policy, places, scale)
    labels = Labels(made)
    folders = []
    for day in dates:
        _check_date(made, day)
        tell(f"正在写出演示数据 {day}")
        folder = out / day.isoformat()
        _write_week(folder, labels, day)
        folders.append(folder)
    return folders


def _check_date(made: World, day: date) -> None:
    first, last = as_date(made.calendar.baseline + 1), as_date(made.calendar.last)
    if not first <= day <= last:
        raise UsageError(f"演示数据只有 {first} 至 {last} 的，没有 {day} 的，请减少周数或改用其他日期。")


def _write_week(folder: Path, labels: Labels, day: date) -> None:
    made = labels.world
    tables = observe.tables(labels, day_number(day))
    files = _patent_files(made) | {mess.STRAY_FILE}
    files |= {form.title + _suffix(form.name) for form in made.contract.tables if form.name != "patents"}
    if folder.exists() and (others := sorted(_found(folder) - files)):
        raise UsageError(f"{folder} 里已有其他文件（{others[0]} 等），请换一个输出目录。")
    folder.mkdir(parents=True, exist_ok=True)
    for form in made.contract.tables:
        caption, rows = f"{form.title}（演示数据，截至{day}）", tables[form.name]
        if form.name == "patents":
            _write_patents(folder, made, rows, caption)
        elif form.name in mess.WORKBOOKS:
            sheets.write_workbook(folder / f"{form.title}.xlsx", form, rows, made.policy, caption)
        else:
            style, faults = mess.STYLES.get(form.name, mess.CLEAN), mess.FAULTS.get(form.name, ())
            path = folder / f"{form.title}{style.suffix}"
            sheets.write_text(path, form, rows, style, faults, made.policy, caption)
    (folder / mess.STRAY_FILE).write_text(mess.STRAY_TEXT, encoding="utf-8")


def _write_patents(folder: Path, made: World, rows: pa.Table, caption: str) -> None:
    """One file per city, each in a style of its own; the wrong rows go round the files."""
    form = made.contract.table("patents")
    homes = {one.code: one.city for one in made.institutions}
    owner = rows["institution_id"].combine_chunks()
    home = pa.array([homes[code] for code in owner.dictionary.to_pylist()]).take(owner.indices)
    for place, city in enumerate(made.policy.cities):
        here = rows.filter(pc.equal(home, city.code))
        faults = mess.PATENT_FAULTS[place :: len(made.policy.cities)]
        path = folder / _patent_file(form.title, city, _style(place))
        sheets.write_text(path, form, here, _style(place), faults, made.policy, f"{city.name}{caption}")


def _style(place: int) -> mess.Style:
    return mess.PATENT_STYLES[place % len(mess.PATENT_STYLES)]


def _patent_file(title: str, city: City, style: mess.Style) -> str:
    name = f"{title}_{city.short_name}{style.suffix}"
    return f"{style.folder}/{name}" if style.folder else name


def _patent_files(made: World) -> set[str]:
    title = made.contract.table("patents").title
    return {_patent_file(title, city, _style(place)) for place, city in enumerate(made.policy.cities)}


def _suffix(table: str) -> str:
    return ".xlsx" if table in mess.WORKBOOKS else mess.STYLES.get(table, mess.CLEAN).suffix


def _found(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
