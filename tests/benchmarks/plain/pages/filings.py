import common
import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, how, city, year = common.top("转让许可", ("计数口径", ["按件", "按件次", "按合同"]), common.CITY, common.years())
chosen_year, day = int(year[:4]), pd.Timestamp(week)
filed = data.filings(week)
now = filed[filed["year"] == chosen_year]
last = filed[filed["year"] == chosen_year - 1]
same = last[last["registered_on"] <= day - pd.DateOffset(years=1)] if chosen_year == day.year else last


def count(frame):
    return {"按件": frame["patent_no"].nunique(), "按件次": len(frame), "按合同": frame["filing_no"].nunique()}[how]


def counts(frame, by):
    groups = frame.groupby(by)
    column = {"按件": "patent_no", "按合同": "filing_no"}.get(how)
    return groups.size() if column is None else groups[column].nunique()


unregistered = filed[filed["registered_on"].isna()]
unreported = now[now["reported_on"].isna()]
past = [data.week_totals(w, "属地")["转让许可"] for w in data.weeks_until(week)]
columns = st.columns(5)
yoy = f"同比 {count(now) / count(same) - 1:+.1%}" if count(same) else None
columns[0].metric(f"{chosen_year} 年转让许可", f"{count(now):,}", yoy, border=True, chart_data=past, chart_type="line")
columns[1].metric("转让", f"{count(now[now['side'] == '转让']):,}", border=True)
columns[2].metric("许可", f"{count(now[now['side'] == '许可']):,}", border=True)
columns[3].metric("未备案", f"{len(unregistered):,} 件次", border=True)
columns[4].metric("未反馈平台", f"{len(unreported):,} 件次", border=True)

left, right = st.columns([8, 4])
both = pd.concat([now, last])
months = counts(both.assign(month=both["registered_on"].dt.month), ["year", "kind", "month"]).reset_index(name="数量")
months["year"] = months["year"].astype(int).astype(str)
figure = px.bar(
    months,
    x="month",
    y="数量",
    color="year",
    facet_col="kind",
    facet_col_wrap=3,
    barmode="group",
    title="全省各月转让许可",
)
left.plotly_chart(figure.update_yaxes(matches=None).update_layout(height=420, margin={"l": 8, "r": 8, "t": 60, "b": 8}))
sides = counts(now, ["city", "side"]).reset_index(name="数量")
figure = px.bar(sides, x="数量", y="city", color="side", orientation="h", title="各市转让与许可")
right.plotly_chart(
    figure.update_layout(
        height=420, margin={"l": 8, "r": 8, "t": 40, "b": 8}, yaxis={"categoryorder": "total ascending"}
    )
)

left, right = st.columns([2, 1])
by = now.groupby("city_code")
contracts = now.groupby(["city_code", "filing_no"])["amount"].max().groupby("city_code").sum()
table = pd.DataFrame({
    "转让许可专利": by["patent_no"].nunique(), "上年同期": same.groupby("city_code")["patent_no"].nunique(),
    "开放许可": now[now["kind"] == "开放许可"].groupby("city_code")["patent_no"].nunique(), "合同金额": contracts,
    "未备案": unregistered.groupby("city_code").size(), "未反馈平台": unreported.groupby("city_code").size(),
}).reindex(list(data.cities())).fillna(0)  # fmt: skip
table["同比"] = table["转让许可专利"] / table["上年同期"].replace(0, np.nan) - 1
left.subheader("各市转让许可与备案")
left.dataframe(table.rename(index=data.cities()).sort_values("转让许可专利", ascending=False), height=500)
province = data.plan()["province"]["name"]
where = np.select(
    [now["recipient_city"] == now["city"], now["recipient_province"] == province, now["recipient_province"].notna()],
    ["同市", "省内他市", "省外"], default="未填",
)  # fmt: skip
flow = now.assign(去向=where).groupby(["city", "去向"])["patent_no"].nunique().reset_index(name="件数")
figure = px.bar(flow, x="件数", y="city", color="去向", orientation="h", title="转让许可去向")
right.plotly_chart(
    figure.update_layout(
        height=500, margin={"l": 8, "r": 8, "t": 40, "b": 8}, yaxis={"categoryorder": "total ascending"}
    )
)

listed = st.selectbox("名单", ["各单位", "未备案合同", "未反馈平台合同", "流向明细"])
rows = {"各单位": now, "未备案合同": unregistered, "未反馈平台合同": unreported, "流向明细": now}[listed]
if common.code(city):
    rows = rows[rows["city_code"] == common.code(city)]
if listed == "各单位":
    rows = (
        rows.groupby(["institution_name", "city"])
        .agg(件数=("patent_no", "nunique"), 金额=("amount", "sum"))
        .reset_index()
        .sort_values("件数", ascending=False)
    )
elif listed == "流向明细":
    rows = (
        rows.groupby(["city", "recipient_province", "recipient_city"], dropna=False)
        .agg(件数=("patent_no", "nunique"))
        .reset_index()
        .sort_values("件数", ascending=False)
    )
else:
    rows = rows[
        ["institution_name", "city", "filing_no", "kind", "recipient", "patent_no", "effective_on", "registered_on"]
    ].sort_values("effective_on")
st.dataframe(rows, hide_index=True, height=500)

patents = data.patents(week)
approved = patents[patents["is_approved"] & patents["once_in_city"]]
approved = approved.assign(implemented=approved["implementation"].isin(["自行实施", "许可", "转让", "作价入股"]))
by = approved.groupby("city_code", observed=True).agg(
    入库=("is_approved", "size"), 实施=("implemented", "sum"), 产业化=("industrialised", "sum")
)
by["实施率"], by["产业化率"] = by["实施"] / by["入库"], by["产业化"] / by["入库"]
products = data.table(week, "products", ["product_no", "patent_no", "sales"])
made = approved.merge(products, on="patent_no")
by["产品"] = made.groupby("city_code", observed=True)["product_no"].nunique()
left, right = st.columns([3, 7])
rates = by[["实施率", "产业化率"]].rename(index=data.cities()).reset_index().melt("city_code")
left.plotly_chart(
    px.bar(
        rates, x="value", y="city_code", color="variable", barmode="group", orientation="h", title="实施率与产业化率"
    )
)
right.subheader("各市实施、产业化与产品备案")
right.dataframe(by.rename(index=data.cities()).sort_values("实施率", ascending=False))
