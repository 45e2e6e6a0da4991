"""Put a bulletin together: the province's or one city's, from a source."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import wording
from dashboard.charts.chart import Row
from dashboard.errors import OutOfScope, UsageError
from dashboard.exports.bulletin import city, model, province, words
from dashboard.exports.bulletin.model import Bulletin
from dashboard.exports.bulletin.source import Source
from dashboard.exports.bulletin.tables import Order
from dashboard.exports.sheet import Origin
from dashboard.places import Places
from dashboard.policy import City, Policy
from dashboard.scope import Scope

WHOLE = province.WHOLE


def compose(
    source: Source,
    places: Places,
    city_code: str | None = None,
    *,
    order: Order = "rank",
    sections: Sequence[str] = model.SECTIONS,
) -> Bulletin:
    """The bulletin of the province (`city_code` None) or of a city, with the sections asked for.

    Raises:
        UsageError: no such section.
    """
    if city_code is None:
        found, place = province.sections(source, places, order), WHOLE
        row = source.row("inventory_province")
    else:
        chosen = next(c for c in source.policy.cities if c.code == city_code)
        found, place = city.sections(source, chosen, order), chosen.name
        row = city.row_of(source.frame("inventory_city"), chosen)
    name = source.policy.province.name if city_code is None else place
    whole = Bulletin(
        title_lines=(f"{name}高校和科研机构存量专利盘活", "工作进展情况通报"),
        place=place,
        city_code=city_code,
        as_of=source.as_of,
        before=source.before,
        origin=Origin(source.as_of, source.entry.id, source.entry.is_demo, f"{place}，属地"),
        sections=found,
        values=_values(source, place, row),
    )
    return whole.only(sections)


def city_named(policy: Policy, text: str) -> City:
    """A city by code, full or short name.

    Raises:
        UsageError: there is none; the sentence lists those there are.
    """
    for found in policy.cities:
        if text in (found.code, found.name, found.short_name):
            return found
    known = "、".join(f"{c.name}（{c.code}）" for c in policy.cities)
    raise UsageError(f"没有名为 {text} 的设区市，可用的有：{known}。")


def check_scope(scope: Scope, city_code: str | None) -> None:
    """Who may have which bulletin: the province's accounts any, a city's its own, an institution's none.

    Raises:
        OutOfScope: it is not the account's.
    """
    if scope.sees_all or (scope.role == "city" and scope.key == city_code and city_code is not None):
        return
    raise OutOfScope("这份通报不在本账号的查看范围内，设区市账号可以导出本市通报。")


def _values(source: Source, place: str, row: Row) -> dict[str, str]:
    """Words for placeholders that stand alone, for an office that writes sentences of its own into the template."""
    return {
        "范围": place,
        "数据截至": words.day(source.as_of),
        "上期": words.day(source.before) if source.before else wording.NULL,
        "单位数": wording.value(row["institutions"], "institutions"),
        "存量": wording.value(row["stock"], "patents"),
        "已盘点入库": wording.value(row["approved"], "patents"),
        "已入资源库": wording.value(row["listed"], "patents"),
        "盘点率": words.rate(row["inventory_rate"]),
        "入库率": words.rate(row["listing_rate"]),
        "应达": words.rate(row["required_rate"]),
        "较上期": wording.change(row["change_pp"], "pp"),
    }
