/*
title: 上一快照的 filing_sets
definition: The table `filing_sets` of the snapshot before this one by date, cities only; no rows without one.
grain: as in the snapshot it comes from
*/
select * from previous.filing_sets
where level = 'city'
