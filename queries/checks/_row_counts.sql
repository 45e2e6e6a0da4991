/*
title: 各表行数
definition: The rows of each table of the contract, and of what an import says about them.
grain: one row per table
*/
{% for name in names %}
select '{{ name }}' as table_name, count(*) as row_count
from "{{ name }}"
{{ "union all" if not loop.last }}
{% endfor %}
