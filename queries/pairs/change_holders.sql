/*
title: 有变动专利的持有单位
clause: 五（四）
definition: >
    The rows of this snapshot's 专利盘点 behind change_patents: of each number that changed in a city, every institution
    of that city that has a row of it now, with the title that it gave. Numbers that are gone have none.
grain: one row per city, patent_no with a change, and institution of the city that has it
*/
with

numbers as (
    select distinct city_code, patent_no from change_patents
),

final as (
    select
        numbers.city_code,
        numbers.patent_no,
        patents.institution_id,
        patents.title
    from numbers
    inner join patents on patents.patent_no = numbers.patent_no
    inner join institutions
        on institutions.institution_id = patents.institution_id and institutions.city_code = numbers.city_code
)

select * from final
