/*
title: 企业评价按技术领域
clause: 二（二）
definition: >
    Matched pairs by the field of the patent (empty, or the patent not among the accepted ones: 未填), with evaluated
    pairs, needs and cooperation wishes. A patent of several accepted rows takes its field from one of them: listed
    before approved before recorded before none, then the earlier date of that stage, then the smaller institution_id.
grain: one row per field that occurs
*/
with

ordered as (
    select
        patent_no,
        field,
        row_number() over (
            partition by patent_no
            order by
                case when is_listed then 1 when is_approved then 2 when is_recorded then 3 else 4 end,
                case when is_listed then listed_on when is_approved then approved_on else recorded_on end,
                institution_id
        ) as place
    from patent_rows
    where is_joint
),

named as (
    select patent_no, field from patent_rows where not is_joint
    union all
    select patent_no, field from ordered where place = 1
),

final as (
    select
        coalesce(named.field, '未填') as field,
        count(distinct evaluation_rows.enterprise_id) as enterprises,
        count(*) as matched,
        count(case when evaluation_rows.is_evaluated then 1 end) as evaluated,
        count(case when evaluation_rows.has_need then 1 end) as with_need,
        count(case when evaluation_rows.has_cooperation then 1 end) as with_cooperation
    from evaluation_rows
    left join named on named.patent_no = evaluation_rows.patent_no
    group by coalesce(named.field, '未填')
)

select * from final
