/*
title: 交给 Spark 的表
definition: The tables in a connection's current database and in its scratch one.
grain: one row per table
*/
select table_name
from duckdb_tables()
where database_name in (current_database(), $scratch)
order by table_name
