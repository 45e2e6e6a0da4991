/*
title: 各集合的存量计数
clause: 二（一）
definition: >
    Stock patents of each set, each number once, and how many of them reached each stage. matched, evaluated and
    wanted ask for every stage before them; filed and product are reached by any path. Numbers of a single row are
    summed over institutions, joint ones counted per set.
grain: one row per set (level, key, scope) that holds stock
*/
with

institution_solo as (
    select
        patent_rows.institution_id,
        count(*) as stock,
        count(*) filter (where patent_rows.is_recorded) as recorded,
        count(*) filter (where patent_rows.is_approved) as approved,
        count(*) filter (where patent_rows.is_listed) as listed,
        count(*) filter (where patent_rows.is_listed and patent_outcomes.is_matched) as matched,
        count(*) filter (where patent_rows.is_listed and patent_outcomes.is_evaluated) as evaluated,
        count(*) filter (where patent_rows.is_listed and patent_outcomes.is_wanted) as wanted,
        count(*) filter (where patent_outcomes.is_filed) as filed,
        count(*) filter (where patent_outcomes.has_product) as product
    from patent_rows
    left join patent_outcomes on patent_outcomes.patent_no = patent_rows.patent_no
    where patent_rows.is_stock and not patent_rows.is_joint
    group by patent_rows.institution_id
),

parts as (
    select
        institution_sets.level,
        institution_sets.key,
        institution_sets.scope,
        institution_solo.stock,
        institution_solo.recorded,
        institution_solo.approved,
        institution_solo.listed,
        institution_solo.matched,
        institution_solo.evaluated,
        institution_solo.wanted,
        institution_solo.filed,
        institution_solo.product
    from institution_solo
    inner join institution_sets on institution_sets.institution_id = institution_solo.institution_id
    union all
    select
        joint_stock_sets.level,
        joint_stock_sets.key,
        joint_stock_sets.scope,
        count(*) as stock,
        count(*) filter (where joint_stock_sets.is_recorded) as recorded,
        count(*) filter (where joint_stock_sets.is_approved) as approved,
        count(*) filter (where joint_stock_sets.is_listed) as listed,
        count(*) filter (where joint_stock_sets.is_listed and patent_outcomes.is_matched) as matched,
        count(*) filter (where joint_stock_sets.is_listed and patent_outcomes.is_evaluated) as evaluated,
        count(*) filter (where joint_stock_sets.is_listed and patent_outcomes.is_wanted) as wanted,
        count(*) filter (where patent_outcomes.is_filed) as filed,
        count(*) filter (where patent_outcomes.has_product) as product
    from joint_stock_sets
    left join patent_outcomes on patent_outcomes.patent_no = joint_stock_sets.patent_no
    group by joint_stock_sets.level, joint_stock_sets.key, joint_stock_sets.scope
),

final as (
    select
        level,
        key,
        scope,
        cast(sum(stock) as bigint) as stock,
        cast(sum(recorded) as bigint) as recorded,
        cast(sum(approved) as bigint) as approved,
        cast(sum(listed) as bigint) as listed,
        cast(sum(matched) as bigint) as matched,
        cast(sum(evaluated) as bigint) as evaluated,
        cast(sum(wanted) as bigint) as wanted,
        cast(sum(filed) as bigint) as filed,
        cast(sum(product) as bigint) as product
    from parts
    group by level, key, scope
)

select * from final
