/*
title: 名录里不见了的单位
definition: >
    Institutions of the snapshot before whose code is not in 单位名录 any more, with their patents before, the rows of
    this folder that still use the code (rejected), and the institution that probably stands for it now: one of the same
    name, or of a name that the list of renamings puts in its place (in either direction).
grain: one row per institution, those with the most patents first
*/
with

gone as (
    select before.*
    from previous.institutions as before
    left join institutions as now on now.institution_id = before.institution_id
    where now.institution_id is null
),

names as (
    select institution_id, replace(institution_name, ' ', '') as name, institution_name from institutions
),

likely as (
    select
        gone.institution_id,
        names.institution_id as new_id,
        names.institution_name as new_name,
        row_number() over (
            partition by gone.institution_id
            order by names.name = replace(gone.institution_name, ' ', '') desc, names.institution_id
        ) as place
    from gone
    inner join names
        on names.name = replace(gone.institution_name, ' ', '')
        or exists (
            select 1
            from renames
            where (renames.old_name = gone.institution_name and renames.new_name = names.name)
                or (renames.new_name = gone.institution_name and renames.old_name = names.name)
        )
),

patents_before as (
    select institution_id, count(*) as patents from previous.patents group by institution_id
),

refused as (
    select value as institution_id, count(*) as row_count
    from rejects
    where code = 'E-UNKNOWN-INSTITUTION'
    group by value
),

final as (
    select
        gone.institution_id,
        gone.institution_name,
        plan_cities.city_name,
        gone.source_file as file_before,
        coalesce(patents_before.patents, 0) as patents_before,
        coalesce(refused.row_count, 0) as rows_refused,
        likely.new_id,
        likely.new_name
    from gone
    left join plan_cities on plan_cities.city_code = gone.city_code
    left join patents_before on patents_before.institution_id = gone.institution_id
    left join refused on refused.institution_id = gone.institution_id
    left join likely on likely.institution_id = gone.institution_id and likely.place = 1
)

select * from final order by patents_before desc, institution_id
