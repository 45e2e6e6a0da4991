/*
title: 单位专利构成
clause: 二（一）
definition: >
    Stock patents of each institution by value stars (approved ones only) and by field. One dimension a row: the
    column of the other is null.
grain: one row per institution, dimension (stars, field) and its value, nulls a value of their own
*/
with

by_stars as (
    select
        institution_id,
        'stars' as dimension,
        stars,
        cast(null as varchar) as field,
        count(*) as patents,
        count(*) as approved
    from patent_rows
    where is_stock and is_approved
    group by institution_id, stars
),

by_field as (
    select
        institution_id,
        'field' as dimension,
        cast(null as bigint) as stars,
        field,
        count(*) as patents,
        count(*) filter (where is_approved) as approved
    from patent_rows
    where is_stock
    group by institution_id, field
),

final as (
    select institution_id, dimension, stars, field, patents, approved from by_stars
    union all
    select institution_id, dimension, stars, field, patents, approved from by_field
)

select * from final
