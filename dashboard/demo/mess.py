"""The ordinary mess of an office: how each file deviates from the clean form, and the few wrong rows in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Form = Callable[[str], str]


@dataclass(frozen=True)
class Style:
    """How one file is written; the default is the contract's clean form."""

    suffix: Literal[".csv", ".tsv", ".txt"] = ".csv"
    folder: str = ""
    encoding: str = "utf-8"
    title: bool = False
    total: bool = False
    phone: bool = False
    aliases: bool = False
    stars: bool = False
    dates: str = "dashes"
    number: Literal["canonical", "bare", "undotted"] = "canonical"
    yes_no: tuple[str, str] = ("是", "否")
    star_unit: str = ""
    city: Literal["name", "short_name", "code"] = "name"
    thousands: bool = False

    @property
    def delimiter(self) -> str:
        return {".csv": ",", ".tsv": "\t", ".txt": ";"}[self.suffix]


CLEAN = Style()

# One file of the patents per city; the cities take these in turn, in the policy's order.
PATENT_STYLES = (
    Style(encoding="utf-8-sig"),
    Style(aliases=True, stars=True),
    Style(title=True),
    Style(phone=True, title=True),
    Style(folder="补报", number="undotted"),
    Style(total=True),
    Style(number="bare"),
    Style(dates="slashes"),
    Style(encoding="gb18030"),
    Style(star_unit="星", yes_no=("Y", "N")),
    Style(dates="compact", aliases=True),
    Style(dates="chinese", title=True, total=True),
    Style(suffix=".tsv", dates="dots", yes_no=("1", "0")),
)

STYLES = {
    "enterprises": Style(encoding="gb18030", city="short_name"),
    "evaluations": Style(stars=True),
    "experts": Style(suffix=".txt"),
    "filings": Style(title=True, total=True, thousands=True, dates="slashes", number="bare"),
    "products": Style(phone=True),
    "assessments": Style(dates="chinese"),
    "pilots": Style(suffix=".tsv"),
    "cases": Style(city="code", yes_no=("√", "×")),
}
# Small tables that come as workbooks.
WORKBOOKS = ("institutions", "events")

PHONE_HEADER, PHONE = "联系电话", "00000000000"
STRAY_FILE, STRAY_TEXT = "填报说明.txt", "演示数据：单位名称取自公开名单，其余内容均为虚构。\n"


@dataclass(frozen=True)
class Fault:
    """One wrong row: `change` of a row's cell, in a copy of it or (`in_place`) in the row itself."""

    code: str
    column: str
    change: Form
    in_place: bool = False


def _other_check(cell: str) -> str:
    return cell[:-1] + ("1" if cell.endswith("0") else "0")


PATENT_FAULTS = (
    Fault("E-PATENT-NO", "patent_no", _other_check),
    Fault("E-MISSING", "title", lambda cell: ""),
    Fault("W-DUPLICATE", "title", lambda cell: cell),
    Fault("E-UNKNOWN-INSTITUTION", "institution_id", lambda cell: cell[:-1] + "?"),
    Fault("E-PATENT-NO", "patent_no", lambda cell: "2.01311E+12"),
    Fault("E-TYPE-MISMATCH", "patent_type", lambda cell: "实用新型" if cell.startswith("发明") else "发明"),
    Fault("E-DATE", "granted_on", lambda cell: "2021-13-05"),
    Fault("W-VALUE", "maturity", lambda cell: "TRL4", in_place=True),
    Fault("E-VALUE", "review_status", lambda cell: "审核中"),
    Fault("E-DATE-ORDER", "granted_on", lambda cell: "1996-01-02"),
    Fault("W-DATE", "lapsed_on", lambda cell: cell or "不详", in_place=True),
    Fault("W-VALUE", "stars", lambda cell: "7", in_place=True),
    Fault("W-CHECK-ADDED", "patent_no", lambda cell: cell[:-2], in_place=True),
)
FAULTS = {
    "enterprises": (Fault("E-UNKNOWN-CITY", "city_code", lambda cell: "昆山市"),),
    "evaluations": (
        Fault("E-UNKNOWN-ENTERPRISE", "enterprise_id", lambda cell: cell + "X"),
        Fault("W-VALUE", "score", lambda cell: "9", in_place=True),
    ),
    "filings": (
        Fault("E-MISSING", "recipient", lambda cell: ""),
        Fault("E-DUPLICATE", "recipient", lambda cell: cell + "（更正）"),
    ),
    "products": (Fault("E-FUTURE", "registered_on", lambda cell: "2204-03-01"),),
    "pilots": (Fault("E-VALUE", "stage", lambda cell: "量产"),),
}
