import common
import pandas as pd
import streamlit as st

import data

week, section = common.top("数据与口径", ("内容", ["导入情况", "退回与提示明细", "快照", "执行方案"]))
files = data.table(week, "files")
rejects = pd.concat([data.table(week, "rejects"), data.table(week, "warnings")])
read, accepted, rejected = (int(files[c].sum()) for c in ("rows_read", "accepted", "rejected"))
st.info(f"本快照读入 {len(files)} 个文件 {read:,} 行：采用 {accepted:,} 行，退回 {rejected:,} 行。")
if section == "导入情况":
    left, right = st.columns([6, 5])
    left.subheader("导入文件")
    left.dataframe(files, hide_index=True, height=560)
    right.subheader("退回与提示原因")
    reasons = rejects.groupby(["table_name", "code"]).agg(行数=("row_no", "size"), 示例=("file", "first")).reset_index()
    right.dataframe(reasons, hide_index=True)
    right.subheader("列出而未读入的内容")
    right.dataframe(data.table(week, "notes"), hide_index=True)
elif section == "退回与提示明细":
    st.dataframe(rejects, hide_index=True, height=560)
elif section == "快照":
    st.dataframe(pd.DataFrame({"周": data.weeks()}), hide_index=True)
else:
    st.dataframe(pd.DataFrame(data.plan()["milestones"]), hide_index=True)
