/*
title: 申请前评估分月
clause: 二（四）
definition: >
    全省或一市单位报送的申请前评估，取数据日期当年各月；不予申请占比＝不予申请÷评估件数，没有填的不计。
    单位按月报送，最近一个月往往没有报全。
grain: 每个有报送的月份一行
parameters:
  city: {label: 设区市代码, type: text}
columns:
  - {name: month, label: 月份, unit: month}
  - {name: institutions, label: 报送单位, unit: institutions}
  - {name: assessed, label: 评估件数, unit: patents}
  - {name: advised, label: 建议申请, unit: patents}
  - {name: declined, label: 不予申请, unit: patents}
  - {name: declined_rate, label: 不予申请占比, unit: rate, note: 不予申请÷评估件数}
  - {name: ordered_projects, label: 订单式研发项目, unit: count}
  - {name: joint_projects, label: 联合攻关项目, unit: count}
example:
  # February was reported without a number: it is there, and has no share.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320500
    assessments: |
      institution_id,month,assessed,advised,declined,ordered_projects,joint_projects
      a,2023-12-01,50,50,0,9,9
      a,2024-01-01,10,8,2,1,
      b,2024-01-01,6,,2,,3
      a,2024-02-01,,,,,
  expect: |
    month,institutions,assessed,advised,declined,declined_rate,ordered_projects,joint_projects
    2024-01,2,16,8,4,0.25,1,3
    2024-02,1,0,0,0,,0,0
*/
with

reports as (
    select assessments.*
    from assessments
    inner join plan on year(assessments.month) = year(plan.as_of) and assessments.month <= plan.as_of
    inner join institutions on institutions.institution_id = assessments.institution_id
    where institutions.city_code = coalesce(cast($city as varchar), institutions.city_code)
),

months as (
    select
        month,
        count(*) as institutions,
{% for column in ["assessed", "advised", "declined", "ordered_projects", "joint_projects"] %}
        cast(coalesce(sum({{ column }}), 0) as bigint) as {{ column }}{{ "," if not loop.last }}
{% endfor %}
    from reports
    group by month
),

final as (
    select
        strftime(month, '%Y-%m') as month,
        institutions,
        assessed,
        advised,
        declined,
        declined / nullif(assessed, 0) as declined_rate,
        ordered_projects,
        joint_projects
    from months
)

select * from final order by month
