/*
title: 各集合的盘点进展
clause: 二（一）、四
definition: >
    Inventory of each set on the as-of date. Patents count once per set; institutions count at their own current
    milestone and only with stock (institutions_total: all). required and institution_stock are sums over
    institutions. Rank by inventory_rate among the sets of a level and scope, on values rounded to 9 decimals.
grain: one row per set (level, key, scope), sets without institutions or stock included
*/
with

scopes as (
    select 'territory' as scope
    union all
    select 'municipal' as scope
    union all
    select 'provincial' as scope
),

keys as (
    select 'province' as level, plan.province_code as key, scopes.scope
    from plan
    cross join scopes
    union all
    select 'city' as level, plan_cities.city_code as key, scopes.scope
    from plan_cities
    cross join scopes
    union all
    select 'group' as level, group_code as key, 'territory' as scope from plan_groups
    union all
    select 'institution' as level, institution_id as key, 'territory' as scope from institution_groups
),

institution_state as (
    select
        institution_milestones.institution_id,
        institution_milestones.city_code,
        institution_milestones.stock,
        institution_milestones.required,
        institution_milestones.status,
        coalesce(stock_sets.approved, 0) as approved
    from institution_milestones
    left join stock_sets
        on stock_sets.level = 'institution' and stock_sets.key = institution_milestones.institution_id
    where institution_milestones.is_current
),

membership as (
    select
        institution_sets.level,
        institution_sets.key,
        institution_sets.scope,
        count(*) as institutions_total,
        count(*) filter (where institution_state.stock > 0) as institutions,
        count(*) filter (where institution_state.status in ('met', 'late')) as institutions_met,
        count(*) filter (where institution_state.status = 'missed') as institutions_missed,
        count(*) filter (where institution_state.stock > 0 and institution_state.approved = institution_state.stock)
            as institutions_done,
        count(distinct case when institution_state.stock > 0 then institution_state.city_code end) as cities,
        cast(sum(institution_state.stock) as bigint) as institution_stock,
        cast(sum(coalesce(institution_state.required, 0)) as bigint) as required
    from institution_sets
    inner join institution_state on institution_state.institution_id = institution_sets.institution_id
    group by institution_sets.level, institution_sets.key, institution_sets.scope
),

approval_span as (
    select level, key, min(day) as first_approved_on, max(day) as last_approved_on
    from approval_days
    group by level, key
),

counted as (
    select
        keys.level,
        keys.key,
        keys.scope,
        coalesce(membership.institutions_total, 0) as institutions_total,
        coalesce(membership.institutions, 0) as institutions,
        coalesce(membership.institutions_met, 0) as institutions_met,
        coalesce(membership.institutions_missed, 0) as institutions_missed,
        coalesce(membership.institutions_done, 0) as institutions_done,
        coalesce(membership.cities, 0) as cities,
        coalesce(membership.institution_stock, 0) as institution_stock,
        coalesce(membership.required, 0) as required,
        coalesce(stock_sets.stock, 0) as stock,
        coalesce(stock_sets.recorded, 0) as recorded,
        coalesce(stock_sets.approved, 0) as approved,
        coalesce(stock_sets.listed, 0) as listed,
        approval_span.first_approved_on,
        approval_span.last_approved_on
    from keys
    left join membership
        on membership.level = keys.level and membership.key = keys.key and membership.scope = keys.scope
    left join stock_sets
        on stock_sets.level = keys.level and stock_sets.key = keys.key and stock_sets.scope = keys.scope
    left join approval_span
        on approval_span.level = keys.level and approval_span.key = keys.key and keys.scope = 'territory'
),

rated as (
    select
        *,
        approved / nullif(stock, 0) as inventory_rate,
        listed / nullif(approved, 0) as listing_rate,
        required / nullif(institution_stock, 0) as required_rate,
        case
            when institutions = 0 then 'none'
            when institutions_missed > 0 then 'missed'
            when institutions_met = institutions then 'met'
            else 'open'
        end as status
    from counted
),

final as (
    select
        *,
        100 * (inventory_rate - required_rate) as lead_pp,
        case
            when inventory_rate is not null
                then rank() over (partition by level, scope order by round(inventory_rate, 9) desc nulls last)
        end as rank
    from rated
)

select * from final
