/*
title: 一件专利的企业评价
clause: 二（二）
definition: 企业评价表中推送给企业的这件专利，评价了没有，结果如何。没有企业评价表则没有行。
grain: 每个推送到的企业一行
rows: account
parameters:
  patent: {label: 专利号, type: text}
columns:
  - {name: enterprise_name, label: 企业, unit: text}
  - {name: pushed_on, label: 推送日期, unit: date}
  - {name: evaluated_on, label: 评价日期, unit: date}
  - {name: score, label: 前景评分, unit: count}
  - {name: cooperation, label: 合作意愿, unit: text}
  - {name: improvement_need, label: 技术改进需求, unit: text}
example:
  # f has not answered.
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
    enterprises: |
      enterprise_id,enterprise_name
      e,某电池公司
      f,某新材料公司
    evaluations: |
      patent_no,enterprise_id,pushed_on,evaluated_on,score,cooperation,improvement_need
      ZL201310699744.2,e,2024-03-01,2024-03-20,4,洽谈中,提高循环寿命
      ZL201310699744.2,f,2024-03-05,,,,
      ZL201310699746.9,e,2024-03-01,,,,
  parameters: {patent: zl2013106997442}
  expect: |
    enterprise_name,pushed_on,evaluated_on,score,cooperation,improvement_need
    某新材料公司,2024-03-05,,,,
    某电池公司,2024-03-01,2024-03-20,4,洽谈中,提高循环寿命
*/
{% import "metrics/_library.sql" as library with context %}
with
{{ library.patent() }}
final as (
    select
        enterprises.enterprise_name,
        evaluations.pushed_on,
        evaluations.evaluated_on,
        evaluations.score,
        evaluations.cooperation,
        evaluations.improvement_need
    from evaluations
    left join enterprises on enterprises.enterprise_id = evaluations.enterprise_id
    where evaluations.patent_no in (select patent_no from patent)
)

select * from final order by pushed_on desc, enterprise_name
