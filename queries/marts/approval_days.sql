/*
title: 每日盘点入库
clause: 四
definition: >
    Stock patents approved on each day (a joint number in a larger set on its earliest day there), and how many of
    the set had been approved by the end of it. Scope territory 属地.
grain: one row per level, key and day with an approval
*/
with

institution_days as (
    select institution_id, approved_on as day, count(*) as approvals
    from patent_rows
    where is_stock and is_approved and not is_joint
    group by institution_id, approved_on
),

parts as (
    select institution_sets.level, institution_sets.key, institution_days.day, institution_days.approvals
    from institution_days
    inner join institution_sets on institution_sets.institution_id = institution_days.institution_id
    where institution_sets.scope = 'territory'
    union all
    select level, key, approved_on as day, count(*) as approvals
    from joint_stock_sets
    where is_approved and scope = 'territory'
    group by level, key, approved_on
),

daily as (
    select level, key, day, cast(sum(approvals) as bigint) as approvals
    from parts
    group by level, key, day
),

final as (
    select
        level,
        key,
        day,
        approvals,
        cast(sum(approvals) over (partition by level, key order by day) as bigint) as approved
    from daily
)

select * from final
