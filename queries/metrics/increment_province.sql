/*
title: 全省专利增量与申请前评估
clause: 二（一）、二（四）
definition: >
    基准日之后授权的专利（不论状态），同一专利号在全省只计一次；申请前评估取数据日期当年各月，
    不予申请占比＝不予申请÷评估件数；申请前评估表缺失时为空。
grain: 一行
columns:
  - {name: granted, label: 新授权, unit: patents}
  - {name: recorded, label: 已建档, unit: patents}
  - {name: approved, label: 已入库, unit: patents}
  - {name: inventory_rate, label: 增量盘点率, unit: rate, note: 已入库÷新授权}
  - {name: assessed, label: 评估件数, unit: patents}
  - {name: advised, label: 建议申请, unit: patents}
  - {name: declined, label: 不予申请, unit: patents}
  - {name: declined_rate, label: 不予申请占比, unit: rate, note: 不予申请÷评估件数}
  - {name: ordered_projects, label: 订单式研发项目, unit: count}
  - {name: joint_projects, label: 联合攻关项目, unit: count}
example:
  # Patent 3 is owned in two cities: once. December's assessments belong to last year.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320500
    patents: |
      patent_no,institution_id,granted_on,review_status,approved_on
      2,a,2024-01-01,未建档,
      3,a,2024-01-05,未建档,
      3,b,2024-01-05,已通过,2024-03-01
    assessments: |
      institution_id,month,assessed,advised,declined,ordered_projects,joint_projects
      a,2023-12-01,50,50,0,9,9
      a,2024-01-01,10,8,2,1,
      b,2024-04-01,6,,2,,3
  expect: |
    granted,recorded,approved,inventory_rate,assessed,advised,declined,declined_rate,ordered_projects,joint_projects
    2,1,1,0.5,16,8,4,0.25,1,3
*/
with

patents as (
    select
        cast(coalesce(sum(increment_months.granted), 0) as bigint) as granted,
        cast(coalesce(sum(increment_months.recorded), 0) as bigint) as recorded,
        cast(coalesce(sum(increment_months.approved), 0) as bigint) as approved
    from increment_months
    where increment_months.level = 'province'
),

reports as (
    select
{% for column in ["assessed", "advised", "declined", "ordered_projects", "joint_projects"] %}
        cast(coalesce(sum({{ column }}), 0) as bigint) as {{ column }}{{ "," if not loop.last }}
{% endfor %}
    from assessment_cities
),

final as (
    select
        patents.granted,
        patents.recorded,
        patents.approved,
        patents.approved / nullif(patents.granted, 0) as inventory_rate,
        case when presence.has_assessments then reports.assessed end as assessed,
        case when presence.has_assessments then reports.advised end as advised,
        case when presence.has_assessments then reports.declined end as declined,
        case when presence.has_assessments then reports.declined / nullif(reports.assessed, 0) end as declined_rate,
        case when presence.has_assessments then reports.ordered_projects end as ordered_projects,
        case when presence.has_assessments then reports.joint_projects end as joint_projects
    from patents
    cross join reports
    cross join presence
)

select * from final order by granted
