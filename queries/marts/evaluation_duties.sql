/*
title: 企业评价应完成情况
clause: 四.2
definition: >
    What each group of enterprises owes at its current milestone (the first obligation date not before the as-of date,
    else the last), in decimal arithmetic over its matched pairs, and the day by which it had evaluated as many.
    Nothing matched, or 企业评价 absent: required and achieved_on are null.
grain: one row per group of enterprises
*/
with

current_positions as (
    select
        plan_enterprise_obligations.group_code,
        coalesce(
            min(case when plan_enterprise_obligations.due_on >= plan.as_of then plan_enterprise_obligations.position end),
            max(plan_enterprise_obligations.position)
        ) as position
    from plan_enterprise_obligations
    cross join plan
    group by plan_enterprise_obligations.group_code
),

duties as (
    select
        plan_enterprise_obligations.group_code,
        plan_enterprise_obligations.due_on,
        plan_enterprise_obligations.share,
        case
            when evaluation_sets.matched > 0
                then cast(ceil(plan_enterprise_obligations.share * evaluation_sets.matched) as bigint)
        end as required
    from plan_enterprise_obligations
    inner join current_positions
        on current_positions.group_code = plan_enterprise_obligations.group_code
        and current_positions.position = plan_enterprise_obligations.position
    inner join evaluation_sets
        on evaluation_sets.group_code = plan_enterprise_obligations.group_code
        and evaluation_sets.level = 'province'
),

days as (
    select
        group_code,
        evaluated_on,
        cast(sum(count(*)) over (partition by group_code order by evaluated_on) as bigint) as evaluated_by_then
    from evaluation_rows
    where is_evaluated
    group by group_code, evaluated_on
),

achievements as (
    select
        duties.group_code,
        min(days.evaluated_on) as achieved_on
    from duties
    inner join days on days.group_code = duties.group_code and days.evaluated_by_then >= duties.required
    group by duties.group_code
),

final as (
    select
        duties.group_code,
        duties.due_on,
        duties.share,
        duties.required,
        achievements.achieved_on
    from duties
    left join achievements on achievements.group_code = duties.group_code
)

select * from final
