import common
import pandas as pd
import plotly.express as px
import streamlit as st

import data

week, city, year = common.top("对接活动", common.CITY, common.years())
chosen_year, target = int(year[:4]), data.plan()["events"]["target"]
held = data.events(week)
held = held[held["year"] == chosen_year]
counted = held[held["is_counted"]].groupby("city_code").size().reindex(list(data.cities())).fillna(0).astype(int)
day = pd.Timestamp(week)
pace = int(target * day.dayofyear / 366) if chosen_year == day.year else target
past = [data.week_totals(w, "属地")["活动达标城市"] for w in data.weeks_until(week)]
columns = st.columns(5)
columns[0].metric(
    "活动达标城市", f"{(counted >= target).sum()} / {len(counted)} 市", border=True, chart_data=past, chart_type="line"
)
columns[1].metric("计数活动", f"{counted.sum()} 场", border=True)
columns[2].metric("进度落后的市", f"{(counted < pace).sum()} 市", border=True)
columns[3].metric("签约", f"{held['deals'].sum():,.0f} 份", border=True)
columns[4].metric("签约金额", f"{held['amount'].sum():,.2f} 万元", border=True)

left, right = st.columns([5, 7])
cities = counted.rename("场次").reset_index().assign(city=lambda f: f["city_code"].map(data.cities()))
left.plotly_chart(common.ranked_bars(cities, "场次", "各市对接活动场次", target=target, fmt="d"))
mine = held[held["city_code"] == common.code(city)] if common.code(city) else held
days = mine.groupby("held_on").size().reindex(pd.date_range(f"{chosen_year}-01-01", f"{chosen_year}-12-31")).fillna(0)
grid = pd.DataFrame(
    {"n": days, "week": (days.index.dayofyear + days.index[0].weekday() - 1) // 7, "weekday": days.index.weekday}
)
figure = px.imshow(
    grid.pivot(index="weekday", columns="week", values="n"),
    color_continuous_scale="Blues",
    title="对接活动日历",
    aspect="auto",
)
right.plotly_chart(
    figure.update_layout(height=200, coloraxis_showscale=False, margin={"l": 8, "r": 8, "t": 40, "b": 8})
)
one, two = right.columns(2)
for place, column, title in ((one, "kind", "活动类型"), (two, "level", "组织层级")):
    by = mine.groupby(column).size().sort_values().reset_index(name="场次")
    figure = px.bar(by, x="场次", y=column, orientation="h", title=title, text="场次")
    place.plotly_chart(figure.update_layout(height=260, margin={"l": 8, "r": 8, "t": 40, "b": 8}))

cases = (
    data.table(week, "cases").groupby("city_code").agg(案例报送=("case_id", "nunique"), 案例采用=("published", "sum"))
)
by = held.groupby("city_code").agg(
    全部活动=("event_id", "size"), 发布专利=("patents", "sum"), 签约=("deals", "sum"), 签约金额=("amount", "sum"),
    培训=("kind", lambda k: (k == "培训").sum()), 宣传=("kind", lambda k: (k == "宣传").sum()),
)  # fmt: skip
table = pd.concat([counted.rename("计数活动"), by, cases], axis=1).reindex(list(data.cities())).fillna(0)
st.subheader("各市签约、培训宣传与典型案例")
st.dataframe(table.rename(index=data.cities()).sort_values("签约", ascending=False))
st.subheader(f"活动明细（{len(mine)} 场）")
shown = [
    "held_on",
    "city",
    "event_name",
    "kind",
    "level",
    "is_counted",
    "organiser",
    "field",
    "patents",
    "intents",
    "deals",
    "amount",
]
st.dataframe(mine.sort_values("held_on", ascending=False)[shown], hide_index=True)
