/*
title: 企业与分组
clause: 四.2
definition: >
    Each enterprise with its group: the first group of the plan, in order, of whose categories it holds one;
    the last group takes the rest.
grain: one row per enterprise
*/
with

fitting as (
    select
        enterprises.enterprise_id,
        min(plan_enterprise_groups.position) as position
    from enterprises
    cross join plan_enterprise_groups
    left join plan_enterprise_categories
        on plan_enterprise_categories.group_code = plan_enterprise_groups.group_code
        and array_contains(enterprises.categories, plan_enterprise_categories.category)
    where plan_enterprise_groups.is_rest or plan_enterprise_categories.category is not null
    group by enterprises.enterprise_id
),

final as (
    select
        enterprises.enterprise_id,
        enterprises.enterprise_name,
        enterprises.city_code,
        plan_enterprise_groups.group_code
    from enterprises
    inner join fitting on fitting.enterprise_id = enterprises.enterprise_id
    inner join plan_enterprise_groups on plan_enterprise_groups.position = fitting.position
)

select * from final
