/*
title: 一件专利的档案
clause: 二（一）
definition: 一件专利在盘点表中的各行（每个权利单位一行），连同所属的专利池或组合；账号只看得到自己范围内的行。
grain: 每个权利单位一行
rows: account
parameters:
  patent: {label: 专利号, type: text}
columns:
  - {name: patent_no, label: 专利号, unit: text}
  - {name: title, label: 专利名称, unit: text}
  - {name: patent_type, label: 专利类型, unit: text}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 单位, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: co_owners, label: 共有权利人, unit: text}
  - {name: filed_on, label: 申请日, unit: date}
  - {name: granted_on, label: 授权公告日, unit: date}
  - {name: ipc, label: 主分类号, unit: text}
  - {name: field, label: 技术领域, unit: text}
  - {name: legal_status, label: 法律状态, unit: text}
  - {name: lapsed_on, label: 失效日期, unit: date}
  - {name: class, label: 类别, unit: text, note: 存量、增量或其他（基准日前已转化、已失效）}
  - {name: review_status, label: 审核状态, unit: text}
  - {name: recorded_on, label: 建档日期, unit: date}
  - {name: approved_on, label: 盘点入库日期, unit: date, note: 审核通过的日期，未通过的为空}
  - {name: listed_on, label: 入资源库日期, unit: date, note: 未盘点入库的为空}
  - {name: implementation, label: 实施状态, unit: text}
  - {name: industrialised, label: 是否产业化, unit: boolean}
  - {name: intents, label: 转化意愿, unit: text}
  - {name: maturity, label: 成熟度, unit: text}
  - {name: stars, label: 星级, unit: count}
  - {name: prospect, label: 产业化前景等级, unit: text}
  - {name: breadth, label: 适用范围, unit: text}
  - {name: route, label: 推广路径, unit: text, note: 方案的五条路径，只归已入转化资源库的存量专利}
  - {name: product, label: 对应产品, unit: text}
  - {name: advantages, label: 技术优势, unit: text}
  - {name: performance, label: 性能指标, unit: text}
  - {name: outlook, label: 产业化前景, unit: text}
  - {name: portfolio_id, label: 组合编号, unit: text}
  - {name: portfolio_name, label: 组合名称, unit: text}
  - {name: portfolio_kind, label: 组合类型, unit: text}
example:
  # b's row is not approved, so its dates of approval and listing do not count.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
      b,乙学院,320500
    patents: |
      patent_no,institution_id,title,review_status,recorded_on,approved_on,listed_on,intents,stars,portfolio_id,product
      ZL201310699744.2,b,石墨烯电池,校审退回,2024-02-01,2024-03-01,2024-03-02,,,,
      ZL201310699744.2,a,石墨烯电池,已通过,2024-02-01,2024-03-01,2024-03-02,转让;许可,5,Z,储能电池
      ZL201310699746.9,a,电池,未建档,,,,,,,
    portfolios: |
      portfolio_id,portfolio_name,kind
      Z,储能组合,专利池
  parameters: {patent: 2013 10699744}
  expect: |
    patent_no,title,patent_type,institution_id,institution_name,city_name,co_owners,filed_on,granted_on,ipc,field,legal_status,lapsed_on,class,review_status,recorded_on,approved_on,listed_on,implementation,industrialised,intents,maturity,stars,prospect,breadth,route,product,advantages,performance,outlook,portfolio_id,portfolio_name,portfolio_kind
    ZL201310699744.2,石墨烯电池,发明,a,甲大学,南京市,,,2021-06-15,,,有效,,stock,已通过,2024-02-01,2024-03-01,2024-03-02,,,转让、许可,,5,,,pool,储能电池,,,,Z,储能组合,专利池
    ZL201310699744.2,石墨烯电池,发明,b,乙学院,苏州市,,,2021-06-15,,,有效,,stock,校审退回,2024-02-01,,,,,,,,,,,,,,,,,
*/
{% import "metrics/_library.sql" as library with context %}
with
{{ library.patent() }}
final as (
    select
        patents.patent_no,
        patents.title,
        patents.patent_type,
        patents.institution_id,
        library_rows.institution_name,
        library_rows.city_name,
        array_to_string(patents.co_owners, '、') as co_owners,
        patents.filed_on,
        patents.granted_on,
        patents.ipc,
        patents.field,
        patents.legal_status,
        patents.lapsed_on,
        library_rows.class,
        patents.review_status,
        patents.recorded_on,
        case when library_rows.stage in ('approved', 'listed') then patents.approved_on end as approved_on,
        case when library_rows.stage = 'listed' then patents.listed_on end as listed_on,
        patents.implementation,
        patents.industrialised,
        array_to_string(patents.intents, '、') as intents,
        patents.maturity,
        patents.stars,
        patents.prospect,
        patents.breadth,
        library_rows.route,
        patents.product,
        patents.advantages,
        patents.performance,
        patents.outlook,
        patents.portfolio_id,
        portfolios.portfolio_name,
        portfolios.kind as portfolio_kind
    from patent
    inner join library_rows
        on library_rows.patent_no = patent.patent_no and library_rows.institution_id = patent.institution_id
    inner join patents on patents.patent_no = patent.patent_no and patents.institution_id = patent.institution_id
    left join portfolios on portfolios.portfolio_id = patents.portfolio_id
)

select * from final order by listed_on, approved_on, recorded_on, institution_id
