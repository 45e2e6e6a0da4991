"""The tables of a bulletin: which columns of which metric, in what order, with the whole's row last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd

from dashboard import metrics, wording
from dashboard.exports.bulletin.model import Rows, Table
from dashboard.exports.bulletin.source import Source
from dashboard.exports.sheet import Sheet
from dashboard.metrics import Column

Order = Literal["rank", "official"]
"""Cities by their rank, or in the official order with the rank as a column."""

CITY = ("rank", "city_name", "stock", "approved", "inventory_rate", "change_pp", "required_rate", "lead_pp", "status")
GROUPS = ("group", "due_on", "share", "institutions", "met", "late", "missed", "open", "rate_by_due", "rate_now")
INSTITUTION = ("rank", "institution_name", "city_name", "group", "stock", "approved", "inventory_rate", "change_pp",
               "required", "gap", "status")  # fmt: skip
ENTERPRISES = ("enterprise_group", "enterprises", "matched", "evaluated", "evaluation_rate", "change_pp",
               "milestone_due", "share", "gap", "status")  # fmt: skip
ENTERPRISES_CITY = ("city_name", "enterprise_group", "enterprises", "matched", "evaluated", "evaluation_rate", "rank",
                    "with_need", "with_cooperation")  # fmt: skip
EVENTS = ("rank", "city_name", "counted", "target", "shortfall", "status", "all_events", "deals", "amount")
FILINGS = ("rank", "city_name", "transfer_patents", "licence_patents", "patents", "previous_year_patents", "yoy",
           "amount", "unregistered", "unreported")  # fmt: skip
CONVERSION = ("city_name", "approved", "implementation_rate", "industrialisation_rate", "product_patents", "products",
              "recognised_products", "sales")  # fmt: skip
SHORT = frozenset({("inventory_institution", "group")})
"""Codes that stay as they are, for want of room."""


def table(
    source: Source,
    metric: str,
    title: str,
    columns: Sequence[Column],
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    total: Mapping[str, Any] | None = None,
    stressed: str = "",
) -> Table:
    """A table of `frame`; `total` adds a last row, null where it says nothing; `stressed` is a city's name."""
    fill = partial(_rows, source, metric, title, columns, frame, total, stressed)
    return Table(metric, title, fill, total is not None)


def _rows(
    source: Source,
    metric: str,
    title: str,
    columns: Sequence[Column],
    given: pd.DataFrame | Callable[[], pd.DataFrame],
    total: Mapping[str, Any] | None,
    stressed: str,
) -> Rows:
    definition, frame = metrics.definition(metric), given() if callable(given) else given
    shown = [column.name for column in columns]
    cells = [list(row) for row in zip(*(frame[name].tolist() for name in shown), strict=True)]
    if total is not None:
        cells.append([total.get(name) for name in shown])
    rows = pd.DataFrame(cells, columns=shown, dtype=object)
    labels = wording.labels(source.policy)
    sheet = Sheet(
        title, columns, rows,
        definition=definition.definition, clause=definition.clause,
        labels={c.name: labels[c.name] for c in columns if c.name in labels and (metric, c.name) not in SHORT},
    )  # fmt: skip
    mine = [at for at, name in enumerate(rows.get("city_name", ())) if name == stressed or (total and at == len(frame))]
    return Rows(sheet, mine)


def _cities(source: Source, metric: str, order: Order) -> pd.DataFrame:
    """Cities by rank (those without one last), or as they come: in the official order."""
    frame = source.frame(metric)
    return frame if order == "official" else frame.sort_values("rank", kind="stable", na_position="last")


def cities(source: Source, order: Order, stressed: str = "") -> Table:
    """各市盘点进展, with the province's row."""
    whole = {**source.row("inventory_province"), "city_name": "全省"}
    return table(
        source, "inventory_city", "各市盘点进展", source.columns("inventory_city", *CITY),
        partial(_cities, source, "inventory_city", order), whole, stressed,
    )  # fmt: skip


def groups(source: Source) -> Table:
    return table(
        source, "milestone_group", "各组里程碑完成情况", source.columns("milestone_group", *GROUPS),
        source.frame("milestone_group"),
    )  # fmt: skip


def funnel(source: Source, title: str, **level: Any) -> Table:
    columns = source.columns("funnel", "label", "patents", "share_of_first", "share_of_previous")
    return table(source, "funnel", title, columns, partial(source.frame, "funnel", **level))


def institutions(source: Source, title: str, frame: pd.DataFrame, *, is_one_city: bool = False) -> Table:
    wanted = [name for name in INSTITUTION if not (is_one_city and name == "city_name")]
    columns = source.columns("inventory_institution", *wanted)
    return table(source, "inventory_institution", title, columns, frame)


def enterprises(source: Source) -> Table:
    columns = source.columns("evaluation_group", *ENTERPRISES)
    return table(source, "evaluation_group", "企业评价进展", columns, source.frame("evaluation_group"))


def enterprises_of_cities(source: Source, frame: pd.DataFrame, title: str) -> Table:
    columns = source.columns("evaluation_city", *ENTERPRISES_CITY)
    return table(source, "evaluation_city", title, columns, frame)


def events(source: Source, order: Order, stressed: str = "") -> Table:
    return table(
        source, "events_city", "各市对接活动", source.columns("events_city", *EVENTS),
        partial(_cities, source, "events_city", order), None, stressed,
    )  # fmt: skip


def filings(source: Source, order: Order, stressed: str = "") -> Table:
    """各市转让许可, with the province's row, in which a patent counts once."""
    whole = {**source.row("filings_province"), "city_name": "全省"}
    columns = source.columns("filings_city", *FILINGS)
    rows = partial(_cities, source, "filings_city", order)
    return table(source, "filings_city", "各市转让许可", columns, rows, whole, stressed)


def conversion(source: Source) -> Table:
    columns = source.columns("conversion_city", *CONVERSION)
    return table(source, "conversion_city", "各市专利实施与产业化", columns,
                 source.frame("conversion_city"))  # fmt: skip
