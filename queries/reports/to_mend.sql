/*
title: 要改的行
definition: >
    What was found in the rows of each file, by reason and column: how many rows, which ones come first, and whose they
    are: the institution's; where none is known, the city's that the row names or that most rows of its file belong to,
    now or in the snapshot before (where `databases` has it).
grain: one row per file, reason code and column, rejections before remarks, the most frequent first
*/
with

found as (
    select table_name, file, sheet, row_no, code, column_name, cells, institution_id from rejects
    union all
    select table_name, file, sheet, row_no, code, column_name, cells, institution_id from warnings
),

file_cities as (
    select file, mode(city_code) as city_code
    from (
{% for database in databases %}
        select facts.source_file as file, institutions.city_code
        from {{ database }}.patents as facts
        inner join {{ database }}.institutions as institutions on institutions.institution_id = facts.institution_id
        union all
        select source_file, city_code from {{ database }}.institutions
        union all
        select source_file, city_code from {{ database }}.enterprises
        union all
        select source_file, city_code from {{ database }}.events
        {{ "union all" if not loop.last }}
{% endfor %}
    )
    group by file
),

owned as (
    select
        found.*,
        coalesce(
            institutions.institution_name,
            coalesce(named.city_name, usual.city_name) || '知识产权局'
        ) as owner
    from found
    left join institutions on institutions.institution_id = found.institution_id
    left join plan_cities as named
        on trim(json_extract_string(found.cells, '$.city_code')) in (named.city_name, named.short_name, named.city_code)
    left join file_cities on file_cities.file = found.file
    left join plan_cities as usual on usual.city_code = file_cities.city_code
),

by_owner as (
    select
        table_name,
        file,
        code,
        column_name,
        owner,
        count(*) as row_count,
        min((sheet, row_no)) as first_place
    from owned
    group by table_name, file, code, column_name, owner
),

places as (
    select
        table_name,
        file,
        code,
        column_name,
        min(sheet) as sheet,
        count(distinct sheet) as sheets,
        list_slice(list_sort(list(distinct row_no)), 1, 5) as row_numbers
    from owned
    group by table_name, file, code, column_name
),

final as (
    select
        by_owner.table_name,
        by_owner.file,
        by_owner.code,
        by_owner.column_name,
        cast(sum(by_owner.row_count) as bigint) as row_count,
        any_value(places.sheet) as sheet,
        any_value(places.sheets) as sheets,
        any_value(places.row_numbers) as row_numbers,
        list(by_owner.owner order by by_owner.row_count desc, by_owner.owner) filter (where by_owner.owner is not null)
            as owners
    from by_owner
    inner join places
        on places.table_name = by_owner.table_name
        and places.file = by_owner.file
        and places.code = by_owner.code
        and places.column_name is not distinct from by_owner.column_name
    group by by_owner.table_name, by_owner.file, by_owner.code, by_owner.column_name
)

select *
from final
order by code like 'W-%', row_count desc, table_name, file, code
