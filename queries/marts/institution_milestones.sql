/*
title: 单位里程碑
clause: 四
definition: >
    Each obligation date of an institution's group: required = ceil(share × stock) in decimals, achieved on the
    earliest day by which that many were approved. The current one is the first due on or after the as-of date, or
    the last. Without stock: status none, nothing required. Counts have 19 digits, so that engines multiply in 128 bits:
    with 18, DuckDB keeps to 64, in which twelve places of the share leave room for a million patents at the most.
grain: one row per institution and obligation date of its group
*/
with

obligations as (
    select
        institution_groups.institution_id,
        institution_groups.city_code,
        institution_groups.group_code,
        plan_obligations.position,
        plan_obligations.due_on,
        plan_obligations.share,
        institution_groups.stock,
        case
            when institution_groups.stock > 0
                then cast(ceil(plan_obligations.share * cast(institution_groups.stock as decimal(19, 0))) as bigint)
        end as required
    from institution_groups
    inner join plan_obligations on plan_obligations.group_code = institution_groups.group_code
),

current_positions as (
    select
        plan_obligations.group_code,
        coalesce(
            min(case when plan_obligations.due_on >= plan.as_of then plan_obligations.position end),
            max(plan_obligations.position)
        ) as position
    from plan_obligations
    cross join plan
    group by plan_obligations.group_code
),

reached as (
    select
        obligations.institution_id,
        obligations.position,
        min(case when approval_days.approved >= obligations.required then approval_days.day end) as achieved_on,
        max(case when approval_days.day <= obligations.due_on then approval_days.approved end) as approved_by_due
    from obligations
    inner join approval_days
        on approval_days.level = 'institution' and approval_days.key = obligations.institution_id
    group by obligations.institution_id, obligations.position
),

judged as (
    select
        obligations.*,
        obligations.position = current_positions.position as is_current,
        coalesce(reached.approved_by_due, 0) as approved_by_due,
        reached.achieved_on,
        plan.as_of,
        case
            when obligations.stock = 0 then 'none'
            when reached.achieved_on <= obligations.due_on then 'met'
            when reached.achieved_on > obligations.due_on then 'late'
            when obligations.due_on < plan.as_of then 'missed'
            else 'open'
        end as status
    from obligations
    inner join current_positions on current_positions.group_code = obligations.group_code
    left join reached
        on reached.institution_id = obligations.institution_id and reached.position = obligations.position
    cross join plan
),

final as (
    select
        institution_id,
        city_code,
        group_code,
        position,
        is_current,
        due_on,
        share,
        stock,
        required,
        approved_by_due,
        achieved_on,
        case
            when status = 'met' then 0
            when status = 'late' then date_diff('day', due_on, achieved_on)
            when status = 'missed' then date_diff('day', due_on, as_of)
        end as days_late,
        status
    from judged
)

select * from final
