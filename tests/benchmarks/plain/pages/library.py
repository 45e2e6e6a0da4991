import common
import pandas as pd
import plotly.express as px
import streamlit as st

import data

STAGES = ["已入库", "已入转化资源库", "已入库，未进资源库", "已建档，未入库", "未建档", "全部进度"]
week, words, city = common.top("资源库", ("页大小", [50]), common.CITY)
rows = data.library(week)
columns = st.columns(6)
words = columns[0].text_input("专利号或名称，词间空格")
stage = columns[1].selectbox("进度", STAGES)
field = columns[2].selectbox("技术领域", ["全部领域", *sorted(rows["field"].cat.categories)])
stars = columns[3].selectbox("价值星级", ["全部星级", "4 星及以上", "3 星及以上"])
maturity = columns[4].selectbox("技术成熟度", ["全部成熟度", *data.plan()["maturity_levels"]])
sort = columns[5].selectbox("排序", ["按价值星级", "按授权日期", "按名称"])
recorded = rows["recorded_on"].notna() | rows["is_approved"]
kept = {
    "已入库": rows["is_approved"], "已入转化资源库": rows["is_listed"], "已入库，未进资源库": rows["is_approved"] & ~rows["is_listed"],
    "已建档，未入库": recorded & ~rows["is_approved"], "未建档": ~recorded, "全部进度": pd.Series(True, index=rows.index),
}[stage]  # fmt: skip
for word in words.split():
    kept &= rows["title"].str.contains(word, regex=False) | rows["patent_no"].str.contains(word, regex=False)
if common.code(city):
    kept &= rows["city_code"] == common.code(city)
if field != "全部领域":
    kept &= rows["field"] == field
if stars != "全部星级":
    kept &= rows["stars"] >= int(stars[0])
if maturity != "全部成熟度":
    kept &= rows["maturity"] == maturity
found = rows[kept]
by, ascending = {"按价值星级": ("stars", False), "按授权日期": ("granted_on", False), "按名称": ("title", True)}[sort]
once = found.drop_duplicates("patent_no")
st.caption(
    f"符合条件 {len(once):,} 件，其中存量 {once['is_stock'].sum():,} 件，已入转化资源库 {once['is_listed'].sum():,} 件。"
)
left, right = st.columns([8, 5])
pages = max(1, -(-len(once) // 50))
page = left.number_input("页", 1, pages, 1)
shown = once.sort_values(by, ascending=ascending).iloc[(page - 1) * 50 : page * 50]
left.dataframe(
    shown[["patent_no", "title", "institution_name", "stars", "maturity", "is_listed"]], hide_index=True, height=440
)
matrix = once.groupby(["stars", "maturity"], observed=False).size().unstack(fill_value=0)
right.plotly_chart(
    px.imshow(
        matrix, text_auto=True, color_continuous_scale="Blues", title="价值与成熟度", aspect="auto"
    ).update_layout(height=260, margin={"l": 8, "r": 8, "t": 40, "b": 8})
)
stock = rows[rows["is_stock"] & rows["is_listed"] & rows["once"]]
plan = data.plan()
high = plan["maturity_levels"][plan["maturity_levels"].index(plan["maturity_high_from"]) :]
good = stock["prospect"].isin(plan["good_prospects"])
route = pd.Series("一般推广", index=stock.index)
route[good & ~stock["maturity"].isin(high) & stock["maturity"].notna()] = "二次开发与中试熟化"
route[good & stock["maturity"].isin(high)] = "拍卖路演交易"
route[(stock["stars"] >= plan["pool_stars"]) & stock["portfolio_id"].notna()] = "专利池/专利组合"
route[stock["breadth"] == "多主体"] = "开放许可"
routes = route.value_counts().rename_axis("路径").reset_index(name="件数")
right.plotly_chart(
    px.bar(routes, x="件数", y="路径", orientation="h", title="推广路径", text="件数").update_layout(
        height=240, margin={"l": 8, "r": 8, "t": 40, "b": 8}
    )
)
left, right = st.columns([8, 5])
pools = data.table(week, "portfolios").drop(columns=["source_file", "source_sheet", "source_row"])
members = rows.dropna(subset=["portfolio_id"]).groupby("portfolio_id", observed=True)["patent_no"].nunique()
pools["成员专利"] = pools["portfolio_id"].map(members).fillna(0).astype(int)
left.subheader(f"专利池与专利组合（{len(pools)} 个）")
left.dataframe(pools.sort_values("成员专利", ascending=False), hide_index=True, height=300)
pilots = data.table(week, "pilots")
by = pilots.groupby("stage").agg(
    已开始=("started_on", "count"), 已完成=("finished_on", "count"), 平台=("platform", "nunique")
)
right.subheader("二次开发与中试熟化（全省）")
right.dataframe(by)
