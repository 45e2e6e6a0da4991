"""The plain dashboard: one script a page."""

import streamlit as st

st.set_page_config(page_title="存量专利盘活", layout="wide")
PAGES = {
    "进展": [("overview", "总览"), ("milestones", "里程碑"), ("cities", "地市排名"), ("institutions", "高校院所")],
    "运用": [("evaluation", "企业评价"), ("events", "对接活动"), ("filings", "转让许可")],
    "产出": [("library", "资源库"), ("increment", "专利增量"), ("bulletin", "通报导出")],
    "数据": [("quality", "数据与口径")],
}
st.navigation(
    {
        group: [
            st.Page(f"pages/{name}.py", title=title, url_path=name, default=name == "overview") for name, title in pages
        ]
        for group, pages in PAGES.items()
    }
).run()
