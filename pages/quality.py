"""数据与口径: can these figures be trusted."""

from dashboard.ui import address, trust
from dashboard.ui.header import open_page

SECTIONS = {
    "files": ("导入情况", trust.files),
    "rows": ("退回与提示明细", trust.rows),
    "snapshots": ("快照", trust.snapshots),
    "metrics": ("指标口径", trust.metrics),
    "plan": ("执行方案", trust.plan),
}

view, bar = open_page("quality")
with bar:
    chosen = address.segments("section", "内容", list(SECTIONS), "files", text=lambda name: SECTIONS[name][0])

trust.summary(view)
SECTIONS[chosen][1](view)
