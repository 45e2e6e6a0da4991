/*
title: 企业评价汇总
clause: 二（二）
definition: >
    Enterprises, matched and evaluated pairs, needs and cooperation wishes of each group of enterprises, in the province
    and in each city. Null where the table a column comes from is absent.
grain: one row per set (level province or city, key) and group of enterprises
*/
with

places as (
    select 'province' as level, province_code as key from plan
    union all
    select 'city' as level, city_code as key from plan_cities
),

located_enterprises as (
    select 'province' as level, plan.province_code as key, enterprise_groups.group_code
    from enterprise_groups
    cross join plan
    union all
    select 'city' as level, city_code as key, group_code from enterprise_groups
),

located_pairs as (
    select
        'province' as level,
        plan.province_code as key,
        evaluation_rows.group_code,
        evaluation_rows.is_evaluated,
        evaluation_rows.has_need,
        evaluation_rows.has_cooperation
    from evaluation_rows
    cross join plan
    union all
    select 'city' as level, city_code as key, group_code, is_evaluated, has_need, has_cooperation from evaluation_rows
),

enterprise_counts as (
    select
        level,
        key,
        group_code,
        count(*) as enterprises
    from located_enterprises
    group by level, key, group_code
),

pair_counts as (
    select
        level,
        key,
        group_code,
        count(*) as matched,
        count(case when is_evaluated then 1 end) as evaluated,
        count(case when has_need then 1 end) as with_need,
        count(case when has_cooperation then 1 end) as with_cooperation
    from located_pairs
    group by level, key, group_code
),

final as (
    select
        places.level,
        places.key,
        plan_enterprise_groups.group_code,
        case when presence.has_enterprises then coalesce(enterprise_counts.enterprises, 0) end as enterprises,
        case when presence.has_evaluations then coalesce(pair_counts.matched, 0) end as matched,
        case when presence.has_evaluations then coalesce(pair_counts.evaluated, 0) end as evaluated,
        case when presence.has_evaluations then coalesce(pair_counts.with_need, 0) end as with_need,
        case when presence.has_evaluations then coalesce(pair_counts.with_cooperation, 0) end as with_cooperation
    from places
    cross join plan_enterprise_groups
    cross join presence
    left join enterprise_counts
        on enterprise_counts.level = places.level
        and enterprise_counts.key = places.key
        and enterprise_counts.group_code = plan_enterprise_groups.group_code
    left join pair_counts
        on pair_counts.level = places.level
        and pair_counts.key = places.key
        and pair_counts.group_code = plan_enterprise_groups.group_code
)

select * from final
