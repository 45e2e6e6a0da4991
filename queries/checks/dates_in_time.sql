/*
title: 日期不晚于快照
message: 有行的日期晚于快照日期
definition: No date of an accepted row is later than the snapshot, except those that may be (effective_on).
grain: one row per table and column with such rows
*/
{% for table in contract.tables %}
{% for column in table.columns if column.type in ('date', 'month') and column.future != 'kept' %}
select '{{ table.name }}' as table_name, '{{ column.name }}' as column_name, count(*) as late
from {{ table.name }}
where {{ column.name }} > (select as_of from plan)
having count(*) > 0
union all
{% endfor %}
{% endfor %}
select null, null, 0 where false
