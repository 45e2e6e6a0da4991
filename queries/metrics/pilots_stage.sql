/*
title: 二次开发与中试熟化
clause: 二（三）
definition: 二次开发表中各阶段有开始日期、有完成日期的行数，承接平台数不重复计。
grain: 每个阶段一行，总是四行
columns:
  - {name: stage, label: 阶段, unit: text}
  - {name: started, label: 已开始, unit: times}
  - {name: finished, label: 已完成, unit: times}
  - {name: platforms, label: 承接平台, unit: count}
example:
  # One patent on two platforms counts twice; one platform once.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    pilots: |
      patent_no,platform,stage,started_on,finished_on
      1,平台一,中试,2024-03-01,2024-04-01
      1,平台二,中试,2024-03-01,
      2,平台一,中试,2024-04-30,
      2,平台一,熟化,2024-04-30,
  expect: |
    stage,started,finished,platforms
    概念验证,0,0,0
    二次开发,0,0,0
    中试,3,1,2
    熟化,1,0,1
*/
with

known as (
    select
        unnest(['概念验证', '二次开发', '中试', '熟化']) as stage,
        unnest([1, 2, 3, 4]) as position
),

counts as (
    select
        stage,
        count(started_on) as started,
        count(finished_on) as finished,
        count(distinct platform) as platforms
    from pilots
    group by stage
),

final as (
    select
        known.position,
        known.stage,
        case when presence.has_pilots then coalesce(counts.started, 0) end as started,
        case when presence.has_pilots then coalesce(counts.finished, 0) end as finished,
        case when presence.has_pilots then coalesce(counts.platforms, 0) end as platforms
    from known
    cross join presence
    left join counts on counts.stage = known.stage
)

select * exclude (position) from final order by position
