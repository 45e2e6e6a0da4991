/*
title: 转让许可分月分方式
clause: 五（二）
definition: Registered filings of the province by month of registration and kind; each contract's amount once a row.
grain: one row per month (its first day) and kind with a registered row
*/
with

registered as (
    select
        year,
        cast(date_trunc('month', registered_on) as date) as month,
        kind,
        filing_no,
        patent_no,
        amount
    from filing_rows
    where year is not null
),

contracts as (
    select
        month,
        kind,
        filing_no,
        max(amount) as amount
    from registered
    group by month, kind, filing_no
),

amounts as (
    select
        month,
        kind,
        count(*) as contracts,
        coalesce(sum(amount), 0) as amount
    from contracts
    group by month, kind
),

counts as (
    select
        year,
        month,
        kind,
        count(*) as times,
        count(distinct patent_no) as patents
    from registered
    group by year, month, kind
),

final as (
    select
        counts.year,
        counts.month,
        counts.kind,
        amounts.contracts,
        counts.times,
        counts.patents,
        amounts.amount
    from counts
    inner join amounts on amounts.month = counts.month and amounts.kind = counts.kind
)

select * from final
