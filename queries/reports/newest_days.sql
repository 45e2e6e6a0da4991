/*
title: 各文件最晚的日期
definition: The latest day that the accepted rows of a file tell of, for tables of what goes on week by week.
grain: one row per file that tells of any day
*/
with

days as (
    select 'patents' as table_name, source_file as file, max(greatest(recorded_on, approved_on, listed_on)) as day
    from patents
    group by source_file
    union all
    select 'evaluations', source_file, max(greatest(pushed_on, evaluated_on))
    from evaluations
    group by source_file
    union all
    select 'events', source_file, max(held_on) from events group by source_file
    union all
    select 'filings', source_file, max(greatest(registered_on, reported_on)) from filings group by source_file
)

select * from days where day is not null order by day, table_name, file
