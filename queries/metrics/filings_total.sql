/*
title: 全省转让许可与备案情况
clause: 五（二）
definition: >
    全省按登记备案日期计当年一月一日至年末或数据日期的转让（转让、作价入股）与许可；每份合同的金额、每件专利在全省只计一次，
    所以小于各市之和。未备案为没有登记备案日期的行（不分年份），未反馈平台为当年登记备案而没有平台反馈日期的行。
grain: 一行
parameters:
  year: {label: 年份, type: year}
columns:
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
  - {name: unreported_share, label: 未反馈占比, unit: rate, note: 未反馈平台÷当年登记备案的件次}
  - {name: previous_year_patents, label: 上年同期专利, unit: patents}
  - {name: yoy, label: 同比, unit: rate, note: 上年同期为 0 时没有}
example:
  # Contract K covers two patents of two cities: once in the province, at its largest amount.
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
      N,7,普通许可,b,2024-01-01,1,2024-01-02
      M,3,作价入股,a,,500,
      O,4,普通许可,a,2023-02-28,7,
      P,5,普通许可,a,2023-03-01,7,
  expect: |
    transfer_contracts,transfer_times,transfer_patents,licence_contracts,licence_times,licence_patents,open_licence_patents,patents,amount,unregistered,unreported,unreported_share,previous_year_patents,yoy
    1,2,2,2,2,2,1,3,13,1,1,0.25,1,2
*/
{% import "metrics/_filing_columns.sql" as filing with context %}
with

{{ filing.asked() }}
subjects as (
    select province_code as key from plan
),

{{ filing.counted("province") }}
final as (
    select
        transfer_contracts,
        transfer_times,
        transfer_patents,
        licence_contracts,
        licence_times,
        licence_patents,
        open_licence_patents,
        patents,
        amount,
        unregistered,
        unreported,
        unreported / nullif(transfer_times + licence_times, 0) as unreported_share,
        previous_year_patents,
        patents / nullif(previous_year_patents, 0) - 1 as yoy
    from counts
)

select * from final order by patents
