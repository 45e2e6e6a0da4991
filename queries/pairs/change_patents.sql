/*
title: 存量变动明细
clause: 五（四）
definition: >
    What happened to each patent number of a city's stock since the snapshot before. New to the city's stock: moved_in
    if it stood in the province's stock before, else entered. Gone from it: moved_out if it still stands in the
    province's stock, else left. Stayed: newly_approved, withdrawn, or nothing (no row). is_approved: approved in the
    city now (entered, moved_in, newly_approved), before (left, moved_out, withdrawn).
grain: one row per city and patent_no with a change; none without a snapshot before
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

final as (
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
)

select * from final
