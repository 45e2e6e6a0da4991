/*
title: 上一快照的 evaluation_sets
definition: The table `evaluation_sets` of the snapshot before this one by date; no rows without one.
grain: as in the snapshot it comes from
*/
select * from previous.evaluation_sets
