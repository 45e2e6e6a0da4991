/*
title: 单位异常
clause: 五（二）、五（四）
definition: >
    What the attention list asks of each institution besides its milestone: days since the last stock approval (null
    if there was none), most stock approvals of one day, filings registered more than unreported_days before the
    as-of date and not fed back, contracts whose recipient's name contains the institution's own.
grain: one row per institution
*/
with

busiest_days as (
    select key as institution_id, max(approvals) as most_approvals, max(day) as last_approved_on
    from approval_days
    where level = 'institution'
    group by key
),

institution_filings as (
    select
        filings.institution_id,
        count(*) filter (
            where filings.reported_on is null
                and date_diff('day', filings.registered_on, plan.as_of) > plan.unreported_days
        ) as unreported,
        count(distinct case
            when contains(filings.recipient, institution_groups.institution_name) then filings.filing_no
        end) as self_transfers
    from filings
    inner join institution_groups on institution_groups.institution_id = filings.institution_id
    cross join plan
    group by filings.institution_id
),

final as (
    select
        institution_groups.institution_id,
        institution_groups.institution_name,
        institution_groups.city_code,
        institution_groups.stock,
        date_diff('day', busiest_days.last_approved_on, plan.as_of) as days_without_approval,
        coalesce(busiest_days.most_approvals, 0) as most_approvals,
        coalesce(institution_filings.unreported, 0) as unreported,
        coalesce(institution_filings.self_transfers, 0) as self_transfers
    from institution_groups
    left join busiest_days on busiest_days.institution_id = institution_groups.institution_id
    left join institution_filings on institution_filings.institution_id = institution_groups.institution_id
    cross join plan
)

select * from final
