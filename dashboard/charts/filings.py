"""What was transferred and licensed: months by kind, and where it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    Row,
    category_axis,
    end_of_stack,
    ends,
    option,
    plain,
    plotted,
    records,
    room,
    sentence,
    tip,
    value_axis,
)
from dashboard.wording import ACCENT, BAND, INK, INK_SOFT, PAPER, QUIET

COLUMNS = 3
PANEL = 150
WORDS = {"contracts": "合同数", "times": "件次", "patents": "件数"}
OVERLAP = {
    "contracts": "跨市的合同在各市各计一次，兼有转让和许可的两边各计一次，相加可以大于全省。",
    "times": "件次为备案的行数，一件专利许可几次计几次。",
    "patents": "同一专利在几个市、既转让又许可的，各处各计一次，相加可以大于全省。",
}
PLACES = ("同市", "省内他市", "省外", "未填")
TONES = (ACCENT, "#7FABD0", "#D9BD8B", "#E1E4E8")


def month_columns(
    frame: pd.DataFrame, last_year: pd.DataFrame, *, value: str, as_of: date, year: int, lag: int
) -> Chart:
    """Columns by month of each kind, this year and the year before, a panel per kind.

    Args:
        frame, last_year: `filings_month` of `year` and of the year before: `month` (YYYY-MM), `kind`, `value`.
        value: `contracts`, `times` or `patents`: what is counted.
        lag: months by which licences reach the record late; that many up to the as-of date are shaded.
    """
    words = WORDS[value]
    title = f"各月转让许可{words}"
    order = (*wording.TRANSFERS, *wording.LICENCES)
    seen = set(frame["kind"]) | set(last_year["kind"])
    kinds = [k for k in order if k in seen] + sorted(seen - set(order))
    now, before = _by_month(frame, value), _by_month(last_year, value)
    months = _open_months(as_of, year, lag)
    rows = -(-len(kinds) // COLUMNS)
    height = max(rows, 1) * PANEL + 34
    panels = [_panel(i, height) for i in range(len(kinds))]
    totals = [
        f"{kind} {sum(now.get(kind, {}).values())}（上年全年 {sum(before.get(kind, {}).values())}）" for kind in kinds
    ]
    alt = sentence(f"{year} 年{title}", *(totals or ["没有记录"]))
    axes = value_axis(min=0, splitNumber=3, minInterval=1, boundaryGap=[0, "20%"])
    return Chart(
        title=title,
        unit=wording.UNITS[value],
        option=option(
            title, wording.UNITS[value], alt,
            headings=[_heading(kind, panel) for kind, panel in zip(kinds, panels, strict=True)],
            legend={"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 10, "data": [f"{year} 年", f"{year - 1} 年"]},
            grid=panels,
            xAxis=[category_axis([str(m) for m in range(1, 13)], gridIndex=i) for i in range(len(kinds))],
            yAxis=[{**axes, "gridIndex": i} for i in range(len(kinds))],
            series=[
                part
                for i, kind in enumerate(kinds)
                for part in _columns(kind, i, now, before, year, words, months if kind in wording.LICENCES else ())
            ],
        ),
        height=height,
        alt=alt,
        frame=pd.concat([last_year, frame], ignore_index=True),
        note=f"许可合同备案一般滞后约 {lag} 个月，浅色底的月份尚不完整，不宜与上年同月直接相比。" if months else "",
    )  # fmt: skip


def _by_month(frame: pd.DataFrame, value: str) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in records(frame):
        by_month = found.setdefault(str(row["kind"]), {})
        month = int(str(row["month"])[5:7])
        by_month[month] = by_month.get(month, 0) + int(row[value])
    return found


def _open_months(as_of: date, year: int, lag: int) -> Sequence[int]:
    """Months of `year` among the last `lag` up to the as-of date."""
    last = as_of.year * 12 + as_of.month - 1
    return [m for y, m in ((i // 12, i % 12 + 1) for i in range(last - lag + 1, last + 1)) if y == year]


def _panel(i: int, height: int) -> Option:
    row, column = divmod(i, COLUMNS)
    return {
        "left": f"{column * 100 / COLUMNS + 4.5:.1f}%",
        "width": f"{100 / COLUMNS - 6:.1f}%",
        "top": 34 + row * PANEL + 26,
        "height": PANEL - 56,
    }


def _heading(kind: str, panel: Option) -> Option:
    return {
        "text": plain(kind), "left": panel["left"], "top": panel["top"] - 24,
        "textStyle": {"fontSize": SIZE + 1, "color": INK},
    }  # fmt: skip


def _columns(
    kind: str, i: int, now: Mapping[str, Mapping[int, int]], before: Mapping[str, Mapping[int, int]], year: int,
    words: str, shaded: Sequence[int],
) -> list[Option]:  # fmt: skip
    def column(of: int, counts: Mapping[int, int], colour: str) -> Option:
        return {
            "type": "bar", "name": f"{of} 年", "xAxisIndex": i, "yAxisIndex": i,
            "barGap": "0%", "barCategoryGap": "30%",
            "itemStyle": {"color": colour},
            "data": [
                {"value": counts.get(m), "tooltip": tip(f"{kind} {of}-{m:02d}", f"{words} {counts.get(m, 0):,}")}
                for m in range(1, 13)
            ],
        }  # fmt: skip

    this, last = column(year, now.get(kind, {}), ACCENT), column(year - 1, before.get(kind, {}), QUIET)
    if shaded:
        this["markArea"] = {
            "silent": True, "itemStyle": {"color": BAND},
            "label": {"show": True, "position": "insideTop", "color": INK_SOFT, "fontSize": 10},
            "data": [[{"name": "备案滞后", "xAxis": str(shaded[0])}, {"xAxis": str(shaded[-1])}]],
        }  # fmt: skip
    return [last, this]


def side_bars(frame: pd.DataFrame, *, value: str) -> Chart:
    """What each city transferred and licensed, as the two parts of its bar, most on top.

    Args:
        frame: `filings_city`: `city_name`, `transfer_…` and `licence_…` of `value`.
        value: `contracts`, `times` or `patents`: what is counted.
    """
    title = f"各市转让与许可{WORDS[value]}"
    columns = {f"transfer_{value}": "转让", f"licence_{value}": "许可"}
    table = frame.assign(_all=frame[list(columns)].sum(axis=1, min_count=1))
    rows = records(table.sort_values("_all", ascending=False, kind="stable", na_position="last"))
    names = [str(row["city_name"]) for row in rows]
    said = [" / ".join(wording.value(row[c], value) for c in columns) for row in rows]
    given = records(frame)
    alt = sentence(title, *(f"{words}{ends(given, 'city_name', c, value)}" for c, words in columns.items()))
    widest = max((float(row["_all"]) for row in rows if not wording.is_null(row["_all"])), default=1.0) or 1.0
    series: list[Option] = [
        {
            "type": "bar", "stack": "sides", "name": words, "barWidth": "62%",
            "itemStyle": {"color": TONES[i], "borderColor": PAPER, "borderWidth": 1},
            "data": [
                {"value": plotted(row[c], value) or 0,
                 "tooltip": tip(str(row["city_name"]), f"{words} {wording.value(row[c], value, with_unit=True)}")}
                for row in rows
            ],
        }
        for i, (c, words) in enumerate(columns.items())
    ]  # fmt: skip
    series.append(end_of_stack("sides", said))
    return Chart(
        title=title,
        unit=wording.UNITS[value],
        option=option(
            title,
            wording.UNITS[value],
            alt,
            legend={"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 10, "data": list(columns.values())},
            grid={"left": room(names) + 6, "right": room(said) + 10, "top": 26, "bottom": 4},
            xAxis=value_axis(show=False, min=0, max=widest),
            yAxis=category_axis(names, inverse=True, axisLine={"show": False}),
            series=series,
        ),
        height=max(len(rows), 1) * 22 + 34,
        alt=alt,
        frame=frame,
        note=OVERLAP[value],
    )


def flow_bars(frame: pd.DataFrame, *, province: str) -> Chart:
    """Where each city's patents went, as parts of its bar: same city, elsewhere in the province, outside, not stated.

    Args:
        frame: `filings_flow`: `city_name`, `recipient_province`, `recipient_city`, `patents`.
        province: the province's full name, as recipients write it.
    """
    title = "转让许可去向"
    table = flow_places(frame, province)
    totals = table[list(PLACES)].sum(axis=1)
    table = table.assign(total=totals).sort_values("total", ascending=False, kind="stable")
    rows = records(table)
    names = [str(row["city_name"]) for row in rows]
    said = [wording.value(row["total"], "patents") for row in rows]
    whole = int(table["total"].sum()) if rows else 0
    alt = sentence(title, *(f"{p} {_share(table[p].sum(), whole)}" for p in PLACES) if whole else ("没有记录",))
    widest = max((int(row["total"]) for row in rows), default=1)
    series = [_part(place, TONES[i], i, rows, widest) for i, place in enumerate(PLACES)]
    series.append(end_of_stack("flow", said))
    return Chart(
        title=title,
        unit=wording.UNITS["patents"],
        option=option(
            title,
            wording.UNITS["patents"],
            alt,
            legend={"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 10, "data": list(PLACES)},
            grid={"left": room(names) + 6, "right": room(said) + 10, "top": 30, "bottom": 6},
            xAxis=value_axis(show=False, min=0, max=widest),
            yAxis=category_axis(names, inverse=True, axisLine={"show": False}),
            series=series,
        ),
        height=max(len(rows), 1) * 26 + 40,
        alt=alt,
        frame=frame,
        note="按转出单位所在市统计；一件专利有几个去向时各计一次。",
    )


def flow_places(frame: pd.DataFrame, province: str) -> pd.DataFrame:
    """Patents by city and kind of place: a row per `city_name`, a column per `PLACES`."""
    where = [_place(row, province) for row in records(frame)]
    counted = frame.assign(place=where).pivot_table(
        index="city_name", columns="place", values="patents", aggfunc="sum", fill_value=0, sort=False, observed=True
    )
    return counted.reindex(columns=list(PLACES), fill_value=0).reset_index()


def _place(row: Row, province: str) -> str:
    if row["recipient_city"] == row["city_name"]:
        return PLACES[0]
    if row["recipient_province"] == province:
        return PLACES[1]
    return PLACES[3] if row["recipient_province"] == "未填" else PLACES[2]


def _part(place: str, colour: str, i: int, rows: Sequence[Row], widest: int) -> Option:
    return {
        "type": "bar", "stack": "flow", "name": place, "barWidth": "66%",
        "itemStyle": {"color": colour, "borderColor": PAPER, "borderWidth": 1},
        "data": [
            {
                "value": int(row[place]),
                "label": {"show": int(row[place]) >= widest * 0.06, "formatter": wording.value(row[place], "patents"),
                          "color": PAPER if i == 0 else INK, "fontSize": SIZE - 1},
                "tooltip": tip(f"{row['city_name']} → {place}",
                               f"{wording.value(row[place], 'patents')} 件，占 {_share(row[place], row['total'])}"),
            }
            for row in rows
        ],
    }  # fmt: skip


def _share(part: Any, whole: Any) -> str:
    return wording.value(float(part) / float(whole) if whole else None, "rate")
