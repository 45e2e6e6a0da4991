"""Random export folders as offices make them: every table, in odd files, with odd headers, rows and cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from tests.oracle.cells import ALIASES, ERROR, Cell
from tests.oracle.export_tables import TABLES, Column, Table
from tests.oracle.intake import File, Row, Sheet
from tests.oracle.plan import CITIES

AS_OF = date(2024, 4, 26)
SECRET = "13812345678"
"""What stands in every extra column: it must be found nowhere afterwards."""

UNITS = ("U1", "U2", "4132010284", "苏大 A", "0012")
FIRMS = ("E1", "E2", "91320100MA1", "77")

_DATES = (
    "2024-03-15", "2024/3/5", "2024.3.15", "20240315", "2024年3月15日", "2024年03月05日", "２０２４年３月１５日",
    "2024-03-15 08:30:00", "2024-03-15T08:30:00", "2024/3/15 8:30", "2024年3月15日 8时30分", "20240315 10:00", "45366",
    "45366.75", "31138", "31137", "60000", "60001", "1985-04-01", "1985-03-31", "2023-12-31", "2024-01-01",
    "2024-04-26", "2024-04-27", "2024-02-30", "2024-02-29", "2023-02-29", "2024-3", "2024/3-15", "2024年3月15",
    "去年", "15/03/2024", "2024-00-10", "24-03-15", "2024 03 15", "2024-03-1x", "２０２４－０３－１５", "44197",
    " 2024-03-15 ", "'2024-03-15", '="2024-03-15"', "2020-1-1", "2019.12.31",
)  # fmt: skip
_MONTHS = (
    "2024-03", "2024/3", "202403", "2024年3月", "2024年03月", "2024-03-31", "45366", "2024.1", "2024.03", "2024-13",
    "202413", "3月", "2024-04", "2024-05", "2023-12", "2024年", "２０２４年３月", "20240301", "2024/03/01 00:00",
)  # fmt: skip
_NUMBERS = (
    "5", "0", "30.25", "1,234.5", "1,234,567", "1234万元", "30.25 万元", "1e3", "1.2E+2", ".5", "5.", "+5", "-1", "-0",
    "1000000000", "1000000001", "999,999,999", "12,34", "NaN", "inf", "-inf", "1e400", "约5", "5万元整", "万元", "3.0",
    "2.5", "4星", "5 分", "3件", "2家", "50%", "５", "3，000", "1_000", "0x10", "1 000", "7件件", "true", "00012",
    "1e-7", "2e0", "4.0", "一",
)  # fmt: skip
_YES = (
    "是", "否", "Y", "n", "1", "0", "TRUE", "false", "√", "×", "True", "Ｙ", "1.0", "对", "✓", "x", "是的", " 是 ",
    "YES",
)  # fmt: skip
_TEXTS = (
    "一种装置", "一 种\n装 置", "一种  LED　灯", "ＬＥＤ（１）", "装&nbsp;置", "'0012", '="0012"', "\u00a0装置\u3000",
    "无线", "A,B", '5" 屏', "甲;乙、丙", "#N/A", "=1+1", "@x", "+1", "NULLs", "x\ty", "〇一 二", "𠮷 野", "12", "3.5",
    "1e5", "'", '="', "装置，\n系统", "true", "''", "2024-03-15", "长" * 300, "a  b", "专利 No.1", "''x", "\ufffd型",
)  # fmt: skip
_NULLS = ("", "", "", "-", "—", "/", "无", "NULL", "null", "N/A", "n/a", " ", "\u3000", "' ", " - ", "无 ", "——", "－")


def folder(seed: int, rows: int = 12) -> list[File]:
    """The files of a random folder; each is readable, and both required tables are there."""
    chance = Random(seed)
    present = [t for t in TABLES.values() if t.name in ("institutions", "patents") or chance.random() < 0.6]
    names = {t.name for t in present}
    if "enterprises" not in names:
        present = [t for t in present if t.name not in ("evaluations", "experts")]
    files = []
    for table in present:
        for number in range(chance.choice((1, 1, 1, 2, 3))):
            files.append(_file(chance, table, number, rows))
    return files


def _file(chance: Random, table: Table, number: int, rows: int) -> File:
    name = chance.choice((table.title, table.title, table.name))
    kind = chance.choice((".csv", ".txt", ".TSV", ".xlsx", ".xlsm", ".XLS", ".ods"))
    path = chance.choice(("", "", "子文件夹/", "a/b/")) + f"{name}{chance.choice(('_', '-', '（', ' '))}{number}{kind}"
    if kind in (".csv", ".txt", ".TSV"):
        return File(path, [Sheet(None, _rows(chance, table, rows, is_text=True))])
    sheets = [Sheet(f"表{i}", _rows(chance, table, rows, is_text=False)) for i in range(chance.choice((1, 1, 2)))]
    if chance.random() < 0.3:
        sheets.insert(chance.randrange(len(sheets) + 1), Sheet("说明", [["填报说明"], [], ["请填写", "下表"]]))
    if chance.random() < 0.3:
        hidden = Sheet("旧", _rows(chance, table, 3, is_text=False), is_hidden=True)
        sheets.insert(chance.randrange(len(sheets) + 1), hidden)
    return File(path, sheets)


def _rows(chance: Random, table: Table, count: int, *, is_text: bool) -> list[Row]:
    columns = [c for c in table.columns if c.is_required or chance.random() < 0.7]
    if chance.random() < 0.6:
        chance.shuffle(columns)
    header, places = _header(chance, columns)
    left_out = chance.choice((0, 0, 0, 1, 2))
    titles: list[Row] = [
        chance.choice(([], [""], ["附件1"], ["江苏省", "", "2024年4月"])) for _ in range(chance.randrange(9))
    ]
    rows: list[Row] = [*titles, header]
    ticked = {c.name for c in columns if c.kind == "yes" and chance.random() < 0.4}
    for _ in range(chance.randrange(count + 1)):
        rows.append(_data(chance, columns, places, len(header), ticked, is_text=is_text)[: len(header)])
        if chance.random() < 0.1:
            rows.append(chance.choice(rows[len(titles) + 1 :]))
        if chance.random() < 0.25:
            rows.append(_between(chance, header))
        if chance.random() < 0.04:
            rows.append(
                [*rows[-1], *[""] * (len(header) - len(rows[-1])), *chance.choice(([SECRET], ["", SECRET], ["-"]))]
            )
    rows += [_between(chance, header) for _ in range(left_out)]
    return rows


def _header(chance: Random, columns: Sequence[Column]) -> tuple[list[Cell], dict[int, Column | None]]:
    """Header cells, and for each of them the column it stands for (None: an extra one)."""
    cells: list[Cell] = []
    places: dict[int, Column | None] = {}

    def add(text: str, column: Column | None) -> None:
        places[len(cells)] = column
        cells.append(text)

    for column in columns:
        spellings = [column.header, column.name, *column.aliases]
        index = chance.choice((0, 0, 0, chance.randrange(len(spellings))))
        if chance.random() < 0.15:
            add(chance.choice(("联系电话", "邮箱", "发明人", "备注", "")), None)
        losers = [s for s in spellings[index + 1 :] if s.lower() != spellings[index].lower() and chance.random() < 0.1]
        group = [(spellings[index], column), *((s, None) for s in losers)]
        chance.shuffle(group)
        for text, stands_for in group:
            add(_dressed(chance, text), stands_for)
    if chance.random() < 0.3:
        add("手机", None)
    while cells and cells[-1] == "":
        del places[len(cells) - 1]
        cells.pop()
    return cells, places


_DRESSES: tuple[Callable[[str], str], ...] = (
    lambda s: s, lambda s: s, lambda s: s, lambda s: f"*{s}", lambda s: f"{s}（必填）", lambda s: f" {s[:2]}\n{s[2:]} ",
    lambda s: f"{s}(a（b）c)", lambda s: f"【1】{s}", lambda s: s.upper(), lambda s: f"{s}＊", lambda s: f"{s}［件］",
    lambda s: s.replace("I", "Ｉ").replace("_", "＿"),
)  # fmt: skip


def _dressed(chance: Random, text: str) -> str:
    return chance.choice(_DRESSES)(text)


def _between(chance: Random, header: Sequence[Cell]) -> Row:
    total = chance.choice(("合计", "总 计", "小计：", " 合计: ", "　小　计"))
    return chance.choice(
        ([], [""], ["", " ", "\u3000"], ["注：数据由各单位填报"], ["", "", "见附件"], header, [total, "12"],
         ["", total, "3", "4"], [""] * len(header), [total])
    )  # fmt: skip


def _data(
    chance: Random,
    columns: Sequence[Column],
    places: dict[int, Column | None],
    width: int,
    ticked: set[str],
    *,
    is_text: bool,
) -> list[Cell]:
    row: list[Cell] = []
    for place in range(width):
        column = places.get(place)
        if column is None:
            row.append(chance.choice((SECRET, SECRET, "")))
        elif column.name in ticked:
            row.append(chance.choice(("√", "√", "", " ", "√ ")))
        else:
            row.append(_cell(chance, column, is_text=is_text))
    while chance.random() < 0.5 and len(row) > 1 and row[-1] == "":
        row.pop()
    return row


def _cell(chance: Random, column: Column, *, is_text: bool) -> Cell:
    """Usually a good cell in one of its written forms, now and then anything."""
    oddity = 0.03 if column.is_required else 0.15
    if chance.random() < oddity:
        if not is_text and chance.random() < 0.3:
            return ERROR
        return chance.choice((_NULLS, _TEXTS, _DATES, _NUMBERS, _YES, _MONTHS)[chance.randrange(6)])
    if not column.is_required and chance.random() < 0.3:
        return chance.choice(_NULLS)
    good: str = _GOOD[column.kind](chance, column)
    return _mutated(chance, good) if chance.random() < oddity else good


_LETTERS = "0123456789.,-/:+eExXZLT年月日时分市省件万元% 　\t\n'\"=;；、|&！（）０９Ａ无是否√×#一〇𠮷"


def _mutated(chance: Random, cell: str) -> str:
    """The cell with a character or two left out, put in or put in another's place."""
    letters = list(cell)
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(letters) + 1)
        letters[at : at + chance.randrange(2)] = chance.choice(("", chance.choice(_LETTERS), chance.choice(_LETTERS)))
    return "".join(letters)


