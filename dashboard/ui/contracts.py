"""转让许可: the year's figures, who filed, what is not on record, and what became of the patents."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import metrics, wording
from dashboard.charts.chart import Chart
from dashboard.charts.filings import flow_bars, month_columns, side_bars
from dashboard.charts.trends import lines
from dashboard.metrics import Column
from dashboard.ui import address, blocks, presence, states, totals, whose
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.export import Rows
from dashboard.ui.figures import first
from dashboard.ui.headline import Figure
from dashboard.ui.links import to_institution
from dashboard.ui.markup import Look

COUNTS = {"patents": "按件", "times": "按件次", "contracts": "按合同"}
LISTS = {"institutions": "各单位", "unregistered": "未备案合同", "unreported": "未反馈平台合同", "flow": "流向明细"}
KEYS = {"institutions": "institutions", "unregistered": "unregistered", "unreported": "unreported", "flow": "flows"}
PAGE = 20
POINTS = 12
"""Snapshots on the chart of rates; of more, the last of each month is drawn."""

CITY = ("rank", "city_name", "patents", "previous_year_patents", "yoy", "open_licence_patents", "amount",
        "unregistered", "unreported")  # fmt: skip
INSTITUTION = ("rank", "institution_name", "city_name", "transfer_{0}", "licence_{0}", "patents", "yoy", "amount",
               "unregistered", "unreported")  # fmt: skip
UNREGISTERED = ("institution_name", "city_name", "filing_no", "kind", "recipient", "times", "effective_on", "days")
UNREPORTED = ("institution_name", "city_name", "filing_no", "kind", "recipient", "times", "registered_on", "days")
FLOW = ("city_name", "recipient_province", "recipient_city", "patents", "amount")
CONVERSION = ("city_name", "approved", "implemented", "implementation_rate", "industrialised", "industrialisation_rate",
              "product_patents", "products", "recognised_products", "sales")  # fmt: skip
AS_OF = Column(name="as_of", label="快照日期", unit="date")
COUNTED = "两率按盘点填报逐件计，分母为已入库专利（含增量）；与抽样调查公布的口径不同，不宜并列。"


@kept
def figures(view: View, year: int, count: str) -> tuple[Figure, ...]:
    """All of the year, transfers, licences, and what is not on record."""
    whole = first(view.ask("filings_province", year=year))
    row = first(view.ask("filings_total", year=year))
    others = "，".join(
        f"{wording.value(whole[c], c, with_unit=True)}" for c in ("contracts", "times", "patents") if c != count
    )
    yoy = wording.value(row["yoy"], "rate", signed=True)
    return (
        totals.count(view, "filings_province", count, "filings_city", year=year, label=f"{year} 年转让许可",
                     note=f"件数同比 {yoy}" if count == "patents" else others),
        totals.count(view, "filings_total", f"transfer_{count}", year=year, note="转让与作价入股"),
        totals.count(view, "filings_total", f"licence_{count}", year=year,
                     note=f"其中开放许可 {wording.value(row['open_licence_patents'], 'patents', with_unit=True)}"),
        totals.count(view, "filings_total", "unregistered", "filings_unregistered", year=year,
                     note="各年合计，见下方名单"),
        totals.count(view, "filings_total", "unreported", "filings_unreported", year=year,
                     note=f"占当年备案件次 {wording.value(row['unreported_share'], 'rate')}"),
    )  # fmt: skip


@kept
def months(view: View, year: int, count: str) -> Chart:
    """By month and kind, beside the year before."""
    now, before = view.ask("filings_month", year=year), view.ask("filings_month", year=year - 1)
    lag = view.policy.licence_lag_months
    return month_columns(now.frame, before.frame, value=count, as_of=view.as_of, year=year, lag=lag)


@kept
def sides(view: View, year: int, count: str) -> Chart:
    """Transfers and licences of each city."""
    return side_bars(view.ask("filings_city", year=year).frame, value=count)


@kept
def cities(view: View, year: int, city: str | None) -> Table:
    """The cities' table, by the number of patents."""
    found = view.ask("filings_city", year=year)
    return blocks.tabulate(
        view, found.frame.sort_values(["rank", "city_code"], na_position="last"),
        [found.definition.column(c) for c in CITY], title="各市转让许可与备案",
        look=Look(stress=lambda row: row["city_code"] == city),
        says="跨市合同的金额在各市全额计入，各市相加可以大于全省；未备案不分年份，未反馈平台为当年备案的。",
    )  # fmt: skip


def flow(view: View, year: int) -> None:
    """Where each city's patents went: the same city, elsewhere in the province, outside."""
    drawn = _flow(view, year)
    if drawn.frame.empty:
        blocks.heading(drawn.title)
        states.empty(f"{year} 年还没有登记备案的转让许可。", "请改选年份。")
        return
    blocks.chart(view, drawn, "filings_flow", key="flow")


@kept
def _flow(view: View, year: int) -> Chart:
    return flow_bars(view.ask("filings_flow", year=year).frame, province=view.policy.province.name)


