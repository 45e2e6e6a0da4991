import common
import pandas as pd
import plotly.express as px
import streamlit as st

import data

BY = {"按还差件数": "gap", "按盘点率": "rate", "按存量": "stock", "按本期新增": "added"}
names = ["全部单位", *data.institutions(data.weeks()[-1])["institution_name"]]
week, whose, city = common.top("高校院所", ("单位", names), common.CITY)
institutions = data.institutions(week)

if whose != "全部单位":
    own = institutions[institutions["institution_name"] == whose].iloc[0]
    rows = data.patents(week)
    rows = rows[(rows["institution_id"] == own["institution_id"]) & rows["is_stock"]]
    st.subheader(
        f"{whose}　{own['city']}　{own['group']} 组　盘点率 {common.percent(own['rate'])}　还差 {own['gap']:,} 件"
    )
    pairs, filed = data.evaluations(week), data.filings(week)
    matched = set(pairs["patent_no"])
    evaluated = set(pairs.loc[pairs["is_evaluated"], "patent_no"])
    listed = rows[rows["is_listed"]]
    steps = pd.DataFrame({
        "步骤": ["存量", "已建档", "已盘点入库", "已入资源库", "已匹配", "已评价"],
        "件数": [len(rows), rows["recorded_on"].notna().sum(), rows["is_approved"].sum(), len(listed),
                 listed["patent_no"].isin(matched).sum(), listed["patent_no"].isin(evaluated).sum()],
    })  # fmt: skip
    left, right = st.columns(2)
    left.plotly_chart(px.funnel(steps, x="件数", y="步骤", title="专利走到哪一步"))
    daily = (rows[rows["is_approved"]].groupby("approved_on").size().cumsum() / max(len(rows), 1)).reset_index(
        name="盘点率"
    )
    figure = px.line(daily, x="approved_on", y="盘点率", title="盘点率与应达进度")
    for due, share in data.duties(own["group"]):
        figure.add_scatter(x=[due], y=[share], mode="markers+text", text=[f"应达 {share:.0%}"], showlegend=False)
    right.plotly_chart(figure)
    left, middle, right = st.columns(3)
    approved = rows[rows["is_approved"]]
    stars = approved["stars"].fillna(0).value_counts().sort_index().reset_index()
    left.plotly_chart(px.bar(stars, x="count", y="stars", orientation="h", title="专利星级"))
    fields = rows.groupby("field", observed=True)["is_approved"].agg(["size", "sum"]).nlargest(8, "size").reset_index()
    middle.plotly_chart(
        px.bar(fields, x=["size", "sum"], y="field", orientation="h", barmode="group", title="技术领域")
    )
    mine = filed[filed["institution_id"] == own["institution_id"]]
    right.subheader(f"转让许可（{mine['filing_no'].nunique()} 份）")
    right.dataframe(mine[["kind", "recipient", "patent_no", "effective_on", "registered_on"]], hide_index=True)
    st.stop()

before = data.week_before(week)
added = institutions["approved"] - institutions["institution_id"].map(
    data.institutions(before).set_index("institution_id")["approved"]
) if before else 0  # fmt: skip
institutions = institutions.assign(added=added)
one, two, three = st.columns(3)
group = one.selectbox("组别", ["全部组别", "A", "B", "C"])
sort = two.selectbox("排序", list(BY))
words = three.text_input("单位名称")
rows = institutions
if group != "全部组别":
    rows = rows[rows["group"] == group]
if common.code(city):
    rows = rows[rows["city_code"] == common.code(city)]
if words:
    rows = rows[rows["institution_name"].str.contains(words, regex=False)]
held = rows[rows["gap"] > 0]
if len(held):
    top = held["gap"].nlargest(10).sum() / held["gap"].sum()
    st.caption(f"还差 {held['gap'].sum():,} 件，分布在 {len(held)} 家单位，差得最多的 10 家占 {top:.1%}。")
left, right = st.columns([7, 5])
left.subheader(f"单位排行（{len(rows)} 家）")
shown = ["institution_name", "city", "group", "stock", "rate", "gap", "added", "status"]
left.dataframe(
    rows.sort_values(BY[sort], ascending=False)[shown],
    hide_index=True,
    height=520,
    column_config={"rate": st.column_config.ProgressColumn("盘点率", format="percent", max_value=1)},
)
figure = px.scatter(
    rows[rows["stock"] > 0],
    x="stock",
    y="rate",
    size=rows.loc[rows["stock"] > 0, "gap"] + 1,
    color="status",
    log_x=True,
    hover_name="institution_name",
    title="存量规模与盘点率",
    labels={"stock": "存量（件，对数刻度）", "rate": "盘点率"},
)
right.plotly_chart(figure.update_layout(height=520, margin={"l": 8, "r": 8, "t": 40, "b": 8}))
