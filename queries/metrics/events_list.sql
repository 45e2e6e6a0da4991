/*
title: 对接活动明细
clause: 二（三）、五（三）
definition: 各市当年截至数据日期的每一场活动，注明是否计入场次要求。
grain: 每场活动一行，最近的在前
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: event_id, label: 活动编号, unit: text}
  - {name: held_on, label: 活动日期, unit: date}
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: event_name, label: 活动名称, unit: text}
  - {name: kind, label: 活动类型, unit: text}
  - {name: level, label: 组织层级, unit: text}
  - {name: is_counted, label: 计数, unit: boolean, note: 计入每市每年的场次要求}
  - {name: organiser, label: 主办单位, unit: text}
  - {name: field, label: 技术领域, unit: text}
  - {name: institutions, label: 高校院所, unit: institutions}
  - {name: enterprises, label: 企业, unit: enterprises}
  - {name: patents, label: 发布专利, unit: patents}
  - {name: intents, label: 达成意向, unit: count}
  - {name: deals, label: 签约, unit: contracts}
  - {name: amount, label: 签约金额, unit: amount}
example:
  as_of: 2024-04-30
  given:
    events: |
      event_id,event_name,held_on,city_code,level,kind,organiser,patents,deals,amount
      1,拍卖会,2024-03-30,320100,市级,拍卖,市局,10,2,0.5
      2,培训班,2024-04-30,320100,县级,培训,,,,
      3,对接会,2024-04-30,320500,县级,对接,,,,
      4,去年的会,2023-04-30,320100,市级,对接,,,,
  expect: |
    event_id,held_on,city_code,city_name,event_name,kind,level,is_counted,organiser,field,institutions,enterprises,patents,intents,deals,amount
    2,2024-04-30,320100,南京市,培训班,培训,县级,false,,,,,,,,
    3,2024-04-30,320500,苏州市,对接会,对接,县级,true,,,,,,,,
    1,2024-03-30,320100,南京市,拍卖会,拍卖,市级,true,市局,,,,10,,2,0.5
*/
with

final as (
    select
        events.event_id,
        events.held_on,
        events.city_code,
        plan_cities.city_name,
        events.event_name,
        events.kind,
        events.level,
        levels.term is not null and kinds.term is not null as is_counted,
        events.organiser,
        events.field,
        events.institutions,
        events.enterprises,
        events.patents,
        events.intents,
        events.deals,
        events.amount
    from events
    inner join plan
        on events.held_on <= plan.as_of and year(events.held_on) = coalesce(cast($year as bigint), year(plan.as_of))
    inner join plan_cities on plan_cities.city_code = events.city_code
    left join plan_terms as levels on levels.list_name = 'counted_levels' and levels.term = events.level
    left join plan_terms as kinds on kinds.list_name = 'counted_kinds' and kinds.term = events.kind
)

select * from final order by held_on desc, event_id
