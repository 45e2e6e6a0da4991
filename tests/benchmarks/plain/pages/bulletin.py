import io

import common
import docx
import pandas as pd
import streamlit as st

import data

SECTIONS = ["总体进展", "地市排名", "高校院所", "企业评价", "对接活动", "转让许可"]
week, place = common.top("通报导出", ("范围", ["全省", *data.cities().values()]))
code = common.code(place)
day = pd.Timestamp(week)
left, right = st.columns([5, 7])
sections = left.multiselect("部分", SECTIONS, SECTIONS)
cities = data.by_city(week)
institutions = data.institutions(week)
pairs, held, filed = data.evaluations(week), data.events(week), data.filings(week)
if code:
    cities = cities[cities["city_code"] == code]
    institutions = institutions[institutions["city_code"] == code]
    pairs, held, filed = (f[f["city_code"] == code] for f in (pairs, held, filed))
whole = data.province(week) if not code else cities.iloc[0]
rate = whole["approved"] / whole["stock"]
ranked = cities.sort_values("rate", ascending=False)
behind = institutions[institutions["gap"] > 0].sort_values("gap", ascending=False)
counted = held[held["is_counted"] & (held["year"] == day.year)]
now = filed[filed["year"] == day.year]
text = {
    "总体进展": [
        f"截至{week}，{place}{(institutions['stock'] > 0).sum()}家高校和科研机构应盘点存量专利{whole['stock']:,}件。",
        f"已盘点入库{whole['approved']:,}件，盘点进度达{rate:.1%}；已入转化资源库{whole['listed']:,}件。",
    ],
    "地市排名": [f"{row.city}盘点率{row.rate:.1%}，存量{row.stock:,}件。" for row in ranked.itertuples()],
    "高校院所": [f"{row.institution_name}还差{row.gap:,}件，盘点率{row.rate:.1%}。" for row in behind.head(10).itertuples()],
    "企业评价": [f"应评价{len(pairs):,}对，已评价{pairs['is_evaluated'].sum():,}对，评价率{pairs['is_evaluated'].mean():.1%}。"],
    "对接活动": [f"共举办计数活动{len(counted)}场，签约{held['deals'].sum():,.0f}份。"],
    "转让许可": [f"{day.year}年转让许可专利{now['patent_no'].nunique():,}件，合同{now['filing_no'].nunique():,}份。"],
}  # fmt: skip
with right.container(height=520, border=True):
    for section in sections:
        st.markdown(f"#### {section}")
        for sentence in text[section]:
            st.write(sentence)
if left.button("生成", type="primary"):
    document = docx.Document()
    document.add_heading(f"{place}高校和科研机构存量专利盘活工作进展情况通报", 0)
    for section in sections:
        document.add_heading(section, 1)
        for sentence in text[section]:
            document.add_paragraph(sentence)
    table = document.add_table(rows=1, cols=4)
    for row in ranked[["city", "stock", "approved", "rate"]].astype(str).itertuples(index=False):
        for cell, value in zip(table.add_row().cells, row):
            cell.text = value
    made = io.BytesIO()
    document.save(made)
    left.download_button("下载", made.getvalue(), f"通报_{week}.docx")
