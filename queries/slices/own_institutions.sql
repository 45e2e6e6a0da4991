/*
title: 账号的单位
clause: 三
definition: The institutions that an account may see rows of. Role city, located in it; institution, itself; else none.
grain: one row per institution
*/
with

final as (
    select institution_id
    from snapshot.main.institutions
    where case $role
        when 'city' then city_code = cast($key as varchar)
        when 'institution' then institution_id = cast($key as varchar)
        else false
    end
)

select * from final
