/*
title: 近期改进需求
clause: 二（二）
definition: >
    Pairs whose enterprise asked for an improvement, with the patent and each institution that holds it (none where the
    patent is not among the accepted ones). Only the 20 newest of an institution and a city of enterprises are kept: the
    newest 20 of whatever an account may see, and of whatever city of enterprises, are among them.
grain: one row per pair with a need and institution that holds the patent
*/
with

needs as (
    select
        evaluation_rows.evaluated_on,
        evaluation_rows.patent_no,
        patent_rows.institution_id,
        patent_rows.city_code,
        patent_rows.field,
        evaluation_rows.enterprise_id,
        evaluation_rows.city_code as enterprise_city_code,
        evaluation_rows.group_code,
        row_number() over (
            partition by patent_rows.institution_id, evaluation_rows.city_code
            order by evaluation_rows.evaluated_on desc, evaluation_rows.patent_no, evaluation_rows.enterprise_id
        ) as place
    from evaluation_rows
    left join patent_rows on patent_rows.patent_no = evaluation_rows.patent_no
    where evaluation_rows.has_need
),

kept as (
    select * from needs where place <= 20
),

final as (
    select
        kept.evaluated_on,
        kept.patent_no,
        patents.title,
        kept.field,
        kept.institution_id,
        institutions.institution_name,
        kept.city_code,
        enterprises.enterprise_name,
        kept.enterprise_city_code,
        kept.group_code,
        evaluations.improvement_need,
        evaluations.cooperation,
        evaluations.score
    from kept
    inner join evaluations
        on evaluations.patent_no = kept.patent_no and evaluations.enterprise_id = kept.enterprise_id
    inner join enterprises on enterprises.enterprise_id = kept.enterprise_id
    left join patents on patents.patent_no = kept.patent_no and patents.institution_id = kept.institution_id
    left join institutions on institutions.institution_id = kept.institution_id
)

select * from final