def _spaced(chance: Random, text: str) -> str:
    """White space where a list may break a line."""
    at = chance.randrange(len(text) + 1)
    return chance.choice((text, text, text, f"　{text} ", f"{text[:at]}\n{text[at:]}", f"'{text}"))


def _text(chance: Random, column: Column) -> str:
    if column.name.endswith(("_id", "_no")):
        known = {"institution_id": UNITS, "enterprise_id": FIRMS}.get(column.name, ("K1", "K2", "K3", "7"))
        return chance.choice((*known * 3, f"N{chance.randrange(40)}"))
    return str(chance.choice(_TEXTS))


def _date(chance: Random, column: Column) -> str:
    late = {"filed_on": 1200, "granted_on": 800, "recorded_on": 60, "approved_on": 30, "listed_on": 10}.get(
        column.name, 200
    )
    day = AS_OF - timedelta(days=chance.randrange(late) + late // 2)
    serial = (day - date(1899, 12, 30)).days
    forms = (f"{day}", f"{day}", f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}",
             f"{day:%Y%m%d}",
             f"{day.year}年{day.month}月{day.day}日", f"{day} 00:00:00", f"{serial}")  # fmt: skip
    return chance.choice((*forms, *forms, chance.choice(_DATES)))


def _rarely(chance: Random, good: Sequence[str], odd: Sequence[str]) -> str:
    """One of the good ones; one time in twelve, anything."""
    return chance.choice(odd if chance.random() < 1 / 12 else good)


