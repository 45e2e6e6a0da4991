/*
title: 申请前评估汇总
clause: 二（四）
definition: What institutions report of assessments before filing, by their city, for months of the as-of date's year.
grain: one row per city with a report
*/
with

final as (
    select
        institutions.city_code,
        cast(coalesce(sum(assessments.assessed), 0) as bigint) as assessed,
        cast(coalesce(sum(assessments.advised), 0) as bigint) as advised,
        cast(coalesce(sum(assessments.declined), 0) as bigint) as declined,
        cast(coalesce(sum(assessments.ordered_projects), 0) as bigint) as ordered_projects,
        cast(coalesce(sum(assessments.joint_projects), 0) as bigint) as joint_projects
    from assessments
    inner join institutions on institutions.institution_id = assessments.institution_id
    inner join plan on year(assessments.month) = year(plan.as_of) and assessments.month <= plan.as_of
    group by institutions.city_code
)

select * from final
