/*
title: 上一快照的 event_years
definition: The table `event_years` of the snapshot before this one by date; no rows without one.
grain: as in the snapshot it comes from
*/
select * from previous.event_years
