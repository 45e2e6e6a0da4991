/*
title: 全省对接活动达标城市
clause: 二（三）
definition: >
    当年截至数据日，计数活动（市级、县级、园区组织的对接、路演、拍卖、交易、展示、推广）达到全年场次要求的设区市数；
    对接活动表缺失时为空。
grain: 一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: cities_met, label: 活动达标城市, unit: count, note: 计数活动不少于全年要求场次的设区市}
  - {name: cities, label: 设区市, unit: count}
  - {name: counted, label: 计数活动, unit: events}
  - {name: target, label: 每市应办, unit: events}
example:
  as_of: 2024-04-30
  given:
    events: |
      event_id,held_on,city_code,level,kind
      V1,2024-01-05,320100,市级,对接
      V2,2024-01-06,320100,县级,路演
      V3,2024-01-07,320100,园区,拍卖
      V4,2024-01-08,320100,园区,展示
      V5,2024-01-09,320100,县级,推广
      V6,2024-01-09,320500,县级,推广
      V7,2024-01-09,320500,省级,推广
      V8,2023-12-09,320500,县级,推广
  expect: |
    cities_met,cities,counted,target
    1,13,6,5
*/
with

asked as (
    select coalesce(cast($year as bigint), year(as_of)) as year, event_target as target
    from plan
),

cities as (
    select
        asked.target,
        presence.has_events,
        case when presence.has_events then coalesce(event_years.counted, 0) end as counted
    from plan_cities
    cross join asked
    cross join presence
    left join event_years on event_years.city_code = plan_cities.city_code and event_years.year = asked.year
),

final as (
    select
        case when has_events then count(*) filter (where counted >= target) end as cities_met,
        count(*) as cities,
        cast(sum(counted) as bigint) as counted,
        target
    from cities
    group by has_events, target
)

select * from final
order by cities