def _number(chance: Random, column: Column) -> str:
    value = chance.randrange(1, 6)
    return chance.choice((str(value), str(value), f"{value}.0", f"{value} 件", chance.choice(_NUMBERS)))


def _city(chance: Random, column: Column) -> str:
    code, name = chance.choice(list(CITIES.items()))
    short = name.removesuffix("市")
    forms = (code, name, short, f"江苏省{name}", f"江苏 {short}", " ".join(short), f"江苏{name}", f"{short}\n市")
    return _rarely(chance, forms, ("江宁区", "昆山市", "上海市", "江苏", "3201", "南京市江宁区", "江苏省江苏南京"))


def _one(chance: Random, column: Column) -> str:
    aliases = [alias for alias, value in ALIASES.items() if value in column.values]
    good = chance.choice((*column.values, *column.values, *aliases))
    return _spaced(chance, good) if chance.random() < 0.97 else chance.choice((good + "类", good[::-1], "授权", "大学"))


def _several(chance: Random, column: Column) -> str:
    words = column.values or ("某公司", "乙 大学", "丙", "无")
    chosen = [chance.choice(words) for _ in range(chance.randrange(1, 4))]
    mark = chance.choice((";", "；", "、", ",", "，", "|", "; ", " 、"))
    return mark.join(chosen) + chance.choice(("", "", mark, ";;", "、出售", "；无", " "))


