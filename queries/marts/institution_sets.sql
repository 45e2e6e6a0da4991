/*
title: 统计集合
clause: 三
definition: >
    Which institutions make up each set that is counted: the province, a city, a group, one institution. Scope
    territory 属地 takes all of them, municipal 市属 those affiliated to a city, provincial those the province
    supervises (部属, 省属). Groups and single institutions exist for territory only.
grain: one row per set (level, key, scope) and institution
*/
with

scoped as (
    select institution_id, city_code, group_code, 'territory' as scope from institution_groups
    union all
    select institution_id, city_code, group_code, 'municipal' as scope
    from institution_groups
    where affiliation = '市属'
    union all
    select institution_id, city_code, group_code, 'provincial' as scope
    from institution_groups
    where affiliation in ('部属', '省属')
),

final as (
    select 'province' as level, plan.province_code as key, scoped.scope, scoped.institution_id
    from scoped
    cross join plan
    union all
    select 'city' as level, city_code as key, scope, institution_id from scoped
    union all
    select 'group' as level, group_code as key, scope, institution_id from scoped where scope = 'territory'
    union all
    select 'institution' as level, institution_id as key, scope, institution_id from scoped where scope = 'territory'
)

select * from final
