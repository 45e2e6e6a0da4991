/*
title: 上一快照的 presence
definition: The table `presence` of the snapshot before this one by date; no rows without one.
grain: as in the snapshot it comes from
*/
select * from previous.presence
