/*
title: 行数如清单所记
message: 有表的行数与快照清单所记不一致
definition: The manifest's row counts are those of the tables.
grain: one row per table that differs
*/
with

recorded as (
    select unnest(map_entries(row_counts), recursive := true) from manifest
),

standing as (
{% include "checks/_row_counts.sql" %}
),

final as (
    select recorded.key as table_name, recorded.value as recorded, standing.row_count
    from recorded
    full join standing on standing.table_name = recorded.key
    where recorded.value is distinct from standing.row_count
)

select * from final
