/*
title: 专利去向
clause: 二（二）、五（二）
definition: >
    What became of a patent number outside the inventory, whatever its rows in 专利盘点: pushed to an enterprise
    (matched), evaluated by one, evaluated with 合作意愿 有 or 洽谈中 (wanted), in a registered filing of any year
    (filed), in a product filing.
grain: one row per patent_no that stands in 企业评价, 转让许可 or 产品备案
*/
with

mentions as (
    select
        patent_no,
        true as is_matched,
        evaluated_on is not null as is_evaluated,
        evaluated_on is not null and coalesce(cooperation in ('有', '洽谈中'), false) as is_wanted,
        false as is_filed,
        false as has_product
    from evaluations
    union all
    select patent_no, false, false, false, registered_on is not null, false from filings
    union all
    select patent_no, false, false, false, false, true from products
),

final as (
    select
        patent_no,
        bool_or(is_matched) as is_matched,
        bool_or(is_evaluated) as is_evaluated,
        bool_or(is_wanted) as is_wanted,
        bool_or(is_filed) as is_filed,
        bool_or(has_product) as has_product
    from mentions
    group by patent_no
)

select * from final
