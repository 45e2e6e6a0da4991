/*
title: 单位专利价值星级
clause: 二（一）
definition: 一个单位已盘点入库的存量专利按价值星级分布，0 为未评。
grain: 每个星级一行，0 至 5
parameters:
  level: {label: 范围, type: choice, values: [institution], default: institution}
  key: {label: 单位编码, type: key}
columns:
  - {name: stars, label: 星级, unit: count, note: 0 为未评}
  - {name: patents, label: 专利, unit: patents}
  - {name: share, label: 占比, unit: rate, note: 占本单位已盘点入库}
example:
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      I1,320100
    patents: |
      patent_no,institution_id,review_status,approved_on,stars
      P1,I1,已通过,2024-03-02,4
      P2,I1,已通过,2024-03-04,
      P3,I1,待院审,,5
  parameters: {key: I1}
  expect: |
    stars,patents,share
    0,1,0.5
    1,0,0
    2,0,0
    3,0,0
    4,1,0.5
    5,0,0
*/
with

steps as (
    select unnest(range(6)) as stars
),

own as (
    select coalesce(stars, 0) as stars, patents
    from institution_profiles
    where $level = 'institution' and institution_id = $key and dimension = 'stars'
),

counted as (
    select steps.stars, cast(coalesce(sum(own.patents), 0) as bigint) as patents
    from steps
    left join own on own.stars = steps.stars
    group by steps.stars
),

final as (
    select stars, patents, patents / nullif(sum(patents) over (), 0) as share
    from counted
)

select * from final
order by stars
