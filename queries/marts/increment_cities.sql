/*
title: 专利增量汇总
clause: 二（一）
definition: >
    Patents granted after the baseline in each city, of any legal status, each number once: recorded or approved if one
    of its rows of increment there is.
grain: one row per city with an increment
*/
with

numbers as (
    select
        city_code,
        patent_no,
        bool_or(is_recorded) as is_recorded,
        bool_or(is_approved) as is_approved
    from patent_rows
    where is_increment
    group by city_code, patent_no
),

final as (
    select
        city_code,
        count(*) as granted,
        count(case when is_recorded then 1 end) as recorded,
        count(case when is_approved then 1 end) as approved
    from numbers
    group by city_code
)

select * from final
