/*
title: 每日企业评价
clause: 二（二）、四
definition: Pairs of patent and enterprise by the day they were evaluated on, per group of enterprises.
grain: one row per enterprise group and evaluated_on, null for pairs not yet evaluated
*/
with

final as (
    select group_code, evaluated_on, count(*) as pairs
    from evaluation_rows
    group by group_code, evaluated_on
)

select * from final
