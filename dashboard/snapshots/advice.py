"""What an import report says first: what to put right, in which file, whom to ask; and what changed since last time.

None of it holds anything back: the contract's gates do that. It explains them.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from dashboard import queries, wording
from dashboard.contract import Contract, Table
from dashboard.intake.report import Advice
from dashboard.places import Places
from dashboard.snapshots import engine
from dashboard.snapshots.catalogue import Entry, Store

STALE = dt.timedelta(days=180)
"""How long before the snapshot date the latest day of a file may lie before it looks like an old one."""

OTHER_WEEK = dt.timedelta(days=60)
"""How far a date in a file's name may be from the snapshot date."""

FEW = 10
"""Patents and rows below which a change is not worth a line."""

_STEWARD, _COLLECTOR = "数据管理员", "导出文件的人"
_DAY = re.compile(r"(20\d\d)[-._年]?(1[0-2]|0?[1-9])[-._月]?(3[01]|[12]\d|0?[1-9])(?!\d)")


class Move(NamedTuple):
    """How the stock of a city or an institution changed."""

    level: str
    name: str
    city: str
    before: int
    now: int

    @property
    def text(self) -> str:
        return f"{self.name} {self.before:,}→{self.now:,}（{self.now - self.before:+,}）"


@dataclass(frozen=True)
class Setting:
    """What the import is of: its date, today's, the newest published date of its kind and the snapshot before it."""

    as_of: dt.date
    today: dt.date
    newest: dt.date | None
    previous: Entry | None

    @classmethod
    def of(cls, store: Store, as_of: dt.date, is_demo: bool) -> Setting:
        catalogue = store.catalogue()
        newest = max((entry.date for entry in catalogue.of_kind(is_demo)), default=None)
        return cls(as_of, dt.date.today(), newest, catalogue.before(as_of, is_demo))


def gather(
    connection: duckdb.DuckDBPyConnection, contract: Contract, places: Places, store: Store, setting: Setting
) -> tuple[tuple[Advice, ...], tuple[Move, ...]]:
    """The advice on the snapshot that the connection looks in, and how the stock moved against the one before it."""
    found = [*_of_date(setting), *_of_files(connection, contract, setting)]
    previous = setting.previous
    if previous is None or not store.is_sound(previous):
        if previous:
            what = f"上一期快照 {previous.date} 的文件已损坏，没有与它比较"
            found.append(Advice(what, "", _STEWARD, "运行 verify，从备份恢复"))
        return (*found, *_to_mend(connection, contract, setting, "snapshot")), ()
    engine.attach(connection, store.path(previous), "previous")
    moves = tuple(Move(*row[:5]) for row in _asked(connection, "stock_moves"))
    found += _of_comparison(connection, contract, places, previous, moves)
    found += _to_mend(connection, contract, setting, "snapshot", "previous")
    connection.execute("detach previous")
    return tuple(found), moves


def largest(moves: Sequence[Move], count: int = 3) -> str:
    """The cities that moved the stock most, each with the institution that did, in one sentence; empty for none."""
    parts = []
    for city in [move for move in moves if move.level == "city"][:count]:
        mover = next((m for m in moves if m.level == "institution" and m.city == city.name), None)
        parts.append(city.text + (f"，其中{mover.text}" if mover else ""))
    return "；".join(parts)


def _asked(connection: duckdb.DuckDBPyConnection, name: str, **context: Any) -> list[tuple[Any, ...]]:
    return connection.execute(queries.text("reports", name, **context)).fetchall()


# Dates


def _of_date(setting: Setting) -> Iterator[Advice]:
    if setting.as_of > setting.today:
        yield Advice(
            f"快照日期 {setting.as_of} 晚于今天（{setting.today}）", "", _STEWARD, "核对 --date；写错了请改正后重新导入"
        )
    if setting.newest and setting.as_of < setting.newest:
        yield Advice(
            f"快照日期 {setting.as_of} 早于已发布的最新一期（{setting.newest}），会排在它前面",
            "",
            _STEWARD,
            "确认是补导旧的一期；不是请改 --date",
        )


