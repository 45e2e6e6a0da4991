/*
title: 各集合的共有存量专利
clause: 四
definition: >
    Stock patents whose number stands in several accepted rows, once per set: recorded, approved, listed if one of
    the number's stock rows in the set is, on the earliest of their dates.
grain: one row per set (level, key, scope) and joint patent_no that is stock there
*/
with

joint_rows as (
    select patent_no, institution_id, is_recorded, is_approved, is_listed, approved_on
    from patent_rows
    where is_stock and is_joint
),

final as (
    select
        institution_sets.level,
        institution_sets.key,
        institution_sets.scope,
        joint_rows.patent_no,
        bool_or(joint_rows.is_recorded) as is_recorded,
        bool_or(joint_rows.is_approved) as is_approved,
        bool_or(joint_rows.is_listed) as is_listed,
        min(joint_rows.approved_on) as approved_on
    from joint_rows
    inner join institution_sets on institution_sets.institution_id = joint_rows.institution_id
    group by institution_sets.level, institution_sets.key, institution_sets.scope, joint_rows.patent_no
)

select * from final
