/*
title: 入库专利按价值星级
clause: 二（一）
definition: The province's approved stock patents by the stars of their representative row; 0 where it has none.
grain: one row per number of stars that occurs
*/
with

approved as (
    select stars from patent_rows where is_stock and is_approved and not is_joint
    union all
    select stars from joint_stock where level = 'province' and is_approved
),

final as (
    select
        coalesce(stars, 0) as stars,
        count(*) as patents
    from approved
    group by coalesce(stars, 0)
)

select * from final
