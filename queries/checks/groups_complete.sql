/*
title: 每个单位恰在一组
message: 有单位不在任何一组，或同时在几组
definition: Each accepted institution stands once in institution_groups.
grain: one row per institution that does not
*/
select institutions.institution_id, count(institution_groups.group_code) as groups
from institutions
left join institution_groups on institution_groups.institution_id = institutions.institution_id
group by institutions.institution_id
having count(institution_groups.group_code) <> 1
