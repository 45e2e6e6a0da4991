/*
title: 必填项齐全
message: 有表的必填列为空
definition: Required columns hold a value in every accepted row.
grain: one row per table with such rows
*/
{% for table in contract.tables %}
select '{{ table.name }}' as table_name, count(*) as incomplete
from {{ table.name }}
where false{% for column in table.columns if column.required %} or {{ column.name }} is null{% endfor %}

having count(*) > 0
{{ "union all" if not loop.last }}
{% endfor %}
