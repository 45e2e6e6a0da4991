/*
title: 对接活动类型与层级
clause: 二（三）、五（三）
definition: 各市当年截至数据日期的全部活动，按活动类型与组织层级；没有填的发布专利、意向、签约和金额不计。
grain: 每市每个出现的活动类型与组织层级一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: kind, label: 活动类型, unit: text}
  - {name: level, label: 组织层级, unit: text}
  - {name: is_counted, label: 计数, unit: boolean, note: 计入每市每年的场次要求}
  - {name: events, label: 活动, unit: events}
  - {name: patents, label: 发布专利, unit: patents}
  - {name: intents, label: 达成意向, unit: count}
  - {name: deals, label: 签约, unit: contracts}
  - {name: amount, label: 签约金额, unit: amount}
example:
  as_of: 2024-04-30
  given:
    events: |
      event_id,held_on,city_code,level,kind,patents,intents,deals,amount
      1,2024-04-30,320100,市级,对接,10,3,1,0.5
      2,2024-03-30,320500,市级,对接,5,,,
      3,2024-01-05,320100,省级,对接,,,2,
      4,2024-01-05,320100,县级,培训,,,,
      5,2023-12-31,320100,市级,对接,99,9,9,9
  expect: |
    city_code,kind,level,is_counted,events,patents,intents,deals,amount
    320100,对接,市级,true,1,10,3,1,0.5
    320500,对接,市级,true,1,5,0,0,0
    320100,对接,省级,false,1,0,0,2,0
    320100,培训,县级,false,1,0,0,0,0
*/
with

held as (
    select events.*, levels.term is not null and kinds.term is not null as is_counted
    from events
    inner join plan
        on events.held_on <= plan.as_of and year(events.held_on) = coalesce(cast($year as bigint), year(plan.as_of))
    left join plan_terms as levels on levels.list_name = 'counted_levels' and levels.term = events.level
    left join plan_terms as kinds on kinds.list_name = 'counted_kinds' and kinds.term = events.kind
),

final as (
    select
        city_code,
        kind,
        level,
        is_counted,
        count(*) as events,
        cast(coalesce(sum(patents), 0) as bigint) as patents,
        cast(coalesce(sum(intents), 0) as bigint) as intents,
        cast(coalesce(sum(deals), 0) as bigint) as deals,
        coalesce(sum(amount), 0) as amount
    from held
    group by city_code, kind, level, is_counted
)

select * from final
order by
    list_position(['对接', '路演', '拍卖', '交易', '展示', '推广', '培训', '宣传'], kind),
    list_position(['市级', '县级', '园区', '省级'], level),
    city_code
