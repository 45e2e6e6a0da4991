/*
title: 存量变动
definition: >
    Stock patents of each city and of each institution against the snapshot before, where they differ; stock is frozen
    by the plan, so that a difference wants a reason.
grain: one row per city, then one per institution, the largest change first
*/
with

now_sets as (
    select level, key, stock from stock_sets where scope = 'territory'
),

before_sets as (
    select level, key, stock from previous.stock_sets where scope = 'territory'
),

named as (
    select 'city' as level, city_code as key, city_name as name, city_name from plan_cities
    union all
    select 'institution', institution_id, institution_name, plan_cities.city_name
    from (
        select institution_id, institution_name, city_code from institutions
        union
        select before.institution_id, before.institution_name, before.city_code
        from previous.institutions as before
        left join institutions as now on now.institution_id = before.institution_id
        where now.institution_id is null
    ) as every
    left join plan_cities on plan_cities.city_code = every.city_code
),

final as (
    select
        named.level,
        named.name,
        named.city_name,
        coalesce(before_sets.stock, 0) as stock_before,
        coalesce(now_sets.stock, 0) as stock,
        coalesce(now_sets.stock, 0) - coalesce(before_sets.stock, 0) as change
    from named
    left join now_sets on now_sets.level = named.level and now_sets.key = named.key
    left join before_sets on before_sets.level = named.level and before_sets.key = named.key
    where coalesce(now_sets.stock, 0) <> coalesce(before_sets.stock, 0)
)

select * from final order by level, abs(change) desc, name
