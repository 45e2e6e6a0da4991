/*
title: 空表
definition: A table of the input contract in its cleaned types, without rows; an absent table stands so in a snapshot.
grain: no rows
*/
select
{% for column in table.columns %}
    cast(null as {{ column.sql_type }}) as {{ column.name }},
{% endfor %}
    cast(null as varchar) as source_file,
    cast(null as varchar) as source_sheet,
    cast(null as bigint) as source_row
where false
