"""A clean export folder written again as offices write them: the same facts, so the same figures must come out."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from dashboard.contract import Column, Contract, Table
from tests.support.worlds import JIANGSU

Rows = list[dict[str, str]]


def read(folder: Path, table: Table) -> Rows:
    """A clean table by canonical column names."""
    with (folder / f"{table.title}.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {c.header: c.name for c in table.columns}
        return [{names[header]: cell for header, cell in row.items()} for row in csv.DictReader(file)]


def write(clean: Path, target: Path, contract: Contract, seed: int = 7) -> None:
    """Write the messy version of the folder `clean` to `target`."""
    chance = random.Random(seed)
    target.mkdir(parents=True)
    (target / "说明.txt").write_text("本周数据", encoding="utf-8")
    (target / "~$专利盘点.xlsx").write_bytes(b"lock")
    for index, table in enumerate(t for t in contract.tables if (clean / f"{t.title}.csv").exists()):
        rows = read(clean, table)
        parts = _per_city(rows, clean, contract) if table.name == "patents" else {"": rows}
        for number, (label, part) in enumerate(parts.items()):
            writer = _WRITERS[(index + number) % len(_WRITERS)]
            writer(target, f"{table.title}{label}", _grid(table, part, contract, chance))


def _per_city(rows: Rows, clean: Path, contract: Contract) -> dict[str, Rows]:
    city_of = {r["institution_id"]: r["city_code"] for r in read(clean, contract.table("institutions"))}
    parts: dict[str, Rows] = {}
    for row in rows:
        parts.setdefault(f"_{city_of[row['institution_id']]}", []).append(row)
    return parts


def _grid(table: Table, rows: Rows, contract: Contract, chance: random.Random) -> list[list[object]]:
    """Title, header (aliases, stars, brackets, other order, extra columns), rows with mess between, total, note."""
    columns = list(table.columns)
    chance.shuffle(columns)
    header: list[object] = ["序号", *(_header(c, i) for i, c in enumerate(columns)), "联系电话"]
    grid: list[list[object]] = [[f"附件：{table.title}（{date(2024, 4, 30):%Y年%m月}）"], [], header]
    for number, row in enumerate(rows, 1):
        cells = [_cell(c, row[c.name], contract, chance, columns, rows) for c in columns]
        grid.append([str(number), *cells, "00000000000"])
        if number == 2:
            grid += [grid[-1], [], header]
        if number == 4:
            grid.append([""] * len(header))
    return [*grid, ["合 计：", str(len(rows))], ["注：数据由各单位填报"], [], [""]]


def _header(column: Column, index: int) -> str:
    spelling = column.spellings[index % len(column.spellings)]
    forms: tuple[Callable[[str], str], ...] = (
        lambda s: s,
        lambda s: f"*{s}",
        lambda s: f"{s}（万元）",
        lambda s: s[:2] + "\n" + s[2:],
        lambda s: f" {s.upper()}【必填】",
    )
    return forms[index % len(forms)](spelling)


def _cell(
    column: Column, cell: str, contract: Contract, chance: random.Random, columns: Sequence[Column], rows: Rows
) -> str:
    if column.type == "yes_no" and column.required and all(r[column.name] in ("是", "否") for r in rows):
        if any(r[column.name] == "是" for r in rows):
            return "√" if cell == "是" else ""
        return chance.choice(["N", "0", "FALSE", "×"])
    if cell == "":
        return "" if column.type == "free_text" else chance.choice(["", "", "-", "/", " — ", "n/a"])
    match column.type:
        case "patent_no":
            bare = cell.removeprefix("ZL")
            return chance.choice(
                [cell, cell.lower(), f"CN{bare}", bare, bare.replace(".", ""), f"ZL {bare[:4]} {bare[4:]}"]
            )
        case "date":
            day = date.fromisoformat(cell)
            serial = str((day - date(1899, 12, 30)).days)
            forms = [
                cell,
                f"{day.year}/{day.month}/{day.day}",
                f"{day.year}.{day.month}.{day.day}",
                f"{day:%Y%m%d}",
                f"{day.year}年{day.month}月{day.day}日",
                f"{cell} 00:00:00",
                serial,
            ]
            return chance.choice(forms)
        case "month":
            year, month = cell.split("-")
            return chance.choice(
                [cell, f"{year}/{int(month)}", f"{year}{month}", f"{year}年{int(month)}月", f"{cell}-15"]
            )
        case "integer":
            return chance.choice([cell, f"{int(cell):,}", f"{cell}.0", f"{cell} 件", cell.translate(_WIDE)])
        case "number":
            return chance.choice([cell, f"{float(cell):,.2f}", f"{cell}万元", f"{float(cell):e}"])
        case "yes_no":
            return chance.choice(["Y", "1", "true"] if cell == "是" else ["n", "0", "False"])
        case "city":
            return chance.choice(_city_forms(cell))
        case "coded":
            aliases = [alias for alias, value in contract.aliases.items() if value == cell and value in column.values]
            return chance.choice([cell, f" {cell}", *aliases])
        case "several":
            return chance.choice("；、,，|").join(cell.split(";")) + chance.choice(["", "；"])
        case _:
            return f"　{cell} "


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _city_forms(code: str) -> list[str]:
    city = next(c for c in JIANGSU.cities if c.code == code)
    spaced = " ".join(city.short_name)
    return [
        code,
        city.name,
        city.short_name,
        spaced,
        f"{JIANGSU.province.name}{city.name}",
        f"{JIANGSU.province.short_name} {city.name}",
    ]


def _gb18030(folder: Path, name: str, grid: list[list[object]]) -> None:
    _text(folder / f"{name}.csv", grid, "gb18030", ",")


def _tabs(folder: Path, name: str, grid: list[list[object]]) -> None:
    _text(folder / f"{name}.TXT", grid, "utf-8-sig", "\t")


def _semicolons(folder: Path, name: str, grid: list[list[object]]) -> None:
    (folder / "分表").mkdir(exist_ok=True)
    _text(folder / "分表" / f"{name}-2024-04-30.csv", grid, "utf-8", ";")


def _workbook(folder: Path, name: str, grid: list[list[object]]) -> None:
    book = Workbook()
    cover = book.active
    cover.title = "封面"
    cover.append(["填报说明"])
    sheet = book.create_sheet("数据")
    for row in grid:
        sheet.append([_native(cell) for cell in row])
    hidden = book.create_sheet("旧数据")
    hidden.sheet_state = "hidden"
    for row in grid:
        hidden.append(row)
    book.save(folder / f"{name}.XLSX")


def _native(cell: object) -> object:
    """ISO dates as real dates and short figures as numbers, the way a spreadsheet holds them."""
    text = str(cell)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return int(text) if re.fullmatch(r"[1-9]\d{0,5}", text) else cell


def _text(path: Path, grid: list[list[object]], encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(grid)


_WRITERS: tuple[Callable[[Path, str, list[list[object]]], None], ...] = (_gb18030, _workbook, _tabs, _semicolons)
