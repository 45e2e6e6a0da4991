"""Who met which deadline: groups × dates, and institutions × dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard import wording
from dashboard.charts import cells
from dashboard.charts.cells import STATUS_SHADES, Cell
from dashboard.charts.chart import (
    Chart,
    Row,
    category_axis,
    option,
    records,
    room,
    sentence,
)
from dashboard.wording import QUIET, STATUSES

COUNTED = ("met", "late", "missed", "open")


def milestone_matrix(
    frame: pd.DataFrame, *, labels: Mapping[str, str], as_of: date, title: str = "各组里程碑完成情况"
) -> Chart:
    """Groups × dates: the share due, the rate now, and how many institutions have which status.

    Args:
        frame: `milestone_group`. A cell takes the worst status that occurs in it.
        labels: the policy's words for the group codes, in its order.
    """
    days = sorted({wording.as_day(d) for d in frame["due_on"]})
    codes = [code for code in labels if code in set(frame["group"])]
    order = list(STATUS_SHADES)
    drawn = [
        Cell(
            column=days.index(wording.as_day(row["due_on"])),
            row=codes.index(str(row["group"])),
            shade=order.index(_worst(row)),
            text=_matrix_text(row),
            tip=_matrix_tip(row, labels),
        )
        for row in records(frame)
    ]
    used = {cell.shade for cell in drawn}
    alt = sentence(title, *("，".join(cell.tip) for cell in drawn))
    return _matrix(
        title, drawn, alt, frame, used,
        columns=_dates(days, as_of),
        rows=[labels[c] for c in codes], size=12, row_height=84, note="格子的颜色取其中最差的状态。",
    )  # fmt: skip


def _worst(row: Row) -> str:
    for status in ("missed", "open", "late", "met"):
        if row[status]:
            return status
    return "none"


def _matrix_text(row: Row) -> str:
    counts = "  ".join(f"{STATUSES[s].symbol}{int(row[s])}" for s in COUNTED if row[s]) or wording.NULL
    now = wording.value(row["rate_now"], "rate")
    return f"应 {wording.share(row['share'])}\n现 {now}\n{counts}"


def _rates(row: Row) -> str:
    by_due, now = (wording.value(row[c], "rate") for c in ("rate_by_due", "rate_now"))
    return f"应达 {wording.share(row['share'])}，当日 {by_due}，现在 {now}"


def _matrix_tip(row: Row, labels: Mapping[str, str]) -> tuple[str, ...]:
    counts = "、".join(f"{STATUSES[s].text} {int(row[s])} 家" for s in COUNTED if row[s]) or "无单位"
    return (
        f"{labels[str(row['group'])]} {wording.as_day(row['due_on'])}",
        _rates(row),
        counts,
    )


def institution_grid(frame: pd.DataFrame, *, as_of: date) -> Chart:
    """Institutions × dates with status and days late, in the frame's order.

    Args:
        frame: `milestone_institution` with `institution_name`: the rows to draw (a page shows some forty at a time).
    """
    title = "各单位里程碑"
    days = sorted({wording.as_day(d) for d in frame["due_on"]})
    keys = list(dict.fromkeys(frame["institution_id"]))
    names = dict(zip(frame["institution_id"], frame["institution_name"].astype(str), strict=True))
    order = list(STATUS_SHADES)
    drawn = [
        Cell(
            column=days.index(wording.as_day(row["due_on"])),
            row=keys.index(row["institution_id"]),
            shade=order.index(str(row["status"])),
            text=_grid_text(row),
            tip=(f"{row['institution_name']} {wording.as_day(row['due_on'])}", _done(row)),
        )
        for row in records(frame)
    ]
    counts = frame["status"].value_counts()
    told = "、".join(f"{STATUSES[s].label} {int(counts[s])} 项" for s in STATUSES if s in counts.index)
    return _matrix(
        title, drawn, sentence(title, f"{len(keys)} 家单位，{told or '没有数据'}"), frame,
        {cell.shade for cell in drawn}, columns=_dates(days, as_of),
        rows=[names[k] for k in keys], size=12, row_height=26,
    )  # fmt: skip


def _done(row: Row) -> str:
    required, done = (wording.value(row[c], "patents") for c in ("required", "approved_by_due"))
    return f"{wording.value(row['status'], 'status')}，应完成 {required} 件，当日 {done} 件"


def _grid_text(row: Row) -> str:
    status = STATUSES[str(row["status"])]
    days = row["days_late"]
    if wording.is_null(days) or days == 0:
        return status.text
    return f"{status.symbol} {'晚' if status.code == 'late' else '逾期'} {wording.value(days, 'days')} 天"


def _dates(days: Sequence[date], as_of: date) -> list[str]:
    """Each date with how far off it is, in two lines."""
    return [f"{wording.short_day(day)}\n{wording.days_left(day, as_of)}" for day in days]


def _matrix(
    title: str, drawn: Sequence[Cell], alt: str, frame: pd.DataFrame, used: set[int], *,
    columns: Sequence[str], rows: Sequence[str], size: int, row_height: int, note: str = "",
) -> Chart:  # fmt: skip
    left = min(room(rows), 200)
    classes = list(STATUS_SHADES.values())
    return Chart(
        title=title,
        unit=wording.UNITS["institutions"],
        option=option(
            title,
            wording.UNITS["institutions"],
            alt,
            color=[QUIET],
            grid={"left": left + 6, "right": 6, "top": 42, "bottom": 30},
            xAxis=category_axis(columns, position="top", axisLine={"show": False}, axisLabel={"lineHeight": 16}),
            yAxis=category_axis(
                rows, inverse=True, axisLine={"show": False}, axisLabel={"width": left, "overflow": "break"}
            ),
            visualMap=cells.key(classes, used=used),
            series=[cells.series(drawn, classes, size)],
        ),
        height=len(rows) * row_height + 76,
        alt=alt,
        frame=frame,
        note=note,
    )
