import common
import numpy as np
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, scope, measure, shape = common.top(
    "总览", common.SCOPE, ("指标", ["盘点率", "入库率", "较上期"]), ("图形", ["方格图"])
)
day, before = pd.Timestamp(week), data.week_before(week)
past = pd.DataFrame([data.week_totals(w, scope) for w in data.weeks_until(week)], index=data.weeks_until(week))
whole = data.province(week, scope)
pairs = data.evaluations(week)
held = data.events(week)
filed = data.filings(week)
this_year = filed[filed["year"] == day.year]
last_year = filed[
    (filed["registered_on"] >= f"{day.year - 1}-01-01") & (filed["registered_on"] <= day - pd.DateOffset(years=1))
]
counted = held[held["is_counted"] & (held["year"] == day.year)].groupby("city_code").size()
target = data.plan()["events"]["target"]

rate = whole["approved"] / whole["stock"] if whole["stock"] else np.nan
listing = whole["listed"] / whole["approved"] if whole["approved"] else np.nan
now = {
    "盘点率": (rate, f"{whole['approved']:,} / {whole['stock']:,} 件"),
    "企业评价率": (pairs["is_evaluated"].mean(), f"{pairs['is_evaluated'].sum():,} / {len(pairs):,} 对"),
    "入库率": (listing, f"{whole['listed']:,} / {whole['approved']:,} 件"),
}
changes = {name: common.points(past[name].iloc[-1], past[name].iloc[-2] if len(past) > 1 else np.nan) for name in now}
columns = st.columns(5)
for column, name in zip(columns, ["盘点率", "企业评价率", None, None, "入库率"]):
    if name:
        value, note = now[name]
        column.metric(name, common.percent(value), changes[name], border=True, chart_data=past[name], chart_type="line")
        column.caption(note)
met = int((counted >= target).sum())
columns[2].metric(
    "活动达标城市", f"{met} / {len(data.cities())} 市", border=True, chart_data=past["活动达标城市"], chart_type="line"
)
columns[2].caption(f"{int(counted.sum())} 场，每市应 {target} 场")
number, earlier = this_year["patent_no"].nunique(), last_year["patent_no"].nunique()
yoy = f"同比 {number / earlier - 1:+.1%}" if earlier else None
columns[3].metric(
    f"{day.year} 年转让许可", f"{number:,} 件", yoy, border=True, chart_data=past["转让许可"], chart_type="line"
)

institutions = data.institutions(week)
dues = sorted(c for c in institutions.columns if c.startswith("应达 "))
told = []
for due in dues:
    counts = institutions.loc[institutions[due] != "", due].value_counts()
    told.append(f"**{due}** " + " ".join(f"{status} {count}" for status, count in counts.items()))
st.markdown(" —— ".join(told))

cities = data.by_city(week, scope)
if before:
    cities = cities.merge(
        data.week_by_city(before, scope)[["city_code", "rate"]], on="city_code", suffixes=("", "_before")
    )
    cities["change"] = (cities["rate"] - cities["rate_before"]) * 100
column = {"盘点率": "rate", "入库率": "listing_rate", "较上期": "change"}[measure]
if column not in cities:
    cities[column] = np.nan
left, middle, right = st.columns([5, 4, 4])
owed = data.of_scope(institutions, scope)
due = owed["required"].sum() / owed["stock"].sum() if measure == "盘点率" else None
form = ".1f" if measure == "较上期" else ".1%"
left.plotly_chart(common.ranked_bars(cities, column, f"各市{measure}", target=due, fmt=form))
grid = cities.merge(data.tiles(), on="city_code").pivot(index="row", columns="column", values=column)
names = cities.merge(data.tiles(), on="city_code").pivot(index="row", columns="column", values="city").fillna("")
figure = px.imshow(grid, color_continuous_scale="Blues", title=f"{measure}分布", text_auto=form)
figure.update_traces(customdata=names, texttemplate="%{customdata}<br>%{z:" + form + "}")
figure.update_layout(coloraxis_showscale=False, height=420, margin={"l": 8, "r": 8, "t": 40, "b": 8})
figure.update_xaxes(visible=False)
figure.update_yaxes(visible=False)
middle.plotly_chart(figure)
worst = institutions[institutions["gap"] > 0].sort_values("gap", ascending=False)
right.subheader("需关注")
for row in worst.head(12).itertuples():
    right.markdown(f"▲ 落后里程碑　{row.institution_name}　差 {row.gap:,} 件")
right.caption(f"共 {len(worst)} 家单位未达到当前里程碑")

best, low = cities.loc[cities["rate"].idxmax()], cities.loc[cities["rate"].idxmin()]
st.info(
    f"全省盘点率 {rate:.1%}，{changes['盘点率'] or ''}。{best['city']}盘点率最高（{best['rate']:.1%}），"
    f"{low['city']}最低（{low['rate']:.1%}）。{len(worst)} 家单位未达到当前里程碑。"
)

if before:
    st.subheader(f"较 {before} 变动的构成")
    keep = ["city_code", "patent_no", "is_stock", "is_approved", "once_in_city"]
    both = [data.patents(w)[keep] for w in (week, before)]
    both = [f[f["is_stock"] & f["once_in_city"]].drop(columns=["is_stock", "once_in_city"]) for f in both]
    merged = both[0].merge(
        both[1], on=["city_code", "patent_no"], how="outer", suffixes=("", "_before"), indicator=True
    )
    merged["newly"] = (
        (merged["_merge"] == "both") & (merged["is_approved"] == True) & (merged["is_approved_before"] == False)
    )
    merged["withdrawn"] = (
        (merged["_merge"] == "both") & (merged["is_approved"] == False) & (merged["is_approved_before"] == True)
    )
    merged["entered"], merged["left"] = merged["_merge"] == "left_only", merged["_merge"] == "right_only"
    parts = merged.groupby("city_code", observed=True)[["newly", "withdrawn", "entered", "left"]].sum()
    parts = parts.rename(index=data.cities()).set_axis(["新增入库", "撤回", "新进存量", "退出存量"], axis=1)
    st.dataframe(parts)
