/*
title: 分层推广路径汇总
clause: 二（三）
definition: >
    Listed stock patents of the province and of each city by route, the first that holds for the representative row:
    open_licence (多主体), pool (stars of the plan and a portfolio), auction (good prospect, maturity high), pilot (good
    prospect, maturity below high), general (the rest; a null maturity is neither high nor below).
grain: one row per set (level province or city, key) and route that occurs
*/
{% import "marts/_routes.sql" as routes with context %}
with

{% set attributes = ['stars', 'maturity', 'prospect', 'breadth', 'portfolio_id'] %}
listed as (
    select
        'city' as level,
        city_code as key,
        patent_no,
        {{ attributes | join(', ') }},
        true as is_solo
    from patent_rows
    where is_stock and is_listed and not is_joint
    union all
    select
        level,
        key,
        patent_no,
        {{ attributes | join(', ') }},
        false as is_solo
    from joint_stock
    where is_listed
),

routed as (
    select
        listed.level,
        listed.key,
        listed.is_solo,
        {{ routes.route('listed') }} as route,
        coalesce(listed.stars >= 4, false) as has_stars_4_up,
        coalesce(patent_outcomes.is_matched, false) as is_matched,
        coalesce(patent_outcomes.is_filed, false) as is_filed
    from listed
    cross join plan
    {{ routes.joined('listed') }}
    left join patent_outcomes on patent_outcomes.patent_no = listed.patent_no
),

counts as (
    select
        level,
        key,
        is_solo,
        route,
        count(*) as patents,
        count(case when has_stars_4_up then 1 end) as stars_4_up,
        count(case when is_matched then 1 end) as matched_patents,
        count(case when is_filed then 1 end) as filed_patents
    from routed
    group by level, key, is_solo, route
),

parts as (
    select level, key, route, patents, stars_4_up, matched_patents, filed_patents from counts
    union all
    select 'province' as level, plan.province_code as key, route, patents, stars_4_up, matched_patents, filed_patents
    from counts
    cross join plan
    where counts.is_solo
),

final as (
    select
        level,
        key,
        route,
        cast(sum(patents) as bigint) as patents,
        cast(sum(stars_4_up) as bigint) as stars_4_up,
        cast(sum(matched_patents) as bigint) as matched_patents,
        cast(sum(filed_patents) as bigint) as filed_patents
    from parts
    group by level, key, route
)

select * from final
