/*
title: 单位每日累计盘点入库
clause: 四
definition: 一个单位自首件审核通过之日起至数据截止日，逐日累计的已盘点入库存量专利及其占本单位存量的比例。
grain: 该单位每天一行，没有审核通过时没有行
parameters:
  level: {label: 范围, type: choice, values: [institution], default: institution}
  key: {label: 单位编码, type: key}
columns:
  - {name: day, label: 日期, unit: date}
  - {name: approved, label: 已盘点入库, unit: patents}
  - {name: rate, label: 盘点率, unit: rate, note: 已盘点入库 ÷ 存量专利}
example:
  as_of: 2024-03-04
  given:
    institutions: |
      institution_id,city_code
      I1,320100
      I2,320100
    patents: |
      patent_no,institution_id,review_status,approved_on
      P1,I1,已通过,2024-03-02
      P2,I1,已通过,2024-03-04
      P3,I1,待院审,
      P4,I2,已通过,2024-03-01
  parameters: {key: I1}
  expect: |
    day,approved,rate
    2024-03-02,1,0.3333333333333333
    2024-03-03,1,0.3333333333333333
    2024-03-04,2,0.6666666666666666
*/
with

keys as (
    select stock, first_approved_on
    from inventory_sets
    where level = $level and key = $key and scope = 'territory' and approved > 0
),

days as (
    select
        keys.stock,
        cast(unnest(generate_series(keys.first_approved_on, plan.as_of, interval 1 day)) as date) as day
    from keys
    cross join plan
),

reached as (
    select day, approved
    from approval_days
    where level = $level and key = $key
),

final as (
    select days.day, reached.approved, reached.approved / days.stock as rate
    from days
    asof join reached on reached.day <= days.day
)

select * from final
order by day
