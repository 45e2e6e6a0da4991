/*
title: 单位进度预测
clause: 四
definition: >
    Where an institution's pace of the last pace_days days leads: approvals in them (recent), what the current
    milestone still asks, days until its due date (0 when past) and until everything is approved at that pace (null
    at pace 0, 0 when complete). outlook, the first that holds: done, stalled (pace 0), on_track, at_risk.
    Comparisons are made in whole numbers: approved × pace_days + recent × days.
grain: one row per institution with stock
*/
with

recent_approvals as (
    select
        approval_days.key as institution_id,
        cast(sum(approval_days.approvals) as bigint) as recent
    from approval_days
    cross join plan
    where approval_days.level = 'institution'
        and date_diff('day', approval_days.day, plan.as_of) between 0 and plan.pace_days - 1
    group by approval_days.key
),

standing as (
    select
        institution_milestones.institution_id,
        institution_milestones.stock,
        institution_milestones.required,
        inventory_sets.approved,
        inventory_sets.last_approved_on,
        coalesce(recent_approvals.recent, 0) as recent,
        plan.pace_days,
        date_diff('day', plan.as_of, institution_milestones.due_on) as days_left
    from institution_milestones
    inner join inventory_sets
        on inventory_sets.level = 'institution' and inventory_sets.key = institution_milestones.institution_id
    left join recent_approvals on recent_approvals.institution_id = institution_milestones.institution_id
    cross join plan
    where institution_milestones.is_current and institution_milestones.stock > 0
),

projected as (
    select
        *,
        approved * pace_days + recent * greatest(days_left, 0) as projected_times_pace_days
    from standing
),

final as (
    select
        institution_id,
        recent / (pace_days / 7) as pace_per_week,
        case
            when approved >= required then 0
            when days_left > 0 then (required - approved) / (days_left / 7)
        end as needed_per_week,
        case when approved = stock then last_approved_on end as completed_on,
        case
            when approved = stock then 0
            when recent > 0 then cast(ceil((stock - approved) * pace_days / recent) as bigint)
        end as days_to_completion,
        least(1, projected_times_pace_days / (stock * pace_days)) as projected_rate,
        case
            when approved = stock then 'done'
            when recent = 0 then 'stalled'
            when projected_times_pace_days >= required * pace_days then 'on_track'
            else 'at_risk'
        end as outlook
    from projected
)

select * from final
