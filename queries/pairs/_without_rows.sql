/*
title: 没有上期
definition: A table of the snapshot without its rows, for the pair of a first snapshot with none before it.
grain: no rows
*/
create table previous.main."{{ table }}" as
select *
from snapshot.main."{{ table }}"
where false
