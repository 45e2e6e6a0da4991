/*
title: 存量专利按技术领域
clause: 二（一）
definition: >
    The province's stock patents by the field of their representative row (empty: 未填), with the sums that mean stars
    and the share of high maturity are made of: over approved ones with that cell filled.
grain: one row per field
*/
with

stock as (
    select patent_no, is_approved, is_listed, field, stars, maturity from patent_rows where is_stock and not is_joint
    union all
    select patent_no, is_approved, is_listed, field, stars, maturity from joint_stock where level = 'province'
),

final as (
    select
        coalesce(stock.field, '未填') as field,
        count(*) as patents,
        count(case when stock.is_approved then 1 end) as approved,
        count(case when stock.is_listed then 1 end) as listed,
        cast(sum(case when stock.is_approved then stock.stars end) as bigint) as stars_sum,
        count(case when stock.is_approved then stock.stars end) as starred,
        count(case when stock.is_approved then high_maturity.term end) as maturity_high,
        count(case when stock.is_approved then stock.maturity end) as with_maturity,
        count(case when patent_outcomes.is_matched then 1 end) as matched_patents,
        count(case when patent_outcomes.is_evaluated then 1 end) as evaluated_patents,
        count(case when patent_outcomes.is_filed then 1 end) as filed_patents
    from stock
    left join plan_terms as high_maturity
        on high_maturity.list_name = 'maturity_high' and high_maturity.term = stock.maturity
    left join patent_outcomes on patent_outcomes.patent_no = stock.patent_no
    group by coalesce(stock.field, '未填')
)

select * from final
