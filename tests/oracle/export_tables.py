"""The input contract's twelve tables as the oracle knows them: transcribed from exports.md, not read from a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tests.oracle.plan import MATURITY
from tests.oracle.tables import TITLES


@dataclass(frozen=True)
class Column:
    """A column: `kind` is text, free, number, integer, patent, date, month, yes, city, one, several, or unit, firm."""

    name: str
    header: str
    aliases: tuple[str, ...]
    kind: str
    is_required: bool
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """A table; `key` names its key columns."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}


_LONG = {
    "policy": MATURITY,
    "categories": (
        "国家知识产权示范企业", "国家知识产权优势企业", "知识产权贯标企业", "专精特新中小企业", "高新技术企业",
        "国有企业", "其他",
    ),
}  # fmt: skip


def _column(line: str) -> Column:
    """`name header[|alias,alias] kind[:values or bounds] R|o`"""
    name, headers, kind, need = line.split()
    header, _, aliases = headers.partition("|")
    kind, _, limits = kind.partition(":")
    bounds = [None if b == "" else int(b) for b in limits.split("..")] if ".." in limits else [None, None]
    listed = tuple(limits.split("/")) if limits and ".." not in limits else ()
    values = _LONG.get(limits, listed)
    return Column(name, header, tuple(filter(None, aliases.split(","))), kind, need == "R", values, *bounds)


def _table(name: str, key: str, lines: str) -> Table:
    return Table(name, TITLES[name], tuple(key.split()), tuple(map(_column, lines.strip().splitlines())))


_TABLES = (
    _table("institutions", "institution_id", """
institution_id 单位编码|学校标识码,统一社会信用代码 text R
institution_name 单位名称|高校院所名称,学校名称 text R
kind 单位类型|类型 one:高校/科研机构/医疗机构 R
affiliation 隶属关系|隶属 one:部属/省属/市属/民办 R
city_code 所在设区市|设区市,所在地市,地市 city R
demonstration 国家知识产权示范高校|示范高校 yes R
capacity_programme 承担运营能力提升计划|运营能力提升计划 yes R
"""),
    _table("patents", "patent_no institution_id", """
patent_no 专利号|专利号/申请号,申请号 patent R
title 专利名称|名称,发明名称 text R
patent_type 专利类型|类型 one:发明/实用新型/外观设计 R
institution_id 单位编码|第一专利权人编码 unit R
co_owners 共有权利人|共同专利权人 several o
filed_on 申请日 date R
granted_on 授权公告日|授权日 date R
ipc 主分类号|IPC主分类号,IPC text o
field 技术领域|产业领域 text o
legal_status 法律状态 one:有效/失效 R
lapsed_on 失效日期|终止日期 date o
converted_before 基准日前已转化|2023年底前已转化 yes R
recorded_on 建档日期|盘点日期,填报日期 date o
review_status 审核状态 one:未建档/待院审/院审退回/待校审/校审退回/已通过 R
approved_on 审核通过日期|盘点入库日期,入库日期 date o
listed_on 入资源库日期|进入转化资源库日期 date o
implementation 实施状态|专利实施状态 one:未实施/自行实施/许可/转让/作价入股 o
industrialised 是否产业化|产业化 yes o
intents 转化意愿|转化方式意愿,转化意向 several:转让/许可/开放许可/作价入股/自行产业化/无意愿 o
maturity 技术成熟度|成熟度 one:policy o
stars 价值星级|专利自评,星级,价值分级 integer:1..5 o
prospect 产业化前景等级|前景等级 one:好/较好/一般/较差 o
breadth 适用范围|应用广度 one:单一主体/多主体 o
product 对应产品 free o
advantages 技术优势 free o
performance 性能指标 free o
outlook 产业化前景|应用场景 free o
portfolio_id 专利组合编号|组合编号 text o
"""),
    _table("enterprises", "enterprise_id", """
enterprise_id 企业编码|统一社会信用代码 text R
enterprise_name 企业名称 text R
city_code 所在设区市 city R
categories 企业类别|企业类型 several:categories R
"""),
    _table("evaluations", "patent_no enterprise_id", """
patent_no 专利号 patent R
enterprise_id 企业编码 firm R
pushed_on 推送日期|匹配日期 date R
evaluated_on 评价日期|反馈日期 date o
score 前景评分|产业化前景评分 integer:1..5 o
improvement_need 技术改进需求 free o
cooperation 产学研合作意愿|合作意愿 one:有/无/洽谈中 o
"""),
    _table("experts", "expert_id", """
expert_id 专家编号 text R
enterprise_id 企业编码 firm R
field 技术领域 text o
joined_on 入库日期 date R
reviews 参与评价件数 integer:0.. o
"""),
    _table("events", "event_id", """
event_id 活动编号 text R
event_name 活动名称 text R
held_on 活动日期|举办日期 date R
city_code 所在设区市 city R
level 组织层级 one:省级/市级/县级/园区 R
kind 活动类型 one:对接/路演/拍卖/交易/展示/推广/培训/宣传 R
organiser 主办单位 text o
field 技术领域 text o
institutions 参加高校院所数 integer:0.. o
enterprises 参加企业数 integer:0.. o
patents 发布专利数 integer:0.. o
intents 达成意向数 integer:0.. o
deals 签约数 integer:0.. o
amount 签约金额 number:0.. o
"""),
    _table("filings", "filing_no patent_no", """
filing_no 备案号|登记号,合同编号 text R
patent_no 专利号 patent R
kind 方式|转化方式 one:转让/独占许可/排他许可/普通许可/开放许可/作价入股 R
institution_id 转让方单位编码|单位编码 unit R
recipient 受让方名称|受让方,被许可方 text R
recipient_province 受让方所在省 text o
recipient_city 受让方所在市 text o
effective_on 合同生效日期|合同日期 date R
registered_on 登记备案日期|备案日期 date o
amount 合同金额 number:0.. o
reported_on 平台反馈日期 date o
"""),
    _table("products", "product_no patent_no", """
product_no 备案号|产品备案号 text R
product_name 产品名称 text R
patent_no 专利号 patent R
enterprise_id 企业编码 firm o
registered_on 备案日期 date R
stage 阶段 one:备案/认定 R
sales 年销售额 number:0.. o
"""),
    _table("assessments", "institution_id month", """
institution_id 单位编码 unit R
month 月份 month R
assessed 评估件数 integer:0.. o
advised 建议申请件数 integer:0.. o
declined 不予申请件数 integer:0.. o
ordered_projects 订单式研发项目数 integer:0.. o
joint_projects 联合攻关项目数 integer:0.. o
"""),
    _table("portfolios", "portfolio_id", """
portfolio_id 组合编号 text R
portfolio_name 组合名称 text R
kind 类型 one:专利组合/专利池 R
field 技术领域 text o
operator 运营机构 text o
formed_on 成立日期 date o
licensees 已许可企业数 integer:0.. o
"""),
    _table("pilots", "patent_no platform stage", """
patent_no 专利号 patent R
platform 承接平台 text R
stage 阶段 one:概念验证/二次开发/中试/熟化 R
started_on 开始日期 date R
finished_on 完成日期 date o
"""),
    _table("cases", "case_id", """
case_id 案例编号 text R
case_name 案例名称 text R
city_code 所在设区市 city R
institution_id 单位编码 unit o
submitted_on 报送日期 date R
published 是否采用 yes o
"""),
)  # fmt: skip

TABLES = {table.name: table for table in _TABLES}
