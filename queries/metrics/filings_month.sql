/*
title: 转让许可分月
clause: 五（二）
definition: >
    全省登记备案的转让许可，按登记备案的月份和方式。许可合同可在生效后三个月内备案，最近几个月总是偏低。
    一份合同跨月或兼有两种方式时在每一行各计一次。
grain: 每个出现的月份与方式一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: month, label: 月份, unit: month}
  - {name: kind, label: 方式, unit: text}
  - {name: contracts, label: 合同, unit: contracts}
  - {name: times, label: 件次, unit: times}
  - {name: patents, label: 专利, unit: patents}
  - {name: amount, label: 合同金额, unit: amount, note: 每份合同一次，取其各行最大的金额}
example:
  # Patent 1 is licensed twice in March: two times, one patent. Contract K's second row carries no amount.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on,amount
      K,1,普通许可,a,2024-03-01,8
      K,2,普通许可,a,2024-03-31,
      L,1,普通许可,a,2024-03-15,1.5
      K,3,独占许可,a,2024-03-01,8
      M,4,转让,a,2023-03-01,9
      N,5,转让,a,,9
  expect: |
    month,kind,contracts,times,patents,amount
    2024-03,独占许可,1,1,1,8
    2024-03,普通许可,2,3,2,9.5
*/
with

final as (
    select
        strftime(filing_months.month, '%Y-%m') as month,
        filing_months.kind,
        filing_months.contracts,
        filing_months.times,
        filing_months.patents,
        filing_months.amount
    from filing_months
    inner join plan on filing_months.year = coalesce(cast($year as bigint), year(plan.as_of))
)

select *
from final
order by month, list_position(['转让', '独占许可', '排他许可', '普通许可', '开放许可', '作价入股'], kind)
