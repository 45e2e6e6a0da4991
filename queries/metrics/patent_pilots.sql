/*
title: 一件专利的二次开发
clause: 二（三）
definition: 二次开发表中这件专利的概念验证、二次开发、中试与熟化。没有二次开发表则没有行。
grain: 每个承接平台、每个阶段一行
rows: account
parameters:
  patent: {label: 专利号, type: text}
columns:
  - {name: stage, label: 阶段, unit: text}
  - {name: platform, label: 承接平台, unit: text}
  - {name: started_on, label: 开始日期, unit: date}
  - {name: finished_on, label: 完成日期, unit: date}
example:
  # The pilot run is still going on.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
      b,乙学院,320500
    patents: |
      patent_no,institution_id
      ZL201310699744.2,a
      ZL201310699746.9,a
    pilots: |
      patent_no,platform,stage,started_on,finished_on
      ZL201310699744.2,某中试基地,中试,2024-04-01,
      ZL201310699744.2,某中心,概念验证,2024-02-01,2024-03-01
      ZL201310699746.9,某中心,中试,2024-04-01,
  parameters: {patent: ZL201310699744.2}
  expect: |
    stage,platform,started_on,finished_on
    概念验证,某中心,2024-02-01,2024-03-01
    中试,某中试基地,2024-04-01,
*/
{% import "metrics/_library.sql" as library with context %}
with
{{ library.patent() }}
final as (
    select
        stage,
        platform,
        started_on,
        finished_on
    from pilots
    where patent_no in (select patent_no from patent)
)

select * from final order by started_on, platform
