/*
title: 这一期没有的表
definition: Tables of which the snapshot before had accepted rows and the folder has no file.
grain: one row per table
*/
{% for name in names %}
select
    '{{ name }}' as table_name,
    (select count(*) from previous.{{ name }}) as rows_before
from presence
where not has_{{ name }} and (select count(*) from previous.{{ name }}) > 0
{{ "union all" if not loop.last }}
{% endfor %}
