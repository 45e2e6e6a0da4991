/*
title: 引用存在
message: 有行引用了名录中没有的单位、企业或设区市
definition: >
    Institutions and enterprises that a row names stand in their tables (enterprises only where that table is there),
    and cities in the plan.
grain: one row per table and column with such rows
*/
{% for table in contract.tables %}
{% for column in table.columns if column.type in ('institution', 'enterprise', 'city') %}
{% set target = {'institution': 'institutions', 'enterprise': 'enterprises', 'city': 'plan_cities'}[column.type] %}
{% set key = {'institution': 'institution_id', 'enterprise': 'enterprise_id', 'city': 'city_code'}[column.type] %}
select '{{ table.name }}' as table_name, '{{ column.name }}' as column_name, count(*) as unknown
from {{ table.name }}
where {{ column.name }} is not null
    and {{ column.name }} not in (select {{ key }} from {{ target }})
{% if column.type == 'enterprise' %}
    and (select has_enterprises from presence)
{% endif %}
having count(*) > 0
union all
{% endfor %}
{% endfor %}
select null, null, 0 where false
