/*
title: 原因汇总
definition: How many rows or cells of each table have a reason code, and where the first of them stands.
grain: one row per table and code, rejections before remarks, the most frequent first
*/
with

findings as (
    select table_name, file, sheet, row_no, code, column_name from rejects
    union all
    select table_name, file, sheet, row_no, code, column_name from warnings
),

final as (
    select
        table_name,
        code,
        count(*) as row_count,
        min_by(concat_ws(' ', file, sheet, '第 ' || row_no || ' 行', column_name), (file, row_no)) as first_place
    from findings
    group by table_name, code
)

select *
from final
order by code like 'W-%', row_count desc, table_name, code
