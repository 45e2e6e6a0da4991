/*
title: 文件收支
definition: >
    Rows of each file of one table: read = accepted + rejected + skipped, always. Skipped are blank rows, repeated
    headers, totals, notes and identical rows; warnings counts the remarks.
grain: one row per file
*/
with

sheet_rows as (
    select
        file,
        sum(rows_read) as rows_read,
        sum(skipped) as skipped,
        min(sheet_id) as place
    from raw_sheets
    where table_name = '{{ table.name }}'
    group by file
),

accepted_rows as (
    select source_file as file, count(*) as accepted
    from {{ table.name }}
    group by source_file
),

found as (
    select
        file,
        count(case when code like 'E-%' then 1 end) as rejected,
        count(case when code = 'W-DUPLICATE' then 1 end) as repeated,
        count(case when code like 'W-%' then 1 end) as warnings
    from findings_{{ table.name }}
    group by file
),

final as (
    select
        '{{ table.name }}' as table_name,
        sheet_rows.file,
        cast(sheet_rows.rows_read as bigint) as rows_read,
        coalesce(accepted_rows.accepted, 0) as accepted,
        coalesce(found.rejected, 0) as rejected,
        cast(sheet_rows.skipped + coalesce(found.repeated, 0) as bigint) as skipped,
        coalesce(found.warnings, 0) as warnings
    from sheet_rows
    left join accepted_rows on accepted_rows.file = sheet_rows.file
    left join found on found.file = sheet_rows.file
    order by sheet_rows.place
)

select * from final