def _of_files(connection: duckdb.DuckDBPyConnection, contract: Contract, setting: Setting) -> Iterator[Advice]:
    """Files that look like another week's: by the date in their names, else by the latest day in their rows."""
    titles = {table.name: table.title for table in contract.tables}
    newest = {(table, file): day for table, file, day in _asked(connection, "newest_days")}
    files = [(table, file) for table, file, *_ in connection.table("files").fetchall()]
    do = "核对是不是放成了往年或别期的文件，是就换成本期的"
    for table, file in files:
        named, day = _day_in(file), newest.get((table, file))
        if named and abs(setting.as_of - named) > OTHER_WEEK:
            yield Advice(f"文件名写的是 {named}，快照日期是 {setting.as_of}", file, _COLLECTOR, do)
        elif day and setting.as_of - day > STALE:
            yield Advice(
                f"「{titles[table]}」里最晚的日期是 {day}，比快照日期早 {(setting.as_of - day).days} 天",
                file,
                _COLLECTOR,
                do,
            )


def _day_in(file: str) -> dt.date | None:
    found = _DAY.search(Path(file).name)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


# Comparison with the snapshot before


def _of_comparison(
    connection: duckdb.DuckDBPyConnection, contract: Contract, places: Places, previous: Entry, moves: Sequence[Move]
) -> Iterator[Advice]:
    titles = {table.name: table.title for table in contract.tables}
    names = [table.name for table in contract.tables]
    for name, rows in _asked(connection, "absent_tables", names=names):
        yield Advice(
            f"上一期（{previous.date}）有「{titles[name]}」{rows:,} 行，这一期没有这张表",
            "",
            _COLLECTOR,
            "补上文件后重新导入；确实没有则不用改",
        )
    refused = {
        file for _, file, _, accepted, rejected, *_ in connection.table("files").fetchall() if rejected > accepted
    }
    placed = dict(_placed(contract))
    keys = {"institutions": "institution_id", "enterprises": "enterprise_id"}
    for name, city, rows, file in _asked(connection, "absent_cities", placed=placed, keys=keys):
        yield Advice(
            f"{city}在「{titles[name]}」里没有一行，上一期（{previous.date}）有 {rows:,} 行",
            f"上一期在 {file}",
            _bureau(city),
            "这个文件的行大多被退回，先改正下面列出的问题"
            if file in refused
            else "多半漏了这个市的文件，补上后重新导入",
        )
    yield from _vanished(connection, places, previous)
    yield from _of_moves(contract, previous, moves)


def _of_moves(contract: Contract, previous: Entry, moves: Sequence[Move]) -> Iterator[Advice]:
    """Institutions whose stock moved much, and cities that did without one of those."""
    limit = contract.gates.stock_change
    jumps = [m for m in moves if abs(m.now - m.before) >= FEW and abs(m.now - m.before) > limit * m.before]
    explained = {move.city for move in jumps if move.level == "institution"}
    for move in jumps:
        if move.level == "institution" or move.name not in explained:
            yield Advice(
                f"存量与上一期（{previous.date}）相差很大：{move.text}",
                "",
                move.name if move.level == "institution" else _bureau(move.name),
                "存量已经冻结，核对是漏了行、重了行还是改了口径",
            )


def _vanished(connection: duckdb.DuckDBPyConnection, places: Places, previous: Entry) -> Iterator[Advice]:
    connection.register("renames", _renames(places))
    for code, name, city, file, patents, refused, new_code, new_name in _asked(connection, "vanished_institutions"):
        now = f"，这一期有 {refused:,} 行仍用这个编码，都退回了" if refused else ""
        likely = (
            f"多半已更名为“{new_name}”（{new_code}）：" if new_name != name else f"同名单位的编码现在是 {new_code}："
        )
        yield Advice(
            f"单位名录里没有了“{name}”（{code}），上一期（{previous.date}）有专利 {patents:,} 行{now}",
            f"上一期在 {file}",
            _bureau(city) if city else _COLLECTOR,
            (likely if new_code else "")
            + ("把各表的单位编码改过来，或把原编码补回单位名录" if new_code else "补回单位名录；确已撤并请说明"),
        )
    connection.unregister("renames")


