/*
title: 单位与组别
clause: 四.1
definition: >
    Each institution with its frozen stock and its group: the first group of the plan, in order, of whose conditions
    any holds (demonstration, stock below a number, capacity programme, the rest).
grain: one row per institution
*/
with

institution_stock as (
    select
        institution_id,
        count(*) as stock
    from patent_rows
    where is_stock
    group by institution_id
),

stocked as (
    select
        institutions.*,
        coalesce(institution_stock.stock, 0) as stock
    from institutions
    left join institution_stock on institution_stock.institution_id = institutions.institution_id
),

fitting as (
    select
        stocked.institution_id,
        min(plan_groups.position) as position
    from stocked
    cross join plan_groups
    where (plan_groups.by_demonstration and stocked.demonstration)
        or (plan_groups.by_capacity_programme and stocked.capacity_programme)
        or coalesce(stocked.stock < plan_groups.stock_below, false)
        or plan_groups.is_rest
    group by stocked.institution_id
),

final as (
    select
        stocked.institution_id,
        stocked.institution_name,
        stocked.city_code,
        plan_cities.city_name,
        stocked.affiliation,
        stocked.stock,
        plan_groups.group_code
    from stocked
    inner join fitting on fitting.institution_id = stocked.institution_id
    inner join plan_groups on plan_groups.position = fitting.position
    inner join plan_cities on plan_cities.city_code = stocked.city_code
)

select * from final
