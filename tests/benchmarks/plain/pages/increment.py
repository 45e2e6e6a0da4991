import common
import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, city = common.top("专利增量", common.CITY)
day = pd.Timestamp(week)
patents = data.patents(week)
new = patents[patents["is_increment"] & patents["once_in_city"]]
whole = patents[patents["is_increment"] & patents["once"]]
reports = data.table(week, "assessments").drop(columns=["source_file", "source_sheet", "source_row"])
reports["month"] = pd.to_datetime(reports["month"])
reports = reports[(reports["month"].dt.year == day.year) & (reports["month"] <= day)]
whose = data.institutions(week).set_index("institution_id")["city_code"]
reports["city_code"] = reports["institution_id"].map(whose)
rate = whole["is_approved"].mean()
columns = st.columns(5)
columns[0].metric("新授权", f"{len(whole):,} 件", border=True)
columns[1].metric("增量盘点率", common.percent(rate), border=True)
columns[2].metric(
    "不予申请占比", common.percent(reports["declined"].sum() / max(reports["assessed"].sum(), 1)), border=True
)
columns[3].metric("订单式研发项目", f"{reports['ordered_projects'].sum():,}", border=True)
columns[4].metric("联合攻关项目", f"{reports['joint_projects'].sum():,}", border=True)

left, right = st.columns([5, 6])
cities = (
    new.groupby("city_code", observed=True)["is_approved"]
    .agg(["size", "sum"])
    .reindex(list(data.cities()))
    .fillna(0)
    .reset_index()
)
cities["rate"] = cities["sum"] / cities["size"].replace(0, np.nan)
cities["city"] = cities["city_code"].map(data.cities())
left.plotly_chart(common.ranked_bars(cities, "rate", "各市增量盘点率", target=rate))
mine = new[new["city_code"] == common.code(city)] if common.code(city) else whole
months = (
    mine.groupby(mine["granted_on"].dt.strftime("%Y-%m"))["is_approved"]
    .agg(["size", "sum"])
    .set_axis(["新授权", "已入库"], axis=1)
    .reset_index()
)
right.plotly_chart(
    px.bar(months, x="granted_on", y=["新授权", "已入库"], barmode="group", title="各月新授权与入库", text_auto=True)
)

st.subheader("申请前评估与研发项目")
left, right = st.columns([5, 6])
own = reports[reports["city_code"] == common.code(city)] if common.code(city) else reports
by = own.groupby(own["month"].dt.strftime("%Y-%m"))[["assessed", "advised", "declined"]].sum().reset_index()
left.plotly_chart(px.bar(by, x="month", y=["assessed", "advised", "declined"], barmode="group", title="各月申请前评估"))
by = reports.groupby("city_code")[["assessed", "advised", "declined", "ordered_projects", "joint_projects"]].sum()
by["不予申请占比"] = by["declined"] / by["assessed"].replace(0, np.nan)
right.dataframe(by.rename(index=data.cities()).sort_values("assessed", ascending=False), height=500)
