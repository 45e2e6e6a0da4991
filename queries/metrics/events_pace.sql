/*
title: 对接活动进度
clause: 二（三）
definition: >
    各市当年截至数据日期的计数活动，与按全年均匀进度现应办的场次：目标 × 已过天数 ÷ 全年天数，向下取整。
grain: 每个设区市一行；对接活动表缺失时没有
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: counted, label: 计数活动, unit: events}
  - {name: expected, label: 现应, unit: events}
  - {name: behind, label: 落后, unit: events, note: 现应减计数活动，不小于 0}
example:
  # 30 April of a leap year is day 121 of 366: five a year are 1.65 by then, so 1.
  as_of: 2024-04-30
  given:
    events: |
      event_id,held_on,city_code,level,kind
      1,2024-04-30,320100,市级,对接
      2,2024-01-01,320100,园区,路演
      3,2024-04-30,320500,省级,对接
  expect: |
    city_code,city_name,counted,expected,behind
    320100,南京市,2,1,0
    320200,无锡市,0,1,1
    320300,徐州市,0,1,1
    320400,常州市,0,1,1
    320500,苏州市,0,1,1
    320600,南通市,0,1,1
    320700,连云港市,0,1,1
    320800,淮安市,0,1,1
    320900,盐城市,0,1,1
    321000,扬州市,0,1,1
    321100,镇江市,0,1,1
    321200,泰州市,0,1,1
    321300,宿迁市,0,1,1
*/
with

final as (
    select
        plan_cities.position,
        event_pace.city_code,
        event_pace.city_name,
        event_pace.counted,
        event_pace.expected,
        greatest(event_pace.expected - event_pace.counted, 0) as behind
    from event_pace
    inner join plan_cities on plan_cities.city_code = event_pace.city_code
)

select * exclude (position) from final order by position
