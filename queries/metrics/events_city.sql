/*
title: 对接活动（设区市）
clause: 二（三）
definition: >
    计数活动：市级、县级、园区组织的对接、路演、拍卖、交易、展示、推广，当年一月一日至数据日期。目标每市每年 5 场；
    状态：场次达到目标为达标，当年未过完为未到期，否则未达标。状态之后各列含该市当年全部活动（省级、培训、宣传也在内）。
grain: 每个设区市一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: year, label: 年份, unit: number}
  - {name: counted, label: 计数活动, unit: events}
  - {name: target, label: 目标, unit: events}
  - {name: shortfall, label: 还差, unit: events}
  - {name: status, label: 状态, unit: status}
  - {name: all_events, label: 全部活动, unit: events}
  - {name: dock, label: 对接, unit: events}
  - {name: roadshow, label: 路演, unit: events}
  - {name: auction, label: 拍卖, unit: events}
  - {name: trade, label: 交易, unit: events}
  - {name: exhibition, label: 展示, unit: events}
  - {name: promotion, label: 推广, unit: events}
  - {name: training, label: 培训, unit: events}
  - {name: publicity, label: 宣传, unit: events}
  - {name: city_level, label: 市级, unit: events}
  - {name: county_level, label: 县级, unit: events}
  - {name: park_level, label: 园区, unit: events}
  - {name: province_level, label: 省级, unit: events}
  - {name: patents, label: 发布专利, unit: patents}
  - {name: deals, label: 签约, unit: contracts}
  - {name: amount, label: 签约金额, unit: amount}
  - {name: rank, label: 名次, unit: rank, note: 按计数活动}
example:
  # 苏州 holds three events this year, of which one counts: an event of the province and a training do not.
  as_of: 2024-12-31
  given:
    institutions: |
      institution_id
      a
    events: |
      event_id,held_on,city_code,level,kind,patents,deals,amount
      1,2024-12-31,320500,园区,拍卖,10,2,0.5
      2,2024-03-01,320500,省级,对接,,1,
      3,2024-03-01,320500,市级,培训,5,,
      4,2023-12-31,320500,市级,对接,99,99,99
      5,2024-01-01,320100,县级,推广,,,
      6,2024-02-29,320100,市级,展示,,,
  expect: |
    city_code,city_name,year,counted,target,shortfall,status,all_events,dock,roadshow,auction,trade,exhibition,promotion,training,publicity,city_level,county_level,park_level,province_level,patents,deals,amount,rank
    320100,南京市,2024,2,5,3,open,2,0,0,0,0,1,1,0,0,1,1,0,0,0,0,0,1
    320200,无锡市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    320300,徐州市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    320400,常州市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    320500,苏州市,2024,1,5,4,open,3,1,0,1,0,0,0,1,0,1,0,1,1,15,3,0.5,2
    320600,南通市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    320700,连云港市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    320800,淮安市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    320900,盐城市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    321000,扬州市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    321100,镇江市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    321200,泰州市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
    321300,宿迁市,2024,0,5,5,open,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,3
*/
with

asked as (
    select
        coalesce(cast($year as bigint), year(as_of)) as year,
        year(as_of) as current_year,
        event_target as target
    from plan
),

counts as (
    select
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
        asked.year,
        asked.current_year,
        asked.target,
{% for column in ["counted", "all_events", "dock", "roadshow", "auction", "trade", "exhibition", "promotion", "training",
                  "publicity", "city_level", "county_level", "park_level", "province_level", "patents", "deals",
                  "amount"] %}
        case when presence.has_events then coalesce(event_years.{{ column }}, 0) end as {{ column }}
        {{- "," if not loop.last }}
{% endfor %}
    from plan_cities
    cross join asked
    cross join presence
    left join event_years on event_years.city_code = plan_cities.city_code and event_years.year = asked.year
),

final as (
    select
        position,
        city_code,
        city_name,
        year,
        counted,
        target,
        case when counted is not null then greatest(target - counted, 0) end as shortfall,
        case
            when counted >= target then 'met'
            when counted < target and year >= current_year then 'open'
            when counted < target then 'missed'
        end as status,
        all_events,
        dock,
        roadshow,
        auction,
        trade,
        exhibition,
        promotion,
        training,
        publicity,
        city_level,
        county_level,
        park_level,
        province_level,
        patents,
        deals,
        amount,
        case when counted is not null then rank() over (order by counted desc nulls last) end as rank
    from counts
)

select * exclude (position) from final order by position
