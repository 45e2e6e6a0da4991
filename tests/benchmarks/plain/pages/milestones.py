import common
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, city = common.top("里程碑", common.CITY)
day = pd.Timestamp(week)
institutions = data.institutions(week)
dues = sorted(c for c in institutions.columns if c.startswith("应达 "))
counts = institutions[institutions["stock"] > 0].melt(
    id_vars="group", value_vars=dues, var_name="节点", value_name="状态"
)
counts = counts[counts["状态"] != ""].groupby(["group", "节点", "状态"]).size().reset_index(name="家数")
left, right = st.columns([5, 7])
figure = px.bar(
    counts,
    x="家数",
    y="group",
    color="状态",
    facet_col="节点",
    orientation="h",
    title="各组里程碑完成情况",
    text="家数",
)
left.plotly_chart(figure.update_layout(height=320, margin={"l": 8, "r": 8, "t": 60, "b": 8}))

patents = data.patents(week)
stock = patents[patents["is_stock"] & patents["once"]]
groups = institutions.set_index("institution_id")["group"]
stock = stock.assign(group=stock["institution_id"].astype(str).map(groups))
sizes = stock.groupby("group").size()
daily = (
    stock[stock["is_approved"]]
    .groupby(["group", "approved_on"])
    .size()
    .groupby("group")
    .cumsum()
    .reset_index(name="approved")
)
daily["盘点率"] = daily["approved"] / daily["group"].map(sizes)
figure = px.line(daily, x="approved_on", y="盘点率", facet_col="group", title="各组盘点率与应达进度")
for at, group in enumerate(daily["group"].unique(), start=1):
    for due, share in data.duties(group):
        figure.add_scatter(
            x=[due], y=[share], mode="markers+text", text=[f"应达 {share:.0%}"], row=1, col=at, showlegend=False
        )
right.plotly_chart(figure.update_layout(height=320, margin={"l": 8, "r": 8, "t": 60, "b": 8}))

one, two, three = st.columns(3)
group = one.selectbox("组别", ["全部组别", "A", "B", "C"])
status = two.selectbox("状态", ["全部状态", "未达标", "未到期", "达标"])
words = three.text_input("单位名称")
recent = patents[patents["is_stock"] & (patents["approved_on"] > day - pd.Timedelta(days=21))]
pace = recent.groupby("institution_id", observed=True).size() / 3
rows = institutions[institutions["stock"] > 0].copy()
rows["周均进度"] = rows["institution_id"].map(pace).fillna(0).astype(float)
rows["所需进度"] = rows["gap"] / ((rows["due_on"] - day).dt.days / 7).where(rows["due_on"] > day)
days = (rows["stock"] - rows["approved"]) / (rows["周均进度"] / 7).where(rows["周均进度"] > 0)
rows["预计完成日"] = day + pd.to_timedelta(days, unit="D")
if group != "全部组别":
    rows = rows[rows["group"] == group]
if status != "全部状态":
    rows = rows[rows["status"] == status]
if common.code(city):
    rows = rows[rows["city_code"] == common.code(city)]
if words:
    rows = rows[rows["institution_name"].str.contains(words, regex=False)]
st.subheader(f"各单位里程碑与预测（{len(rows)} 家）")
shown = ["institution_name", "city", "group", "stock", "rate", *dues, "gap", "周均进度", "所需进度", "预计完成日"]
st.dataframe(
    rows.sort_values("gap", ascending=False)[shown],
    hide_index=True,
    height=620,
    column_config={"rate": st.column_config.ProgressColumn("盘点率", format="percent", max_value=1)},
)
