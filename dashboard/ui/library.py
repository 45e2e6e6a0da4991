"""The filters of 资源库, all in the address, and what they ask of the library's metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard import metrics, wording
from dashboard.charts.bars import bars
from dashboard.charts.chart import Chart
from dashboard.charts.library import value_maturity
from dashboard.metrics import Result
from dashboard.ui import address, blocks, markup, presence, states
from dashboard.ui.blocks import Table
from dashboard.ui.data import View, kept
from dashboard.ui.header import city_filter
from dashboard.ui.markup import Look

STAGES = {
    "approved": "已入库", "listed": "已入转化资源库", "unlisted": "已入库，未进资源库", "recorded": "已建档，未入库",
    "none": "未建档", "all": "全部进度",
}  # fmt: skip
STAGE_WORDS = {"listed": "已入资源库", "approved": "已入库", "recorded": "已建档", "none": "未建档"}
CLASSES = {"stock": "存量", "increment": "增量", "other": "其他"}
STARS = {
    "4-5": "4 星及以上", "3-5": "3 星及以上", "5": "5 星", "4": "4 星", "3": "3 星", "2": "2 星", "1": "1 星",
    "0": "未评星",
}  # fmt: skip
UNFILLED = "未填"
POOLS = ("portfolio_name", "kind", "field", "operator", "licensees", "patents")


@dataclass(frozen=True)
class Asked:
    """What was asked for: parameters of the library's metrics, and the same in words."""

    parameters: Mapping[str, str]
    words: str

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The parameters as a plain value, for what is kept by them."""
        return tuple(sorted(self.parameters.items()))


def here(**changes: str | None) -> str:
    """The address of this very view with some of its parameters changed; None takes one out."""
    return markup.address("library", **{**st.query_params.to_dict(), **changes})


def search_box(view: View) -> dict[str, str]:
    """Words, city and institution: the filters beside the title."""
    words = address.words("words", "专利号或名称，词间空格", width=250)
    city = city_filter(view)
    institution = address.choice("institution", "单位", _institutions(view, city), "全部单位", width=170)
    return _given(words=words, city=city, institution=institution)


def narrowing(view: View) -> dict[str, str]:
    """The other filters, in a row of their own."""
    high = view.policy.maturity_high_from
    levels = {level: level for level in view.policy.maturity_levels}
    pools = _pool_names(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        stage = address.select("stage", "进度", list(STAGES), "approved", text=STAGES.__getitem__, width=155)
        chosen = {
            "class": address.choice("class", "类别", CLASSES, "全部类别", width=110),
            "field": address.choice("field", "技术领域", _fields(view), "全部领域", width=145),
            "stars": address.choice("stars", "价值星级", STARS, "全部星级", width=120),
            "maturity": address.choice(
                "maturity", "技术成熟度", {"high": f"高（{high}及以上）", **levels, UNFILLED: UNFILLED}, "全部成熟度",
                width=140,
            ),
            "route": address.choice("route", "推广路径", routes(view), "全部路径", width=155),
        }  # fmt: skip
        if pools:
            chosen["portfolio"] = address.choice("portfolio", "专利池或组合", pools, "全部组合", width=140)
    return {"stage": stage, **_given(**chosen)}


def told(view: View, parameters: Mapping[str, str]) -> Asked:
    """The filters with what they say in words: `进度：已入库；单位：苏州大学`."""
    known = {
        "city": {c.code: c.name for c in view.policy.cities}, "institution": _institutions(view, None),
        "stage": STAGES, "class": CLASSES, "stars": STARS, "route": routes(view), "maturity": {"high": "高"},
    }  # fmt: skip
    labels = {name: p.label for name, p in metrics.definition("library_search").parameters.items()}
    said = [f"{labels[name]}：{known.get(name, {}).get(value, value)}" for name, value in parameters.items()]
    return Asked(parameters, "；".join(said))


@kept
def routes(view: View) -> dict[str, str]:
    """The plan's routes with their labels."""
    frame = view.ask("routes").frame
    return dict(zip(frame["route"], frame["label"], strict=True))


def row_words(view: View) -> dict[str, Mapping[str, str]]:
    """Words for the codes in the library's rows, by column."""
    return {"stage": STAGE_WORDS, "class": CLASSES, "route": routes(view)}


