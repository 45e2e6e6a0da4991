import common
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, city = common.top("企业评价", common.CITY)
day, before = pd.Timestamp(week), data.week_before(week)
pairs = data.evaluations(week)
groups = pairs.groupby("group", observed=True).agg(
    matched=("is_evaluated", "size"),
    evaluated=("is_evaluated", "sum"),
    need=("has_need", "sum"),
    wish=("has_wish", "sum"),
)
groups["rate"] = groups["evaluated"] / groups["matched"]
past = [data.week_totals(w, "属地")["企业评价率"] for w in data.weeks_until(week)]
columns = st.columns(2 + len(groups))
columns[0].metric(
    "企业评价率",
    common.percent(pairs["is_evaluated"].mean()),
    common.points(past[-1], past[-2]) if before else None,
    border=True,
    chart_data=past,
    chart_type="line",
)
for column, (name, row) in zip(columns[1:], groups.iterrows()):
    column.metric(name, common.percent(row["rate"]), border=True)
    column.caption(f"{row['evaluated']:,.0f} / {row['matched']:,.0f} 对")
columns[-1].metric("有改进需求", f"{groups['need'].sum():,} 对", border=True)
columns[-1].caption(f"有合作意愿 {groups['wish'].sum():,} 对")

left, *places = st.columns([5, 3.5, 3.5])
figure = px.bar(
    groups.reset_index(), x="rate", y="group", orientation="h", title="企业评价率与应达进度", text_auto=".1%"
)
left.plotly_chart(figure.update_layout(height=240, margin={"l": 8, "r": 8, "t": 40, "b": 8}))
owed = pd.DataFrame(data.plan()["enterprise_milestones"])
owed["企业"] = owed["group"].map({g["code"]: g["label"] for g in data.plan()["enterprise_groups"]})
owed["应完成"] = (owed["share"] * owed["企业"].map(groups["matched"])).round()
left.dataframe(owed[["企业", "due_on", "应完成"]], hide_index=True)
by = pairs.groupby(["group", "city_code"], observed=True)["is_evaluated"].agg(["size", "sum"]).reset_index()
by["评价率"] = by["sum"] / by["size"]
by["设区市"] = by["city_code"].map(data.cities())
for place, name in zip(places, groups.index):
    place.subheader(name)
    place.dataframe(
        by[by["group"] == name].sort_values("评价率", ascending=False)[["设区市", "size", "sum", "评价率"]], hide_index=True,
        height=500, column_config={"评价率": st.column_config.ProgressColumn(format="percent", max_value=1)},
    )  # fmt: skip

fields = data.table(week, "patents", ["patent_no", "field", "title", "institution_id"]).drop_duplicates("patent_no")
wanted = pairs[pairs["has_need"] | pairs["has_wish"]].merge(fields, on="patent_no", how="left")
by = wanted.groupby("field")[["has_need", "has_wish"]].sum().nlargest(10, "has_need").reset_index()
left, right = st.columns(2)
left.plotly_chart(
    px.bar(by, x=["has_need", "has_wish"], y="field", barmode="group", orientation="h", title="需求集中的领域")
)
experts = data.table(week, "experts")
by = (
    experts.groupby("field")
    .agg(人数=("expert_id", "nunique"), 参评=("reviews", "sum"))
    .sort_values("人数")
    .reset_index()
)
right.plotly_chart(px.bar(by, x="人数", y="field", orientation="h", title="评价专家库", text="人数"))

needs = wanted[wanted["has_need"]]
if common.code(city):
    needs = needs[needs["city_code"] == common.code(city)]
needs = needs.sort_values("evaluated_on", ascending=False).head(20)
st.subheader("近期技术改进需求（最近 20 条）")
st.dataframe(
    needs[["evaluated_on", "improvement_need", "field", "title", "patent_no", "enterprise_name", "cooperation"]],
    hide_index=True,
)
