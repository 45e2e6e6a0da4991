/*
title: 账号的专利组合
clause: 三
definition: The portfolios that a row of the account's institutions names.
grain: one row per portfolio_id
*/
with

final as (
    select distinct portfolio_id
    from snapshot.main.patents
    where portfolio_id is not null and institution_id in (select institution_id from own_institutions)
)

select * from final
