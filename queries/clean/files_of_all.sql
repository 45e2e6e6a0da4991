/*
title: 全部文件收支
definition: The balance of every file of the import, in the contract's order of tables and in file order.
grain: one row per file
*/
{% for name in names %}
select * from files_{{ name }}
{{ "union all" if not loop.last }}
{% endfor %}
