/*
title: 已知主键
definition: The different values of the first key column of one table's accepted rows, for the tables that name them.
grain: one row per value
*/
select distinct {{ table.key[0] }}
from {{ table.name }}
