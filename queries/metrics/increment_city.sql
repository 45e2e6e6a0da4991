/*
title: 专利增量与申请前评估（设区市）
clause: 二（一）、二（四）
definition: >
    基准日之后授权的专利（不论状态），同一专利号在一市只计一次，建档与入库同存量的规则。申请前评估按单位所在市，
    取数据日期当年各月；不予申请占比＝不予申请÷评估件数。
grain: 每个设区市一行
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: granted, label: 新授权, unit: patents}
  - {name: recorded, label: 已建档, unit: patents}
  - {name: approved, label: 已入库, unit: patents}
  - {name: inventory_rate, label: 增量盘点率, unit: rate, note: 已入库÷新授权}
  - {name: assessed, label: 评估件数, unit: patents}
  - {name: advised, label: 建议申请, unit: patents}
  - {name: declined, label: 不予申请, unit: patents}
  - {name: declined_rate, label: 不予申请占比, unit: rate}
  - {name: ordered_projects, label: 订单式研发项目, unit: count}
  - {name: joint_projects, label: 联合攻关项目, unit: count}
example:
  # Granted on the baseline is stock; patent 2 lapsed and converted still is an increment. December belongs to last year.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320100
    patents: |
      patent_no,institution_id,granted_on,legal_status,converted_before,review_status,recorded_on,approved_on
      1,a,2023-12-31,有效,false,已通过,,2024-03-01
      2,a,2024-01-01,失效,true,待院审,2024-03-01,
      3,a,2024-01-05,有效,false,未建档,,
      3,b,2024-01-05,有效,false,已通过,,2024-03-01
    assessments: |
      institution_id,month,assessed,advised,declined,ordered_projects,joint_projects
      a,2023-12-01,50,50,0,9,9
      a,2024-01-01,10,8,2,1,
      b,2024-04-01,6,,2,,3
  expect: |
    city_code,city_name,granted,recorded,approved,inventory_rate,assessed,advised,declined,declined_rate,ordered_projects,joint_projects
    320100,南京市,2,2,1,0.5,16,8,4,0.25,1,3
    320200,无锡市,0,0,0,,0,0,0,,0,0
    320300,徐州市,0,0,0,,0,0,0,,0,0
    320400,常州市,0,0,0,,0,0,0,,0,0
    320500,苏州市,0,0,0,,0,0,0,,0,0
    320600,南通市,0,0,0,,0,0,0,,0,0
    320700,连云港市,0,0,0,,0,0,0,,0,0
    320800,淮安市,0,0,0,,0,0,0,,0,0
    320900,盐城市,0,0,0,,0,0,0,,0,0
    321000,扬州市,0,0,0,,0,0,0,,0,0
    321100,镇江市,0,0,0,,0,0,0,,0,0
    321200,泰州市,0,0,0,,0,0,0,,0,0
    321300,宿迁市,0,0,0,,0,0,0,,0,0
*/
with

final as (
    select
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
        coalesce(increment_cities.granted, 0) as granted,
        coalesce(increment_cities.recorded, 0) as recorded,
        coalesce(increment_cities.approved, 0) as approved,
        increment_cities.approved / nullif(increment_cities.granted, 0) as inventory_rate,
        case when presence.has_assessments then coalesce(assessment_cities.assessed, 0) end as assessed,
        case when presence.has_assessments then coalesce(assessment_cities.advised, 0) end as advised,
        case when presence.has_assessments then coalesce(assessment_cities.declined, 0) end as declined,
        assessment_cities.declined / nullif(assessment_cities.assessed, 0) as declined_rate,
        case when presence.has_assessments then coalesce(assessment_cities.ordered_projects, 0) end as ordered_projects,
        case when presence.has_assessments then coalesce(assessment_cities.joint_projects, 0) end as joint_projects
    from plan_cities
    cross join presence
    left join increment_cities on increment_cities.city_code = plan_cities.city_code
    left join assessment_cities on assessment_cities.city_code = plan_cities.city_code
)

select * exclude (position) from final order by position
