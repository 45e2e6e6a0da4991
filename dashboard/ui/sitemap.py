"""The pages, in reading order: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.places import REPOSITORY
from dashboard.scope import Role


@dataclass(frozen=True)
class Site:
    """A page: its name (file and address), title, the question it answers, its group in the navigation.

    `roles`: whom it is for; all of them without any. `is_listed`: whether the navigation shows it.
    """

    name: str
    title: str
    answers: str
    group: str
    roles: frozenset[Role] = frozenset()
    is_listed: bool = True

    def is_for(self, role: Role) -> bool:
        return not self.roles or role in self.roles

    @property
    def file(self) -> str:
        return str(REPOSITORY / "pages" / f"{self.name}.py")


PAGES = (
    Site("overview", "总览", "我们按期吗，谁落后，这周变了什么", "进展"),
    Site("milestones", "里程碑", "谁在什么时候完成了哪个节点", "进展"),
    Site("cities", "地市排名", "各市处在什么位置，为什么", "进展"),
    Site("institutions", "高校院所", "哪些单位左右全省的数字", "进展"),
    Site("evaluation", "企业评价", "匹配的专利，企业评价了吗", "运用"),
    Site("events", "对接活动", "每个市办够全年的场次了吗", "运用"),
    Site("filings", "转让许可", "转让、许可了什么，备案了吗", "运用"),
    Site("library", "资源库", "有什么可以转化", "产出"),
    Site("increment", "专利增量", "新授权的盘点了吗，申请前评估了吗", "产出"),
    Site("bulletin", "通报导出", "把进展发出去", "产出"),
    Site("quality", "数据与口径", "这些数字可信吗", "数据"),
    Site("accounts", "账号", "谁能看什么，谁做过什么", "数据", frozenset({"steward"})),
    Site("me", "我的账号", "改密码，查看和结束自己的登录", "数据", is_listed=False),
)


def site(name: str) -> Site:
    """The page of a name."""
    return next(p for p in PAGES if p.name == name)
