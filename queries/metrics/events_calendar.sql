/*
title: 对接活动日历
clause: 二（三）
definition: >
    各市当年截至数据日期每天举办的活动；计数活动为市级、县级、园区组织的对接、路演、拍卖、交易、展示、推广。
grain: 每市每个有活动的日子一行，按日期
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: day, label: 日期, unit: date}
  - {name: events, label: 活动, unit: events}
  - {name: counted, label: 其中计数活动, unit: events}
example:
  # What was held on the day itself counts; last year's does not.
  as_of: 2024-04-30
  given:
    events: |
      event_id,held_on,city_code,level,kind
      1,2024-04-30,320100,市级,对接
      2,2024-04-30,320100,省级,对接
      3,2024-01-05,320100,园区,培训
      4,2024-01-05,320500,园区,对接
      5,2023-12-31,320100,市级,对接
  expect: |
    city_code,day,events,counted
    320100,2024-01-05,1,0
    320500,2024-01-05,1,1
    320100,2024-04-30,2,1
*/
with

held as (
    select events.city_code, events.held_on, levels.term is not null and kinds.term is not null as is_counted
    from events
    inner join plan
        on events.held_on <= plan.as_of and year(events.held_on) = coalesce(cast($year as bigint), year(plan.as_of))
    left join plan_terms as levels on levels.list_name = 'counted_levels' and levels.term = events.level
    left join plan_terms as kinds on kinds.list_name = 'counted_kinds' and kinds.term = events.kind
),

final as (
    select city_code, held_on as day, count(*) as events, count(*) filter (where is_counted) as counted
    from held
    group by city_code, held_on
)

select * from final order by day, city_code
