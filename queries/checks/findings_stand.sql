/*
title: 退回与提示都在
message: 有文件的退回行数或提示条数与明细不一致
definition: What a file's balance calls rejected and warnings is what stands in `rejects` and `warnings` from it.
grain: one row per file that differs
*/
with

rejected as (
    select table_name, file, count(*) as rejected from rejects group by table_name, file
),

warned as (
    select table_name, file, count(*) as warnings from warnings group by table_name, file
),

final as (
    select
        coalesce(files.table_name, rejected.table_name, warned.table_name) as table_name,
        coalesce(files.file, rejected.file, warned.file) as file,
        files.rejected,
        rejected.rejected as rejected_standing,
        files.warnings,
        warned.warnings as warnings_standing
    from files
    full join rejected on rejected.table_name = files.table_name and rejected.file = files.file
    full join warned
        on warned.table_name = coalesce(files.table_name, rejected.table_name)
        and warned.file = coalesce(files.file, rejected.file)
    where coalesce(files.rejected, 0) <> coalesce(rejected.rejected, 0)
        or coalesce(files.warnings, 0) <> coalesce(warned.warnings, 0)
)

select * from final
