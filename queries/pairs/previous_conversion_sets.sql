/*
title: 上一快照的 conversion_sets
definition: The table `conversion_sets` of the snapshot before this one by date, cities only; no rows without one.
grain: as in the snapshot it comes from
*/
select * from previous.conversion_sets
where level = 'city'
