/*
title: 各组里程碑完成情况
clause: 四
definition: >
    每组在每个任务日期的完成情况：有存量的单位按状态分计；到期已盘点入库只计任务日期当日及以前审核通过的，
    同一专利号在一组内只计一件，按最早日期。
grain: 每组每个任务日期一行
columns:
  - {name: group, label: 组别, unit: text}
  - {name: due_on, label: 任务日期, unit: date}
  - {name: share, label: 应达比例, unit: rate}
  - {name: institutions, label: 有存量单位, unit: institutions}
  - {name: met, label: 达标, unit: institutions}
  - {name: late, label: 逾期达标, unit: institutions}
  - {name: missed, label: 未达标, unit: institutions}
  - {name: open, label: 未到期, unit: institutions}
  - {name: stock, label: 存量专利, unit: patents}
  - {name: approved_by_due, label: 到期已盘点入库, unit: patents}
  - {name: rate_by_due, label: 到期盘点率, unit: rate}
  - {name: approved_now, label: 已盘点入库, unit: patents}
  - {name: rate_now, label: 盘点率, unit: rate}
example:
  as_of: 2024-04-02
  given:
    institutions: |
      institution_id,city_code
      I1,320100
      I2,320500
      I3,320500
    patents: |
      patent_no,institution_id,review_status,approved_on,granted_on
      P1,I1,已通过,2024-03-31,2020-01-01
      P1,I2,已通过,2024-04-01,2020-01-01
      P2,I2,待校审,,2020-01-01
      P3,I3,已通过,2024-03-01,2024-02-01
  expect: |
    group,due_on,share,institutions,met,late,missed,open,stock,approved_by_due,rate_by_due,approved_now,rate_now
    A,2024-03-31,1,2,1,0,1,0,2,1,0.5,1,0.5
    B,2024-03-31,0.5,0,0,0,0,0,0,0,,0,
    B,2024-04-30,1,0,0,0,0,0,0,0,,0,
    C,2024-03-31,0.3,0,0,0,0,0,0,0,,0,
    C,2024-04-30,0.6,0,0,0,0,0,0,0,,0,
    C,2024-05-31,1,0,0,0,0,0,0,0,,0,
*/
with

institution_status as (
    select
        group_code,
        position,
        count(*) as institutions,
        count(*) filter (where status = 'met') as met,
        count(*) filter (where status = 'late') as late,
        count(*) filter (where status = 'missed') as missed,
        count(*) filter (where status = 'open') as open
    from institution_milestones
    where stock > 0
    group by group_code, position
),

by_due as (
    select plan_obligations.group_code, plan_obligations.position, max(approval_days.approved) as approved_by_due
    from plan_obligations
    inner join approval_days
        on approval_days.level = 'group'
        and approval_days.key = plan_obligations.group_code
        and approval_days.day <= plan_obligations.due_on
    group by plan_obligations.group_code, plan_obligations.position
),

final as (
    select
        plan_obligations.group_code as "group",
        plan_obligations.due_on,
        plan_obligations.share,
        coalesce(institution_status.institutions, 0) as institutions,
        coalesce(institution_status.met, 0) as met,
        coalesce(institution_status.late, 0) as late,
        coalesce(institution_status.missed, 0) as missed,
        coalesce(institution_status.open, 0) as open,
        inventory_sets.stock,
        coalesce(by_due.approved_by_due, 0) as approved_by_due,
        coalesce(by_due.approved_by_due, 0) / nullif(inventory_sets.stock, 0) as rate_by_due,
        inventory_sets.approved as approved_now,
        inventory_sets.inventory_rate as rate_now
    from plan_obligations
    inner join plan_groups on plan_groups.group_code = plan_obligations.group_code
    inner join inventory_sets
        on inventory_sets.level = 'group' and inventory_sets.key = plan_obligations.group_code
    left join institution_status
        on institution_status.group_code = plan_obligations.group_code
        and institution_status.position = plan_obligations.position
    left join by_due
        on by_due.group_code = plan_obligations.group_code and by_due.position = plan_obligations.position
    order by plan_groups.position, plan_obligations.position
)

select * from final
