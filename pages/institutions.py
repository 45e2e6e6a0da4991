"""高校院所: which institutions move the figure; one institution's profile."""

import streamlit as st

from dashboard import wording
from dashboard.charts.institutions import stock_scatter
from dashboard.ui import address, blocks, states
from dashboard.ui.header import city_filter, open_page
from dashboard.ui.links import to_institution
from dashboard.ui.markup import Look
from dashboard.ui.milestone_rows import narrowed
from dashboard.ui.profile import profile

PAGE = 50
SORTS = {"gap": "按还差件数", "inventory_rate": "按盘点率", "stock": "按存量", "approved_change": "按本期新增"}
SHOWN = ("institution_name", "city_name", "group", "stock", "inventory_rate", "gap", "approved_change", "status")

view, bar = open_page("institutions")
result = view.ask("inventory_institution")
names = dict(zip(result.frame["institution_id"], result.frame["institution_name"], strict=True))
with bar:
    chosen = address.select(
        "institution", "单位", ["all", *names], "all", text=lambda i: names.get(i, "全部单位"), width=230
    )
    city = city_filter(view)

if chosen != "all":
    profile(view, chosen)
    st.stop()

labels = {group.code: group.label for group in view.policy.groups}
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    slot = st.container(width="stretch")
    group = address.select(
        "group", "组别", ["all", *labels], "all", text=lambda g: labels.get(g, "全部组别"), width=210
    )
    sort = address.select("sort", "排序", list(SORTS), "gap", text=SORTS.__getitem__, width=130)
    words = address.words("search", "单位名称", width=170)
rows = narrowed(result.frame, None if group == "all" else group, city, None, words)
if rows.empty:
    states.empty("没有符合条件的单位。", "请放宽组别、设区市或名称的条件。")
    st.stop()

held = rows[rows["gap"] > 0].sort_values("gap", ascending=False)
top = held["gap"].head(10).sum() / held["gap"].sum() if len(held) else 0
told = (
    f"还差 {wording.value(held['gap'].sum(), 'patents')} 件，分布在 {len(held)} 家单位，差得最多的 10 家占 {top:.1%}。"
)
slot.html(f'<div class="zl-says">{told if len(held) else "所列单位都已达到当前里程碑。"}</div>')

left, right = st.columns([7, 5], gap="medium")
with right:
    blocks.chart(
        view, stock_scatter(rows), "inventory_institution", key="scatter", columns=result.definition.columns,
        height=500, explore=True,
    )  # fmt: skip
with left:
    ordered = rows.sort_values([sort, "institution_id"], ascending=[False, True], na_position="last")
    pages = -(-len(ordered) // PAGE)
    page = address.page_number("page", pages)
    blocks.table(
        view, ordered.iloc[(page - 1) * PAGE : page * PAGE], [result.definition.column(c) for c in SHOWN],
        "inventory_institution", key="league", title=f"单位排行（{len(ordered)} 家，属地）", whole=ordered,
        look=Look(
            words={"group": {g: g for g in labels}}, bars=frozenset({"inventory_rate"}), height=500,
            links={"institution_name": to_institution(view)},
        ),
    )  # fmt: skip
    address.page_switch("page", pages)
