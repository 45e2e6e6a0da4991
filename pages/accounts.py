"""账号: who may see what, and who did what. For stewards."""

from dashboard.ui import address, stewardship
from dashboard.ui.header import open_bare_page

SECTIONS = {
    "accounts": ("账号清单", stewardship.accounts_list),
    "audit": ("审计记录", stewardship.audit_trail),
}

bar = open_bare_page("accounts")
with bar:
    chosen = address.segments("section", "内容", list(SECTIONS), "accounts", text=lambda name: SECTIONS[name][0])
SECTIONS[chosen][1]()
