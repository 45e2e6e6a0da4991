/*
title: 提示
definition: The W- findings of all tables, in the contract's order of tables and in file order.
grain: one row per finding
*/
{% for name in names %}
select * from findings_{{ name }} where code like 'W-%'
{{ "union all" if not loop.last }}
{% endfor %}
