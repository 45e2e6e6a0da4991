/*
title: 典型案例（设区市）
clause: 五（三）
definition: 各市报送的典型案例数和其中被采用的数。
grain: 每个设区市一行
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: submitted, label: 报送, unit: count}
  - {name: published, label: 采用, unit: count, note: 是否采用为“是”}
example:
  # An empty 是否采用 is not a yes.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    cases: |
      case_id,city_code,published
      1,320100,true
      2,320100,
      3,321300,false
  expect: |
    city_code,city_name,submitted,published
    320100,南京市,2,1
    320200,无锡市,0,0
    320300,徐州市,0,0
    320400,常州市,0,0
    320500,苏州市,0,0
    320600,南通市,0,0
    320700,连云港市,0,0
    320800,淮安市,0,0
    320900,盐城市,0,0
    321000,扬州市,0,0
    321100,镇江市,0,0
    321200,泰州市,0,0
    321300,宿迁市,1,0
*/
with

counts as (
    select
        city_code,
        count(*) as submitted,
        count(case when published then 1 end) as published
    from cases
    group by city_code
),

final as (
    select
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
        case when presence.has_cases then coalesce(counts.submitted, 0) end as submitted,
        case when presence.has_cases then coalesce(counts.published, 0) end as published
    from plan_cities
    cross join presence
    left join counts on counts.city_code = plan_cities.city_code
)

select * exclude (position) from final order by position
