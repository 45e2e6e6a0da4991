/*
title: 这一期没有行的市
definition: >
    Cities of which the snapshot before had accepted rows in a table, and the folder has none although the table is
    there. A row's city is its own, its institution's or its enterprise's.
grain: one row per table and city, those with the most rows before first
*/
with

{% for database in ("previous", "snapshot") %}
{{ database }}_rows as (
{% for name, by in placed.items() %}
    select '{{ name }}' as table_name, {{ by }}.city_code, facts.source_file
    from {{ database }}.{{ name }} as facts
{% if by != "facts" %}
    inner join {{ database }}.{{ by }} as {{ by }} on {{ by }}.{{ keys[by] }} = facts.{{ keys[by] }}
{% endif %}
    {{ "union all" if not loop.last }}
{% endfor %}
),

{{ database }}_counts as (
    select table_name, city_code, count(*) as row_count, mode(source_file) as file
    from {{ database }}_rows
    group by table_name, city_code
),
{% endfor %}

present as (
{% for name in placed %}
    select '{{ name }}' as table_name, has_{{ name }} as is_present from presence
    {{ "union all" if not loop.last }}
{% endfor %}
),

final as (
    select
        before.table_name,
        plan_cities.city_name,
        before.row_count as rows_before,
        before.file as file_before
    from previous_counts as before
    inner join present on present.table_name = before.table_name and present.is_present
    inner join plan_cities on plan_cities.city_code = before.city_code
    left join snapshot_counts as now on now.table_name = before.table_name and now.city_code = before.city_code
    where now.city_code is null
)

select * from final order by rows_before desc, table_name, city_name
