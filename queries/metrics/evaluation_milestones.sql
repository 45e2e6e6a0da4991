/*
title: 企业评价里程碑
clause: 四
definition: >
    每组企业在每个任务日期的完成情况：应完成 = 比例 × 推送评价对数，向上取整；已评价累计达到应完成的最早一天为达标日期。
    当日达标为达标，其后达标为逾期达标，过期未达为未达标，未到期为未到期；没有推送的不判定。
grain: 每组企业每个任务日期一行
columns:
  - {name: enterprise_group, label: 企业组别, unit: text}
  - {name: label, label: 企业, unit: text}
  - {name: due_on, label: 任务日期, unit: date}
  - {name: share, label: 应达比例, unit: rate}
  - {name: matched, label: 推送评价, unit: pairs}
  - {name: evaluated, label: 已评价, unit: pairs}
  - {name: evaluation_rate, label: 企业评价率, unit: rate, note: 已评价对数 ÷ 推送评价对数}
  - {name: required, label: 应完成, unit: pairs}
  - {name: achieved_on, label: 达标日期, unit: date}
  - {name: status, label: 状态, unit: status}
example:
  as_of: 2024-05-31
  given:
    enterprises: |
      enterprise_id,city_code,categories
      E1,320100,国家知识产权示范企业;高新技术企业
      E2,320500,其他
    evaluations: |
      patent_no,enterprise_id,pushed_on,evaluated_on
      P1,E1,2024-03-01,2024-03-09
      P2,E1,2024-03-01,2024-05-02
      P1,E2,2024-03-01,2024-05-31
      P3,E2,2024-03-01,
  expect: |
    enterprise_group,label,due_on,share,matched,evaluated,evaluation_rate,required,achieved_on,status
    lead,国家知识产权优势示范企业,2024-04-30,0.6,2,2,1,2,2024-05-02,late
    lead,国家知识产权优势示范企业,2024-05-31,1,2,2,1,2,2024-05-02,met
    other,其他企业,2024-05-31,0.5,2,1,0.5,1,2024-05-31,met
    other,其他企业,2024-06-30,1,2,1,0.5,2,,open
*/
with

totals as (
    select
        group_code,
        cast(sum(pairs) as bigint) as matched,
        cast(coalesce(sum(pairs) filter (where evaluated_on is not null), 0) as bigint) as evaluated
    from evaluation_days
    group by group_code
),

reached as (
    select group_code, evaluated_on, sum(pairs) over (partition by group_code order by evaluated_on) as evaluated
    from evaluation_days
    where evaluated_on is not null
),

duties as (
    select
        plan_enterprise_obligations.group_code,
        plan_enterprise_groups.label,
        plan_enterprise_groups.position as group_position,
        plan_enterprise_obligations.position,
        plan_enterprise_obligations.due_on,
        plan_enterprise_obligations.share,
        case when presence.has_evaluations then coalesce(totals.matched, 0) end as matched,
        case when presence.has_evaluations then coalesce(totals.evaluated, 0) end as evaluated,
        cast(ceil(plan_enterprise_obligations.share * nullif(totals.matched, 0)) as bigint) as required
    from plan_enterprise_obligations
    inner join plan_enterprise_groups
        on plan_enterprise_groups.group_code = plan_enterprise_obligations.group_code
    cross join presence
    left join totals on totals.group_code = plan_enterprise_obligations.group_code
),

achieved as (
    select duties.group_code, duties.position, min(reached.evaluated_on) as achieved_on
    from duties
    inner join reached on reached.group_code = duties.group_code and reached.evaluated >= duties.required
    group by duties.group_code, duties.position
),

final as (
    select
        duties.group_code as enterprise_group,
        duties.label,
        duties.due_on,
        duties.share,
        duties.matched,
        duties.evaluated,
        duties.evaluated / nullif(duties.matched, 0) as evaluation_rate,
        duties.required,
        achieved.achieved_on,
        case
            when duties.matched is null then null
            when duties.matched = 0 then 'none'
            when achieved.achieved_on <= duties.due_on then 'met'
            when achieved.achieved_on is not null then 'late'
            when duties.due_on < plan.as_of then 'missed'
            else 'open'
        end as status
    from duties
    cross join plan
    left join achieved on achieved.group_code = duties.group_code and achieved.position = duties.position
    order by duties.group_position, duties.due_on
)

select * from final
