/*
title: 退回比例
definition: Accepted and rejected rows of each table of the folder, over its files.
grain: one row per table
*/
select
    table_name,
    cast(sum(accepted) as bigint) as accepted,
    cast(sum(rejected) as bigint) as rejected
from files
group by table_name
