/*
title: 主键唯一
message: 有表的主键重复或为空
definition: No two rows of a table share its key, and no part of a key is empty.
grain: one row per table and fault
*/
{% for table in contract.tables %}
{% set key = table.key | join(', ') %}
select '{{ table.name }}' as table_name, count(*) as faulty_keys
from (
    select {{ key }}
    from {{ table.name }}
    group by {{ key }}
    having count(*) > 1{% for column in table.key %} or {{ column }} is null{% endfor %}

) as repeated
having count(*) > 0
{{ "union all" if not loop.last }}
{% endfor %}
