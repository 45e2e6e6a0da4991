/*
title: 上一快照的 inventory_sets
definition: The table `inventory_sets` of the snapshot before this one by date; no rows without one.
grain: as in the snapshot it comes from
*/
select * from previous.inventory_sets
