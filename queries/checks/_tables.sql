/*
title: 表名
definition: The tables of an attached database.
grain: one row per table
*/
select table_name
from duckdb_tables()
where database_name = $database
    and schema_name = 'main'
order by table_name