def lists(view: View, year: int, count: str, city: str | None) -> None:
    """One of the long lists, chosen by the address, a page at a time."""
    which = address.segments("list", "名单", list(LISTS), "institutions", text=LISTS.__getitem__)
    found = _held(view, which, year, city, 1)[1]
    name, title, *_ = _listed(which, year)
    if not found:
        blocks.heading(title)
        whose.none(view, None if which == "flow" else city, "所选范围内没有记录。")
        return
    at, pages = f"page_{KEYS[which]}", address.pages(found, PAGE)
    made = _list(view, which, year, count, city, address.page_number(at, pages))
    blocks.table(view, made, name, key=KEYS[which])
    address.page_switch(at, pages)


@kept
def _list(view: View, which: str, year: int, count: str, city: str | None, number: int) -> Table:
    name, title, shown, says = _listed(which, year)
    frame, found, whole = _held(view, which, year, city, number)
    definition = metrics.definition(name)
    return blocks.tabulate(
        view, frame, [definition.column(c.format(count)) for c in shown], title=f"{title}（{found:,} 条）", says=says,
        whole=whole, look=Look(height=420, links={"institution_name": to_institution(view)}),
    )  # fmt: skip


def _listed(which: str, year: int) -> tuple[str, str, tuple[str, ...], str]:
    """The metric of a list, its title, the columns to show, and a sentence."""
    match which:
        case "unregistered":
            return ("filings_unregistered", "未备案合同", UNREGISTERED,
                    "许可合同可在生效后三个月内备案，生效不足三个月的不算拖延。")  # fmt: skip
        case "unreported":
            return "filings_unreported", f"{year} 年备案未反馈平台的合同", UNREPORTED, ""
        case "flow":
            return ("filings_flow", "转让许可流向明细", FLOW,
                    "受让方所在省、市照备案表所写；一份合同有几个去向时金额在各处全额计入。")  # fmt: skip
        case _:
            return "filings_institution", "各单位转让许可", INSTITUTION, ""


def _held(view: View, which: str, year: int, city: str | None, number: int) -> tuple[pd.DataFrame, int, Rows]:
    """A page of a list, how long it is, and all of it: contracts are cut in the engine, the others are short."""
    name, *_ = _listed(which, year)
    if which in ("unregistered", "unreported"):
        asked = {"city": city, **({"year": year} if which == "unreported" else {})}
        result, found = view.page(name, PAGE, number, **asked)
        return result.frame, found, view.whole(name, **asked)
    frame = view.ask(name, year=year).frame
    if which == "flow":
        frame = frame.sort_values("patents", ascending=False, kind="stable")
    else:
        frame = frame[(frame["patents"] > 0) | (frame["unregistered"] > 0)]
    held = frame if city is None else frame[frame["city_code"] == city]
    return address.cut(held, PAGE, number), len(held), held


def conversion(view: View, city: str | None) -> None:
    """实施率 and 产业化率 over the snapshots, and by city with their denominators; products on file."""
    left, right = st.columns([3, 7], gap="medium")
    with left:
        columns = [AS_OF, *metrics.definition("conversion_province").columns]
        blocks.chart(view, _courses(view), "conversion_province", key="rates", columns=columns)
        presence.lacks(view, "products")
    with right:
        blocks.table(view, _conversion(view, city), "conversion_city", key="conversion")


@kept
def _courses(view: View) -> Chart:
    definition, course = metrics.definition("conversion_province"), rates(view)
    labels = {c: definition.column(c).label for c in ("implementation_rate", "industrialisation_rate")}
    return lines(course, title="全省实施率与产业化率走势", columns=labels, unit="rate", note=_goal(view, course))


@kept
def _conversion(view: View, city: str | None) -> Table:
    found = view.ask("conversion_city")
    return blocks.tabulate(
        view, found.frame.sort_values("implementation_rate", ascending=False, kind="stable", na_position="last"),
        [found.definition.column(c) for c in CONVERSION], title="各市实施、产业化与产品备案", says=COUNTED,
        look=Look(
            bars=frozenset({"implementation_rate", "industrialisation_rate"}),
            stress=lambda row: row["city_code"] == city,
        ),
    )  # fmt: skip


def rates(view: View) -> pd.DataFrame:
    """`conversion_province` of the snapshots up to this one with `as_of`: all of a few, else the last of each month."""
    views = list(view.earlier(10 * POINTS))
    if len(views) > POINTS:
        last = {(v.as_of.year, v.as_of.month): v for v in views}
        views = list(last.values())[-2 * POINTS :]
    frames = [v.ask("conversion_province").frame.assign(as_of=pd.Timestamp(v.as_of)) for v in views]
    return pd.concat(frames, ignore_index=True)


def _goal(view: View, course: pd.DataFrame) -> str:
    """What the plan asks of the rates, with the denominators of the first and the last point."""
    first_on, last_on = (wording.value(course[c].iloc[i], "patents") for c, i in (("approved", 0), ("approved", -1)))
    goal = view.policy.goals[-1]
    base = f" {last_on} 件" if len(course) == 1 else f"，由 {first_on} 件变为 {last_on} 件，入库快时两率会被摊薄"
    asked = f"{goal.due_on} 目标：{goal.quote.split('，')[-1]}（{goal.note}）。"
    return f"分母为已入库专利{base}。{asked}"
