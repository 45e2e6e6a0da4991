/*
title: 共有存量专利的代表行
clause: 二（一）
definition: >
    A stock patent that stands in several accepted rows counts once in the province and in a city. Its attributes come
    from one of its stock rows there: listed before approved before recorded before none, then the earlier date of that
    stage, then the smaller institution_id. (A patent with one accepted row is its own representative.)
grain: one row per level (province, city), key and joint stock patent
*/
with

placed as (
    select 'province' as level, plan.province_code as key, patent_rows.*
    from patent_rows
    cross join plan
    where patent_rows.is_stock and patent_rows.is_joint
    union all
    select 'city' as level, city_code as key, patent_rows.*
    from patent_rows
    where is_stock and is_joint
),

ordered as (
    select
        *,
        row_number() over (
            partition by level, key, patent_no
            order by
                case when is_listed then 1 when is_approved then 2 when is_recorded then 3 else 4 end,
                case when is_listed then listed_on when is_approved then approved_on else recorded_on end,
                institution_id
        ) as place
    from placed
),

final as (
    select
        level,
        key,
        patent_no,
        is_approved,
        is_listed,
        field,
        maturity,
        stars,
        prospect,
        breadth,
        portfolio_id
    from ordered
    where place = 1
)

select * from final
