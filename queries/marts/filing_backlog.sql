/*
title: 未备案汇总
clause: 五（二）
definition: Rows of filings that are not registered yet, of any year.
grain: one row per set (level province, city or institution, key, scope) with such a row
*/
with

final as (
    select
        institution_sets.level,
        institution_sets.key,
        institution_sets.scope,
        count(*) as unregistered
    from filing_rows
    inner join institution_sets on institution_sets.institution_id = filing_rows.institution_id
    where filing_rows.registered_on is null and institution_sets.level in ('province', 'city', 'institution')
    group by institution_sets.level, institution_sets.key, institution_sets.scope
)

select * from final
