/*
title: 专利增量分月
clause: 二（一）
definition: >
    全省或一市基准日之后授权的专利（不论状态），按授权月份，同一专利号只计一次；已建档、已入库为截至数据日期的情况，
    所以最近几个月偏低是正常的。
grain: 每个有授权的月份一行
parameters:
  city: {label: 设区市代码, type: text}
columns:
  - {name: month, label: 授权月份, unit: month}
  - {name: granted, label: 新授权, unit: patents}
  - {name: recorded, label: 已建档, unit: patents}
  - {name: approved, label: 已入库, unit: patents}
  - {name: inventory_rate, label: 增量盘点率, unit: rate, note: 已入库÷新授权}
example:
  # Granted on the baseline is stock; patent 3 is owned in two cities and counts once in the province.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320500
    patents: |
      patent_no,institution_id,granted_on,review_status,recorded_on,approved_on
      1,a,2023-12-31,已通过,,2024-03-01
      2,a,2024-01-01,待院审,2024-03-01,
      3,a,2024-01-05,未建档,,
      3,b,2024-01-05,已通过,,2024-03-01
      4,b,2024-04-30,未建档,,
  expect: |
    month,granted,recorded,approved,inventory_rate
    2024-01,2,2,1,0.5
    2024-04,1,0,0,0
*/
with

final as (
    select
        strftime(increment_months.month, '%Y-%m') as month,
        increment_months.granted,
        increment_months.recorded,
        increment_months.approved,
        increment_months.approved / nullif(increment_months.granted, 0) as inventory_rate
    from increment_months
    inner join plan on increment_months.key = coalesce(cast($city as varchar), plan.province_code)
)

select * from final order by month
