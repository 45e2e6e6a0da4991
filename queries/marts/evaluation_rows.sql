/*
title: 企业评价行
clause: 二（二）
definition: >
    Each matched pair (a patent pushed to an enterprise) with the enterprise's city and group. A need is an improvement
    wish of an evaluated pair that is neither empty nor a word for nothing; a cooperation an evaluated pair's 有 or 洽谈中.
grain: one row per accepted row of 企业评价 (patent_no, enterprise_id)
*/
with

nothing_words as (
    select distinct lower(term) as word
    from plan_terms
    where list_name in ('null_words', 'no_need_words')
),

final as (
    select
        evaluations.patent_no,
        evaluations.enterprise_id,
        enterprise_groups.city_code,
        enterprise_groups.group_code,
        evaluations.pushed_on,
        evaluations.evaluated_on,
        evaluations.evaluated_on is not null as is_evaluated,
        evaluations.evaluated_on is not null
            and coalesce(trim(evaluations.improvement_need), '') <> ''
            and nothing_words.word is null as has_need,
        evaluations.evaluated_on is not null
            and coalesce(evaluations.cooperation in ('有', '洽谈中'), false) as has_cooperation
    from evaluations
    inner join enterprise_groups on enterprise_groups.enterprise_id = evaluations.enterprise_id
    left join nothing_words on nothing_words.word = lower(trim(evaluations.improvement_need))
)

select * from final
