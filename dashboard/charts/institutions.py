"""Which institutions move the figure, and one institution's profile."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard import wording
from dashboard.charts.bars import bars, grouped
from dashboard.charts.chart import (
    SIZE,
    Chart,
    Option,
    Row,
    option,
    plain,
    plotted,
    records,
    sentence,
    tip,
    value_axis,
)
from dashboard.charts.curves import quiet
from dashboard.wording import INK, INK_SOFT, PAPER, STATUSES

if TYPE_CHECKING:
    import plotly.graph_objects as go

LABELLED = 6
NAME_CHARACTERS = 7
"""Characters of a name in one line beside its mark."""
PLOTLY_MARKS: Mapping[str, str] = {
    "met": "circle", "late": "diamond", "missed": "triangle-up", "open": "circle-open",
}  # fmt: skip


def stock_scatter(frame: pd.DataFrame, *, highlight: str | None = None, title: str = "存量规模与盘点率") -> Chart:
    """Stock (logarithmic) against rate; the larger a mark, the more patents are missing; its shape is the status.

    Args:
        frame: `inventory_institution`; institutions without stock are left out.
        highlight: an `institution_id` to be named whatever its gap. The figure's points carry `institution_id`
            as customdata, for selection.
    """
    shown = frame[frame["stock"] > 0].sort_values("gap", ascending=False, kind="stable")
    rows = records(shown)
    largest = max((int(row["gap"]) for row in rows), default=0)
    named = {str(row["institution_id"]) for row in rows[:LABELLED] if row["gap"] > 0} | {str(highlight)}
    kinds = [code for code in STATUSES if any(row["status"] == code for row in rows)]
    series = [_points(code, [r for r in rows if r["status"] == code], largest, named) for code in kinds]
    worst = "、".join(
        f"{row['institution_name']}缺 {wording.value(row['gap'], 'patents')} 件" for row in rows[:3] if row["gap"] > 0
    )
    alt = sentence(title, f"{len(rows)} 家单位", f"缺口最大的是{worst}" if worst else "没有缺口")
    stock = {"type": "log", "logBase": 10, "name": "存量（件，对数刻度）", "nameLocation": "middle", "nameGap": 26}
    return Chart(
        title=title,
        unit="%",
        option=option(
            title, "%", alt,
            legend={"top": 0, "left": 0, "itemWidth": 12, "itemHeight": 12, "textStyle": {"color": INK}},
            grid={"left": 48, "right": 108, "top": 58, "bottom": 44},
            xAxis={**value_axis(), **stock, "min": 1, "nameTextStyle": {"color": INK_SOFT}},
            yAxis=value_axis("rate", min=0, max=100, name="盘点率", nameTextStyle={"color": INK_SOFT}),
            series=series,
        ),
        height=440, alt=alt, frame=frame, explore=lambda: _scatter_figure(rows, kinds, largest),
        note="标记越大，离应完成数越远；存量为 0 的单位不在图中。",
    )  # fmt: skip


def _size(gap: Any, largest: int) -> float:
    """Diameter: its area grows with the gap."""
    return 7 + 25 * math.sqrt(float(gap) / largest) if largest else 7.0


def _points(code: str, rows: Sequence[Row], largest: int, named: set[str]) -> Option:
    status = STATUSES[code]
    names = [str(row["institution_name"]) if str(row["institution_id"]) in named else "" for row in rows]
    return {
        "type": "scatter", "name": f"{status.label} {len(rows)} 家", "symbol": status.mark,
        "itemStyle": {"color": status.colour, "opacity": 0.75},
        "labelLayout": {"hideOverlap": True},
        "data": [
            {
                "value": [int(row["stock"]), plotted(row["inventory_rate"], "rate")],
                "symbolSize": _size(row["gap"], largest),
                "label": {
                    "show": bool(name), "formatter": plain(name), "position": "right", "color": INK,
                    "fontSize": SIZE - 1, "textBorderColor": PAPER, "textBorderWidth": 2, **_folded(name),
                },
                "tooltip": tip(*_told(row)),
            }
            for row, name in zip(rows, names, strict=True)
        ],
    }  # fmt: skip


def _folded(name: str) -> Option:
    """What breaks a long name over lines, so that it has room beside a mark at the end of the axis."""
    wide = NAME_CHARACTERS * (SIZE - 1)
    is_long = wording.width(name) > 2 * NAME_CHARACTERS
    return {"width": wide, "overflow": "break", "lineHeight": SIZE + 2} if is_long else {}


def _told(row: Row) -> tuple[str, ...]:
    return (
        str(row["institution_name"]),
        f"存量 {wording.value(row['stock'], 'patents')} 件，盘点率 {wording.value(row['inventory_rate'], 'rate')}",
        f"{wording.value(row['status'], 'status')}，差 {wording.value(row['gap'], 'patents')} 件",
    )


def _scatter_figure(rows: Sequence[Row], kinds: Sequence[str], largest: int) -> go.Figure:
    import plotly.graph_objects as go

    figure = go.Figure()
    for code in kinds:
        mine = [row for row in rows if row["status"] == code]
        figure.add_scatter(
            x=[row["stock"] for row in mine], y=[row["inventory_rate"] for row in mine], mode="markers",
            name=STATUSES[code].label, text=[str(row["institution_name"]).replace("<", "＜") for row in mine],
            customdata=[[row["institution_id"], row["gap"]] for row in mine],
            marker={"color": STATUSES[code].colour, "symbol": PLOTLY_MARKS.get(code, "x"), "opacity": 0.8,
                    "size": [_size(row["gap"], largest) for row in mine]},
            hovertemplate="%{text}<br>存量 %{x:,} 件，盘点率 %{y:.1%}<br>差 %{customdata[1]:,} 件<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(type="log", title="存量（件，对数刻度）", gridcolor="#EDF0F3", tickformat=",", dtick=1)
    figure.update_yaxes(range=[-0.04, 1.06], tickformat=".0%", title="盘点率", gridcolor="#EDF0F3", zeroline=False)
    return quiet(figure, height=440).update_layout(
        showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}, margin={"b": 48}
    )


def funnel(frame: pd.DataFrame, *, title: str) -> Chart:
    """The stages as bars in their order, each with its share of the stock and of the stage before.

    Args:
        frame: `funnel`: `label`, `patents`, `share_of_first`, `share_of_previous`.
    """
    texts = [_stage(row) for row in records(frame)]
    return bars(
        frame, title=title, name="label", value="patents", unit="patents", texts=texts, sort=False,
        note="转让许可备案、产品备案不以前一步为前提，只算占存量的比例。",
    )  # fmt: skip


def _stage(row: Row) -> str:
    shares = (
        [] if wording.is_null(row["share_of_first"]) else [f"占存量 {wording.value(row['share_of_first'], 'rate')}"]
    )
    if not wording.is_null(row["share_of_previous"]):
        shares.append(f"占上一步 {wording.value(row['share_of_previous'], 'rate')}")
    return wording.value(row["patents"], "patents") + (f"（{'，'.join(shares)}）" if shares else "")


def star_bars(frame: pd.DataFrame, *, title: str = "专利星级") -> Chart:
    """Approved stock by stars, five on top; `frame`: `stars` (0 is without any), `patents`, `share`."""
    shown = frame.sort_values("stars", ascending=False, kind="stable")
    shown = shown.assign(stars_label=["未评星" if s == 0 else f"{int(s)} 星" for s in shown["stars"]])
    texts = [f"{wording.value(r['patents'], 'patents')}（{wording.value(r['share'], 'rate')}）" for r in records(shown)]
    return bars(shown, title=title, name="stars_label", value="patents", unit="patents", texts=texts, sort=False)


def field_bars(frame: pd.DataFrame, *, title: str = "技术领域", top: int = 12) -> Chart:
    """Stock and approved of the fields with most patents; `frame`: `field_profile`."""
    shown = frame.sort_values("patents", ascending=False, kind="stable").head(top)
    left_out = len(frame) - len(shown)
    return grouped(
        shown, title=title, name="field", columns={"patents": "存量", "approved": "已盘点"}, unit="patents",
        note=f"只列件数最多的 {top} 个领域，其余 {left_out} 个未列。" if left_out else "",
    )  # fmt: skip


def filing_bars(frame: pd.DataFrame, *, title: str = "转让许可") -> Chart:
    """Filings by kind; `frame`: `kind`, `patents` (several rows of a kind, as by month, are added)."""
    kinds = [*wording.TRANSFERS, *wording.LICENCES]
    added = frame.groupby("kind", sort=False)["patents"].sum()
    shown = added.reindex([k for k in kinds if k in added.index]).rename_axis("kind").reset_index()
    return bars(
        shown, title=title, name="kind", value="patents",
        unit="patents", sort=False,
    )  # fmt: skip
