/*
title: 存量变动明细
clause: 五（四）
definition: >
    What happened to each patent number of a city's stock since the snapshot before. New to the city's stock: moved_in
    if it stood in the province's stock before, else entered. Gone from it: moved_out if it still stands in the
    province's stock, else left. Stayed: newly_approved, withdrawn, or nothing (no row). is_approved: approved in the
    city now (entered, moved_in, newly_approved), before (left, moved_out, withdrawn). With it each institution of the
    city that has a row of the number now, and the title that it gave; is_named: the first of them, whom a list names.
    place: a list's order, worked out once, because sorting a city's changes for each page of it would take far longer.
grain: one row per city, patent_no with a change, and institution that has it there (null once it is gone)
*/
with

stock_now as (
    select city_code, patent_no, bool_or(is_approved) as is_approved
    from patent_rows
    where is_stock
    group by city_code, patent_no
),

stock_before as (
    select city_code, patent_no, bool_or(is_approved) as is_approved
    from previous.patent_rows
    where is_stock
    group by city_code, patent_no
),

compared as (
    select
        coalesce(stock_now.city_code, stock_before.city_code) as city_code,
        coalesce(stock_now.patent_no, stock_before.patent_no) as patent_no,
        stock_now.city_code is not null as is_now,
        stock_before.city_code is not null as was_before,
        coalesce(stock_now.is_approved, false) as is_approved_now,
        coalesce(stock_before.is_approved, false) as was_approved
    from stock_now
    full join stock_before
        on stock_before.city_code = stock_now.city_code and stock_before.patent_no = stock_now.patent_no
),

changed as (
    select *
    from compared
    where is_now <> was_before or is_approved_now <> was_approved
),

numbers_now as (
    select distinct patent_no from stock_now
),

numbers_before as (
    select distinct patent_no from stock_before
),

parts as (
    select
        changed.city_code,
        changed.patent_no,
        case
            when not changed.was_before and numbers_before.patent_no is not null then 'moved_in'
            when not changed.was_before then 'entered'
            when not changed.is_now and numbers_now.patent_no is not null then 'moved_out'
            when not changed.is_now then 'left'
            when changed.is_approved_now then 'newly_approved'
            else 'withdrawn'
        end as part,
        case when changed.is_now then changed.is_approved_now else changed.was_approved end
            or (changed.is_now and changed.was_before) as is_approved
    from changed
    left join numbers_now on numbers_now.patent_no = changed.patent_no
    left join numbers_before on numbers_before.patent_no = changed.patent_no
    where exists (from previous.plan)
),

holders as (
    select
        institutions.city_code,
        patents.patent_no,
        patents.institution_id,
        institutions.institution_name,
        patents.title
    from patents
    inner join institutions on institutions.institution_id = patents.institution_id
    where patents.patent_no in (select patent_no from parts)
),

final as (
    select
        row_number() over (
            order by plan_cities.position, parts.part, holders.institution_name nulls last, parts.patent_no,
                holders.institution_id
        ) as place,
        parts.city_code,
        plan_cities.city_name,
        parts.part,
        parts.patent_no,
        holders.title,
        holders.institution_id,
        holders.institution_name,
        parts.is_approved,
        holders.institution_id is not distinct from min(holders.institution_id) over (
            partition by parts.city_code, parts.patent_no
        ) as is_named
    from parts
    inner join plan_cities on plan_cities.city_code = parts.city_code
    left join holders on holders.city_code = parts.city_code and holders.patent_no = parts.patent_no
)

select * from final order by place
