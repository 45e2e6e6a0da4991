/*
title: 账号的专利号
clause: 三
definition: The numbers of accepted rows of the account's institutions, co-owned ones included.
grain: one row per patent_no
*/
with

final as (
    select distinct patent_no
    from snapshot.main.patents
    where institution_id in (select institution_id from own_institutions)
)

select * from final