def matrix(view: View, asked: Asked) -> Result:
    """Hits by stars and maturity."""
    return view.ask("library_matrix", **asked.parameters)


@kept
def matrix_chart(view: View, asked: tuple[tuple[str, str], ...]) -> Chart:
    """Hits by stars and maturity; `asked` is the key of what was asked for."""
    plan = view.policy
    return value_maturity(
        view.ask("library_matrix", **dict(asked)).frame,
        maturities=plan.maturity_levels,
        high_from=plan.maturity_high_from,
        pool_stars=plan.pool_stars,
    )


def summary(view: View, found: Result) -> str:
    """How many hits, what they are, and how many of them are both valuable and mature, as markup."""
    frame, plan = found.frame, view.policy
    patents, stock, listed = (wording.value(frame[c].sum(), "patents") for c in ("patents", "stock", "listed"))
    high = plan.maturity_levels[plan.maturity_levels.index(plan.maturity_high_from) :]
    best = frame[(frame["stars"] >= plan.pool_stars) & frame["maturity"].isin(high)]["patents"].sum()
    ready = f"{plan.pool_stars} 星及以上且成熟度高的 {wording.value(best, 'patents')} 件"
    link = markup.link(ready, here(stars=f"{plan.pool_stars}-5", maturity="high", at=None)) if best else ready
    said = f"<span>符合条件 <b>{patents}</b> 件，其中存量 {stock} 件，已入转化资源库 {listed} 件；{link}。</span>"
    return f'<div class="zl-line">{said}</div>'


@kept
def route_chart(view: View, city: str | None) -> Chart:
    """Listed stock patents by the plan's routes, of a city or the province."""
    frame = view.ask("routes_city" if city else "routes").frame
    frame = frame[frame["city_code"] == city] if city else frame
    where = {c.code: c.name for c in view.policy.cities}[city] if city else "全省"
    texts = [
        f"{wording.value(n, 'patents')}（{wording.value(s, 'rate')}）"
        for n, s in zip(frame["patents"], frame["share"], strict=True)
    ]
    return bars(
        frame, title=f"推广路径（{where}，已入转化资源库的存量）", name="label", value="patents", unit="patents",
        texts=texts, sort=False, note="每件只归第一个符合的路径。",
    )  # fmt: skip


def pools(view: View) -> None:
    """专利池与专利组合, each leading to its patents."""
    if presence.lacks(view, "portfolios"):
        return
    if not _pool_names(view):
        states.empty("没有登记专利池或专利组合。")
        return
    blocks.table(view, _pools(view), "portfolios", key="pools")


@kept
def _pools(view: View) -> Table:
    result = view.ask("portfolios")
    frame = result.frame.sort_values(["patents", "portfolio_id"], ascending=[False, True])
    look = Look(
        height=260,
        links={"portfolio_name": lambda row: markup.address(
            "library", snapshot=str(view.as_of), portfolio=row["portfolio_id"], stage=address.ALL
        )},
    )  # fmt: skip
    return blocks.tabulate(
        view, frame, [result.definition.column(c) for c in POOLS], whole_columns=result.definition.columns,
        title=f"专利池与专利组合（{len(frame)} 个）", look=look, says="点名称看其中的专利。",
    )  # fmt: skip


def pilots(view: View) -> None:
    """概念验证 to 熟化, by stage."""
    if not presence.lacks(view, "pilots"):
        blocks.table(view, _pilots(view), "pilots_stage", key="pilots")


@kept
def _pilots(view: View) -> Table:
    result = view.ask("pilots_stage")
    return blocks.tabulate(view, result.frame, result.definition.columns, title="二次开发与中试熟化（全省）")


@kept
def _pool_names(view: View) -> dict[str, str]:
    frame = view.ask("portfolios").frame
    return dict(zip(frame["portfolio_id"], frame["portfolio_name"], strict=True))


@kept
def _fields(view: View) -> dict[str, str]:
    return {field: field for field in view.ask("library_fields").frame["field"]}


@kept
def _institutions(view: View, city: str | None) -> dict[str, str]:
    frame = view.ask("inventory_institution").frame
    own = frame[frame["city_code"] == city] if city else frame
    return dict(zip(own["institution_id"], own["institution_name"], strict=True))


def _given(**chosen: str | None) -> dict[str, str]:
    return {name: value for name, value in chosen.items() if value}
