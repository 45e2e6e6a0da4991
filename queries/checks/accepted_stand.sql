/*
title: 接收行都在
message: 有文件的接收行数与表中的行数不一致
definition: What a file's balance calls accepted is what stands in its table from that file.
grain: one row per file that differs
*/
with

standing as (
{% for table in contract.tables %}
    select '{{ table.name }}' as table_name, source_file as file, count(*) as standing
    from {{ table.name }}
    group by source_file
{{ "    union all" if not loop.last }}
{% endfor %}
),

final as (
    select
        coalesce(files.table_name, standing.table_name) as table_name,
        coalesce(files.file, standing.file) as file,
        files.accepted,
        standing.standing
    from files
    full join standing on standing.table_name = files.table_name and standing.file = files.file
    where coalesce(files.accepted, 0) <> coalesce(standing.standing, 0)
)

select * from final