_OLD_YEARS, _YEARS = ("85", "99", "00", "03"), ("2003", "2004", "2019", "2023", "2024")


def _patent(chance: Random, column: Column) -> str:
    """A number of a small pool, so that tables meet, in one of its written forms; or a broken one."""
    old = chance.random() < 0.2
    year = _rarely(chance, _OLD_YEARS, ("84", "04")) if old else _rarely(chance, _YEARS, ("2002", "2025"))
    body = (
        f"{year}{chance.choice('11111112389' + '4' * (chance.random() < 0.1))}{chance.randrange(3):0{5 if old else 7}}"
    )
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    check = "0123456789X"[sum(int(d) * w for d, w in zip(body, weights, strict=False)) % 11]
    wrong = "1" if check == "0" else "0"
    number = f"{body}.{check}"
    good = (
        *[f"ZL{number}"] * 6, number, f"CN{number}", f"zl{number.lower()}", body + check, body, f"{body}．{check}",
        f"ZL {body[:4]} {body[4:]}.{check}", f"{body[:4]}.{body[4:]}{check}", f"ZL{body[:6]}\n{body[6:]}.{check}",
        f"{body}.", f"Z L{number}", f"ＺＬ{number}", f"{body} {check}", f"{body}. {check}",
    )  # fmt: skip
    odd = (
        f"{body}{check}.0", f"{number}0", f"{body[:-1]}.{check}", f"{body}.{wrong}", "2.01311E+12", f"US{number}",
        f"{number}.", f"ZL.{number}", f"ZLCN{number}", body[:-1], f"{number}-1", f"{body}.0",
    )  # fmt: skip
    return _rarely(chance, good, odd)


_GOOD: dict[str, Callable[[Random, Column], str]] = {
    "text": _text, "free": lambda c, _: c.choice(_TEXTS), "unit": _text, "firm": _text, "date": _date,
    "number": _number,
    "month": lambda c, _: _rarely(c, _MONTHS[:7], _MONTHS), "yes": lambda c, _: _rarely(c, _YES[:10], _YES),
    "city": _city, "one": _one,
    "several": _several, "integer": _number, "patent": _patent,
}  # fmt: skip
