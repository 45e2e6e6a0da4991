/*
title: 转让许可流向
clause: 五（二）
definition: >
    Registered filings of a year from the transferring institution's city to the recipient's province and city, as
    written (empty: 未填); each contract's amount once a row.
grain: one row per year, city, recipient_province and recipient_city that occur
*/
with

registered as (
    select
        year,
        city_code,
        coalesce(recipient_province, '未填') as recipient_province,
        coalesce(recipient_city, '未填') as recipient_city,
        filing_no,
        patent_no,
        amount
    from filing_rows
    where year is not null
),

contracts as (
    select
        year,
        city_code,
        recipient_province,
        recipient_city,
        filing_no,
        max(amount) as amount
    from registered
    group by year, city_code, recipient_province, recipient_city, filing_no
),

amounts as (
    select
        year,
        city_code,
        recipient_province,
        recipient_city,
        coalesce(sum(amount), 0) as amount
    from contracts
    group by year, city_code, recipient_province, recipient_city
),

counts as (
    select
        year,
        city_code,
        recipient_province,
        recipient_city,
        count(distinct patent_no) as patents
    from registered
    group by year, city_code, recipient_province, recipient_city
),

final as (
    select
        counts.year,
        counts.city_code,
        counts.recipient_province,
        counts.recipient_city,
        counts.patents,
        amounts.amount
    from counts
    inner join amounts
        on amounts.year = counts.year
        and amounts.city_code = counts.city_code
        and amounts.recipient_province = counts.recipient_province
        and amounts.recipient_city = counts.recipient_city
)

select * from final
