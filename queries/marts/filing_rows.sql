/*
title: 转让许可行
clause: 五（二）
definition: >
    Each row of a filing with the city of the transferring institution, its side (transfer: 转让, 作价入股; the others are
    licences) and the year of its registration, null while not registered. is_to_date: registered in its year no later
    than the as-of date's month and day, which is what last year is compared by (29 February: up to the 28th).
grain: one row per accepted row of 转让许可 (filing_no, patent_no)
*/
with

final as (
    select
        filings.filing_no,
        filings.patent_no,
        filings.kind,
        filings.kind in ('转让', '作价入股') as is_transfer,
        filings.institution_id,
        institutions.city_code,
        filings.recipient_province,
        filings.recipient_city,
        filings.registered_on,
        year(filings.registered_on) as year,
        month(filings.registered_on) * 100 + day(filings.registered_on)
            <= month(plan.as_of) * 100 + day(plan.as_of) as is_to_date,
        filings.amount,
        filings.reported_on is not null as is_reported
    from filings
    inner join institutions on institutions.institution_id = filings.institution_id
    cross join plan
    where filings.registered_on is null or filings.registered_on <= plan.as_of
)

select * from final
