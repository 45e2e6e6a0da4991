/*
title: 专利增量分月
clause: 二（一）
definition: >
    Patents granted after the baseline by the month of their grant, in the province and in each city, of any legal
    status, each number once there: in its earliest month, recorded or approved if one of its rows of increment is.
grain: one row per set (level province or city, key) and month (its first day) with an increment
*/
with

placed as (
    select 'province' as level, plan.province_code as key, patent_rows.*
    from patent_rows
    cross join plan
    where patent_rows.is_increment
    union all
    select 'city' as level, city_code as key, patent_rows.*
    from patent_rows
    where is_increment
),

numbers as (
    select
        level,
        key,
        patent_no,
        cast(date_trunc('month', min(granted_on)) as date) as month,
        bool_or(is_recorded) as is_recorded,
        bool_or(is_approved) as is_approved
    from placed
    group by level, key, patent_no
),

final as (
    select
        level,
        key,
        month,
        count(*) as granted,
        count(case when is_recorded then 1 end) as recorded,
        count(case when is_approved then 1 end) as approved
    from numbers
    group by level, key, month
)

select * from final
