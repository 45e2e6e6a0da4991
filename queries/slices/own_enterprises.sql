/*
title: 账号的企业
clause: 三
definition: Role city, the enterprises located in it; institution, those that evaluated one of its patents; else none.
grain: one row per enterprise
*/
with

evaluators as (
    select enterprise_id
    from snapshot.main.evaluations
    where evaluated_on is not null and patent_no in (select patent_no from own_patents)
),

final as (
    select enterprise_id
    from snapshot.main.enterprises
    where case $role
        when 'city' then city_code = cast($key as varchar)
        when 'institution' then enterprise_id in (select enterprise_id from evaluators)
        else false
    end
)

select * from final
