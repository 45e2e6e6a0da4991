/*
title: 每日累计盘点入库
clause: 四
definition: >
    自首件审核通过之日起至数据截止日，逐日累计的已盘点入库存量专利及其占存量的比例；同一专利号在一个范围内只计一件，按最早日期。
grain: 每个范围每天一行，没有审核通过的范围不列
parameters:
  level: {label: 范围, type: choice, values: [province, city, group], default: province}
columns:
  - {name: key, label: 范围代码, unit: text}
  - {name: day, label: 日期, unit: date}
  - {name: approved, label: 已盘点入库, unit: patents}
  - {name: rate, label: 盘点率, unit: rate}
example:
  as_of: 2024-03-04
  given:
    institutions: |
      institution_id,city_code
      I1,320100
      I2,320100
      I3,320500
    patents: |
      patent_no,institution_id,review_status,approved_on
      P1,I1,已通过,2024-03-03
      P1,I2,已通过,2024-03-01
      P2,I2,已通过,2024-03-03
      P3,I2,待院审,
      P4,I3,已通过,2024-03-04
  parameters: {level: city}
  expect: |
    key,day,approved,rate
    320100,2024-03-01,1,0.3333333333333333
    320100,2024-03-02,1,0.3333333333333333
    320100,2024-03-03,2,0.6666666666666666
    320100,2024-03-04,2,0.6666666666666666
    320500,2024-03-04,1,1
*/
with

keys as (
    select key, stock, first_approved_on
    from inventory_sets
    where level = $level and scope = 'territory' and approved > 0
),

days as (
    select
        keys.key,
        keys.stock,
        cast(unnest(generate_series(keys.first_approved_on, plan.as_of, interval 1 day)) as date) as day
    from keys
    cross join plan
),

reached as (
    select key, day, approved
    from approval_days
    where level = $level
),

final as (
    select
        days.key,
        days.day,
        reached.approved,
        reached.approved / days.stock as rate
    from days
    asof join reached on reached.key = days.key and reached.day <= days.day
)

select * from final
order by key, day
