/*
title: 转让许可（单位）
clause: 五（二）
definition: >
    每个单位作为转让方的转让许可，计法同设区市表：按登记备案日期，合同数数备案号，件次数行，件数不重复的专利号。
grain: 每个单位一行
rows: own
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 单位名称, unit: text}
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
  # A year that is over counts whole, and so does the year before it; what is unregistered belongs to no year.
  as_of: 2024-02-29
  parameters: {year: 2023}
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
      b,乙学院,320500
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on,amount,reported_on
      K,1,普通许可,a,2023-12-31,10,
      K,2,普通许可,a,2023-12-31,10,2024-01-02
      L,1,转让,a,2023-06-01,0.5,2023-06-02
      M,3,转让,b,,500,
      N,4,普通许可,a,2022-12-31,7,
  expect: |
    institution_id,institution_name,city_code,city_name,transfer_contracts,transfer_times,transfer_patents,licence_contracts,licence_times,licence_patents,open_licence_patents,patents,amount,unregistered,unreported,previous_year_patents,yoy,rank
    a,甲大学,320100,南京市,1,1,1,1,2,2,0,2,10.5,0,1,1,1,1
    b,乙学院,320500,苏州市,0,0,0,0,0,0,0,0,0,1,0,0,,2
*/
{% import "metrics/_filing_columns.sql" as filing with context %}
with

{{ filing.asked() }}
subjects as (
    select
        institution_id as key,
        institution_id,
        institution_name,
        city_code,
        city_name
    from institution_groups
),

{{ filing.counted("institution") }}
final as (
    select
        institution_id,
        institution_name,
        city_code,
        city_name,
{{ filing.figures() }}
    from counts
)

select * from final order by rank, institution_id
