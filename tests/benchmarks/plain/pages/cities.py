import common
import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, scope, city, year = common.top("地市排名", common.SCOPE, common.CITY, common.years())
day, before = pd.Timestamp(week), data.week_before(week)
chosen_year = int(year[:4])
cities = data.by_city(week, scope)
if before:
    earlier = data.week_by_city(before, scope)[["city_code", "rate", "rank"]]
    cities = cities.merge(earlier, on="city_code", suffixes=("", "_before"))
    cities["较上期"] = (cities["rate"] - cities["rate_before"]) * 100
    cities["名次变化"] = cities["rank_before"] - cities["rank"]
cities["领先"] = (cities["rate"] - cities["required_rate"]) * 100
ranked = cities.sort_values("rank")
chosen = common.code(city) or ranked["city_code"].iloc[-1]
name = data.cities()[chosen]
left, right = st.columns([7, 5])
shown = [c for c in ("rank", "名次变化", "city", "rate", "较上期", "领先", "missed", "stock") if c in ranked]
left.subheader(f"各市盘点率排名（{scope}）")
left.dataframe(
    ranked[shown],
    hide_index=True,
    height=500,
    column_config={"rate": st.column_config.ProgressColumn("盘点率", format="percent", max_value=1)},
)

whole = data.province(week, scope)
pairs, held, filed = data.evaluations(week), data.events(week), data.filings(week)
own = cities.set_index("city_code").loc[chosen]
counted = (
    held[held["is_counted"] & (held["year"] == chosen_year)]
    .groupby("city_code")
    .size()
    .reindex(list(data.cities()))
    .fillna(0)
)
by_city = pairs.groupby("city_code", observed=True)["is_evaluated"].mean()
card = pd.DataFrame(
    [
        ("盘点率", own["rate"], whole["approved"] / whole["stock"]),
        ("应达比例", own["required_rate"], np.nan),
        ("入库率", own["listing_rate"], whole["listed"] / whole["approved"]),
        ("企业评价率", by_city.get(chosen), pairs["is_evaluated"].mean()),
    ],
    columns=["项目", name, "江苏"],
)
figure = px.bar(
    card.melt("项目"),
    x="value",
    y="项目",
    color="variable",
    barmode="group",
    orientation="h",
    title=f"{name}与江苏对照",
    text_auto=".1%",
)
right.plotly_chart(figure.update_layout(height=300, margin={"l": 8, "r": 8, "t": 40, "b": 8}))
institutions = data.institutions(week)
behind = institutions[(institutions["city_code"] == chosen) & (institutions["gap"] > 0)].sort_values(
    "gap", ascending=False
)
right.subheader(f"{name}拖后的单位（{len(behind)} 家）")
right.dataframe(behind[["institution_name", "stock", "rate", "gap", "status"]], hide_index=True, height=200)

left, right = st.columns(2)
past = pd.concat([data.week_by_city(w, scope) for w in data.weeks_until(week)])
figure = px.line(past, x="week", y="rank", color="city", markers=True, title="盘点率名次变化")
left.plotly_chart(
    figure.update_yaxes(autorange="reversed").update_layout(height=400, margin={"l": 8, "r": 8, "t": 40, "b": 8})
)
with right.popover("调整权重"):
    weights = {part: st.slider(part, 0, 100, value) for part, value in
               {"盘点": 40, "企业评价": 20, "对接活动": 15, "转让许可": 15, "产品备案": 10}.items()}  # fmt: skip
rows = data.of_scope(data.patents(week), scope)
approved = rows[rows["is_approved"] & rows["once_in_city"]]
products = data.table(week, "products", ["product_no", "patent_no"])
made = approved.merge(products, on="patent_no").groupby("city_code", observed=True)["product_no"].nunique()
filed = filed[filed["year"] == chosen_year].groupby("city_code")["patent_no"].nunique()
parts = pd.DataFrame({
    "盘点": (cities.set_index("city_code")["rate"] / cities.set_index("city_code")["required_rate"]).clip(upper=1),
    "企业评价": by_city, "对接活动": (counted / data.plan()["events"]["target"]).clip(upper=1),
    "转让许可": filed / cities.set_index("city_code")["stock"], "产品备案": made / approved.groupby("city_code", observed=True).size(),
}).reindex(list(data.cities()))  # fmt: skip
for part in ("转让许可", "产品备案"):
    parts[part] = parts[part] / parts[part].max()
total = sum(weights.values()) or 1
scores = (parts * pd.Series(weights) / total * 100).fillna(0)
scores["city"] = scores.index.map(data.cities())
scores["总分"] = scores[list(weights)].sum(axis=1)
figure = px.bar(
    scores.sort_values("总分"),
    x=list(weights),
    y="city",
    orientation="h",
    title="综合得分及构成（参考）",
    text_auto=".1f",
)
right.plotly_chart(figure.update_layout(height=400, margin={"l": 8, "r": 8, "t": 40, "b": 8}))

if before:
    keep = ["patent_no", "institution_id", "city_code", "is_stock", "is_approved", "once_in_city"]
    now, then = data.patents(week)[keep], data.patents(before)[keep]
    now, then = (f[f["is_stock"] & f["once_in_city"]] for f in (now, then))
    merged = now.merge(
        then[["city_code", "patent_no", "is_approved"]],
        on=["city_code", "patent_no"],
        how="outer",
        suffixes=("", "_before"),
        indicator=True,
    )
    merged["变动"] = np.select(
        [merged["_merge"] == "left_only", merged["_merge"] == "right_only", (merged["is_approved"] == True) & (merged["is_approved_before"] == False)],
        ["新进存量", "退出存量", "新增入库"], default="",
    )  # fmt: skip
    changed = merged[(merged["变动"] != "") & (merged["city_code"] == chosen)]
    table = merged[merged["变动"] != ""].groupby(["city_code", "变动"], observed=True).size().unstack(fill_value=0)
    st.subheader(f"较 {before} 变动的构成")
    st.dataframe(table.rename(index=data.cities()))
    st.subheader(f"{name}有变动的专利（{len(changed):,} 件）")
    st.dataframe(changed[["变动", "patent_no", "institution_id"]], hide_index=True, height=500)
