/*
title: 专利组合成员数
clause: 二（三）
definition: Distinct accepted patent numbers that name a portfolio, whatever their status.
grain: one row per portfolio_id that a patent names
*/
with

final as (
    select
        portfolio_id,
        count(distinct patent_no) as patents
    from patents
    where portfolio_id is not null
    group by portfolio_id
)

select * from final
