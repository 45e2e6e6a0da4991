/*
title: 盘点行
definition: >
    Each accepted row of 专利盘点 with what it counts as. Stock: granted by the baseline, not converted before it and
    not lapsed by it (失效 without a date counts as lapsed by then). Increment: granted after the baseline.
    A stage's date is null where the stage was not reached; listed asks for approved.
grain: one row per accepted row of 专利盘点 (patent_no, institution_id)
columns: >
    is_joint: the patent number stands in several accepted rows, so that sets larger than an institution count it once.
*/
{% import "marts/_counting.sql" as counting with context %}
with

joint_numbers as (
    select patent_no
    from patents
    group by patent_no
    having count(*) > 1
),

judged as (
    select
        patents.patent_no,
        patents.institution_id,
        institutions.city_code,
        joint_numbers.patent_no is not null as is_joint,
        {{ counting.is_stock() }} as is_stock,
        {{ counting.is_increment() }} as is_increment,
        patents.granted_on,
        patents.recorded_on,
        {{ counting.is_approved() }} as is_approved,
        case when {{ counting.is_approved() }} then patents.approved_on end as approved_on,
        case when {{ counting.is_approved() }} then patents.listed_on end as listed_on,
        patents.implementation,
        coalesce(patents.industrialised, false) as is_industrialised,
        patents.field,
        patents.maturity,
        patents.stars,
        patents.prospect,
        patents.breadth,
        patents.portfolio_id
    from patents
    inner join institutions on institutions.institution_id = patents.institution_id
    left join joint_numbers on joint_numbers.patent_no = patents.patent_no
    cross join plan
),

final as (
    select
        *,
        recorded_on is not null or is_approved as is_recorded,
        listed_on is not null as is_listed,
        coalesce(implementation in ('自行实施', '许可', '转让', '作价入股'), false) as is_implemented
    from judged
)

select * from final
