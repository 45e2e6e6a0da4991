/*
title: 转让许可（设区市）
clause: 五（二）
definition: >
    按登记备案日期计当年一月一日至年末或数据日期；合同数数备案号，件次数行，件数不重复的专利号；城市取转让方单位所在地。
    一份跨市或兼有两类的合同在每一处各计一次，所以各市相加可以大于全省。上年同期：上年一月一日至同月同日（2 月 29 日对 28 日）。
grain: 每个设区市一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: transfer_contracts, label: 转让合同, unit: contracts, note: 转让与作价入股}
  - {name: transfer_times, label: 转让件次, unit: times}
  - {name: transfer_patents, label: 转让专利, unit: patents}
  - {name: licence_contracts, label: 许可合同, unit: contracts, note: 独占、排他、普通与开放许可}
  - {name: licence_times, label: 许可件次, unit: times}
  - {name: licence_patents, label: 许可专利, unit: patents}
  - {name: open_licence_patents, label: 开放许可专利, unit: patents}
  - {name: patents, label: 转让许可专利, unit: patents, note: 转让与许可合起来不重复计}
  - {name: amount, label: 合同金额, unit: amount, note: 每份合同一次，取其各行最大的金额}
  - {name: unregistered, label: 未备案, unit: times, note: 没有登记备案日期的行，不分年份}
  - {name: unreported, label: 未反馈平台, unit: times, note: 当年登记备案而没有平台反馈日期的行}
  - {name: previous_year_patents, label: 上年同期专利, unit: patents}
  - {name: yoy, label: 同比, unit: rate, note: 上年同期为 0 时没有}
  - {name: rank, label: 名次, unit: rank, note: 按转让许可专利}
example:
  # Contract K covers two patents and two cities; patent 1 is also licensed. Leap day: last year counts to 28 February.
  as_of: 2024-02-29
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320500
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on,amount,reported_on
      K,1,转让,a,2024-02-29,10,
      K,2,转让,b,2024-02-29,12,2024-02-29
      L,1,开放许可,a,2024-01-01,,2024-01-02
      M,3,作价入股,a,,500,
      N,4,普通许可,a,2023-02-28,7,
      O,5,普通许可,a,2023-03-01,7,
  expect: |
    city_code,city_name,transfer_contracts,transfer_times,transfer_patents,licence_contracts,licence_times,licence_patents,open_licence_patents,patents,amount,unregistered,unreported,previous_year_patents,yoy,rank
    320100,南京市,1,1,1,1,1,1,1,1,10,1,1,1,0,1
    320200,无锡市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    320300,徐州市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    320400,常州市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    320500,苏州市,1,1,1,0,0,0,0,1,12,0,0,0,,1
    320600,南通市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    320700,连云港市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    320800,淮安市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    320900,盐城市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    321000,扬州市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    321100,镇江市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    321200,泰州市,0,0,0,0,0,0,0,0,0,0,0,0,,3
    321300,宿迁市,0,0,0,0,0,0,0,0,0,0,0,0,,3
*/
{% import "metrics/_filing_columns.sql" as filing with context %}
with

{{ filing.asked() }}
subjects as (
    select
        position,
        city_code as key,
        city_code,
        city_name
    from plan_cities
),

{{ filing.counted("city") }}
final as (
    select
        position,
        city_code,
        city_name,
{{ filing.figures() }}
    from counts
)

select * exclude (position) from final order by position
