"""The tables of a bulletin as a workbook: 封面, 目录, a sheet each, then 说明 with the definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import wording
from dashboard.exports import workbook
from dashboard.exports.bulletin.model import Bulletin, Table
from dashboard.exports.frontmatter import Cover
from dashboard.exports.sheet import Sheet
from dashboard.exports.workbook import Dress, NativeChart

CHARTS: Mapping[str, tuple[str, str]] = {
    "inventory_city": ("city_name", "inventory_rate"),
    "events_city": ("city_name", "counted"),
    "filings_city": ("city_name", "patents"),
    "conversion_city": ("city_name", "implementation_rate"),
}
"""By metric: names and values of the chart beside its table, made by the spreadsheet itself."""


def write(bulletin: Bulletin) -> bytes:
    """The .xlsx; the same input gives the same bytes."""
    tables = bulletin.tables
    cover = Cover(bulletin.title, _facts(bulletin), [(s.name, s.sentences) for s in bulletin.sections])
    dresses = {at: Dress(_chart(table), table.has_total, table.rows.stressed) for at, table in enumerate(tables)}
    return workbook.write([_titled(table, at) for at, table in enumerate(tables, 1)], bulletin.origin, cover, dresses)


def _titled(table: Table, number: int) -> Sheet:
    return table.sheet.renamed(f"表{number} {table.title}")


def _facts(bulletin: Bulletin) -> Sequence[tuple[str, str]]:
    compared = str(bulletin.before) if bulletin.before else "没有更早的快照可比较"
    return [*bulletin.origin.notes(), ("比较对象", compared)]


def _chart(table: Table) -> NativeChart | None:
    if table.metric not in CHARTS or len(table.sheet.frame) < 2:
        return None
    name, value = CHARTS[table.metric]
    rows = len(table.sheet.frame) - (1 if table.has_total else 0)
    if table.sheet.frame[value].head(rows).map(wording.is_null).all():
        return None
    return NativeChart(name, value, rows)
