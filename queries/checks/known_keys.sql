/*
title: 可用的 key
definition: The keys that exist at a level, with the city and institution they belong to; cities of the plan without institutions included.
grain: one row per key
*/
select 'city' as level, city_code as key, city_code, null as institution_id from plan_cities where $level = 'city'
union all
select 'group', group_code, null, null from plan_groups where $level = 'group'
union all
select 'institution', institution_id, city_code, institution_id from institution_groups where $level = 'institution'