def _renames(places: Places) -> pa.Table:
    """Old and new names of institutions, from the reference list."""
    with places.own("reference/university_renames.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["old_name"], row["new_name"]) for row in csv.DictReader(file)]
    old, new = zip(*rows, strict=True) if rows else ((), ())
    return pa.table({"old_name": pa.array(old, pa.string()), "new_name": pa.array(new, pa.string())})


def _placed(contract: Contract) -> Iterator[tuple[str, str]]:
    """Tables whose rows belong to a city, and whose it is: the row's own, its institution's, its enterprise's."""
    for table in contract.tables:
        kinds = {column.type for column in table.columns if column.required}
        for kind, home in (("city", "facts"), ("institution", "institutions"), ("enterprise", "enterprises")):
            if kind in kinds:
                yield table.name, home
                break


# Rows to put right


def _to_mend(
    connection: duckdb.DuckDBPyConnection, contract: Contract, setting: Setting, *databases: str
) -> Iterator[Advice]:
    rows = _asked(connection, "to_mend", databases=databases)
    late = sum(row[4] for row in rows if row[2] == "E-FUTURE")
    if late >= FEW:
        yield Advice(
            f"{late:,} 行因日期晚于快照日期 {setting.as_of} 退回",
            "",
            _STEWARD,
            "若这是更晚一期的文件，请改用那一期的 --date",
        )
    for name, file, code, column_name, count, sheet, sheets, numbers, owners in rows:
        table = contract.table(name)
        header = next((c.header for c in table.columns if c.name == column_name), "")
        where = (f"「{header}」，" if header else "") + (f"工作表「{sheet}」" if sheet and sheets == 1 else "")
        yield Advice(
            f"{wording.REASONS[code]} {count:,} 行（{code}）：{where}{_numbers(numbers, count)}",
            file,
            _names(owners or [_COLLECTOR]),
            _remedy(code, table, column_name, header),
        )


def _numbers(numbers: Sequence[int], count: int) -> str:
    return f"第 {'、'.join(map(str, numbers))} 行" + ("等" if count > len(numbers) else "")


def _names(owners: Sequence[str], most: int = 3) -> str:
    return "、".join(owners[:most]) + (f" 等 {len(owners)} 家" if len(owners) > most else "")


def _remedy(code: str, table: Table, column_name: str | None, header: str) -> str:
    values: Iterable[str] = next((c.values for c in table.columns if c.name == column_name), ())
    allowed = f"，可用：{'、'.join(values)}" if values and code in ("E-VALUE", "W-VALUE") else ""
    return _REMEDIES[code].format(header=header) + allowed


_REMEDIES: Mapping[str, str] = {
    "E-SHAPE": "删掉表头右边多出来的内容，或给那一列补上表头",
    "E-MISSING": "补填「{header}」",
    "E-PATENT-NO": "按专利证书核对号码和校验位；显示成科学计数法的，把单元格改为文本后重填",
    "E-DATE": "把「{header}」写成 2024-03-15 这样的日期",
    "E-VALUE": "改正「{header}」",
    "E-UNKNOWN-CITY": "把「{header}」改成本省设区市的名称，不要写到区县",
    "E-TYPE-MISMATCH": "核对专利类型和专利号里的类型位",
    "E-DATE-ORDER": "核对申请日和授权公告日",
    "E-FUTURE": "核对「{header}」，它不能晚于快照日期",
    "E-UNKNOWN-INSTITUTION": "核对单位编码，或把这家单位补进单位名录",
    "E-UNKNOWN-ENTERPRISE": "核对企业编码，或把这家企业补进企业名录",
    "E-DUPLICATE": "同一条有几个不同的版本，只采用了一个；请删去其余的",
    "W-CHECK-ADDED": "已按国家标准补上校验位，请在源表补全",
    "W-VALUE": "已清空，改正「{header}」后下次会采用",
    "W-DATE": "已清空，改正「{header}」后下次会采用",
    "W-STAGE-ORDER": "已保留，核对建档、审核通过、入库三个日期",
    "W-UNKNOWN-PATENT": "已保留，核对专利号，或在专利盘点里补上这件专利",
    "W-DUPLICATE": "完全相同的行只留了一行，不用改",
}


def _bureau(city: str) -> str:
    return f"{city}知识产权局"
