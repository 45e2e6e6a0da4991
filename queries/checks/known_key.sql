/*
title: 给出的 key
definition: >
    A key where it exists at a level: the city and the institution it belongs to, cities of the plan without
    institutions included.
grain: one row, none for an unknown key
*/
select city_code, null as institution_id
from plan_cities
where $level = 'city' and city_code = $key
union all
select null, null
from plan_groups
where $level = 'group' and group_code = $key
union all
select city_code, institution_id
from institution_groups
where $level = 'institution' and institution_id = $key
