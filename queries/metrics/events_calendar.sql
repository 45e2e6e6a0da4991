/*
title: 对接活动日历
clause: 二（三）
definition: >
    全省或一市当年截至数据日期每天举办的活动；计数活动为市级、县级、园区组织的对接、路演、拍卖、交易、展示、推广。
grain: 每个有活动的日子一行
parameters:
  year: {label: 年份, type: year}
  city: {label: 设区市代码, type: text}
columns:
  - {name: day, label: 日期, unit: date}
  - {name: events, label: 活动, unit: events}
  - {name: counted, label: 其中计数活动, unit: events}
example:
  # What was held on the day itself counts; last year's and what another city held does not.
  as_of: 2024-04-30
  parameters: {city: "320100"}
  given:
    events: |
      event_id,held_on,city_code,level,kind
      1,2024-04-30,320100,市级,对接
      2,2024-04-30,320100,省级,对接
      3,2024-01-05,320100,园区,培训
      4,2024-01-05,320500,园区,对接
      5,2023-12-31,320100,市级,对接
  expect: |
    day,events,counted
    2024-01-05,1,0
    2024-04-30,2,1
*/
with

held as (
    select events.held_on, levels.term is not null and kinds.term is not null as is_counted
    from events
    inner join plan
        on events.held_on <= plan.as_of and year(events.held_on) = coalesce(cast($year as bigint), year(plan.as_of))
    left join plan_terms as levels on levels.list_name = 'counted_levels' and levels.term = events.level
    left join plan_terms as kinds on kinds.list_name = 'counted_kinds' and kinds.term = events.kind
    where events.city_code = coalesce(cast($city as varchar), events.city_code)
),

final as (
    select held_on as day, count(*) as events, count(*) filter (where is_counted) as counted
    from held
    group by held_on
)

select * from final order by day
