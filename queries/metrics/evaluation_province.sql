/*
title: 全省企业评价
clause: 二（二）、四
definition: 全省推送给企业评价的专利（每件专利对每个企业为一对）中已评价的对数及占比；企业评价表缺失时为空。
grain: 一行
columns:
  - {name: matched, label: 推送评价, unit: pairs}
  - {name: evaluated, label: 已评价, unit: pairs}
  - {name: evaluation_rate, label: 企业评价率, unit: rate, note: 已评价对数 ÷ 推送评价对数}
example:
  as_of: 2024-04-30
  given:
    enterprises: |
      enterprise_id,city_code,categories
      E1,320100,国家知识产权示范企业;高新技术企业
      E2,320500,其他
    evaluations: |
      patent_no,enterprise_id,pushed_on,evaluated_on
      P1,E1,2024-03-01,2024-03-09
      P2,E1,2024-03-01,
      P1,E2,2024-03-01,
      P3,E2,2024-03-01,
  expect: |
    matched,evaluated,evaluation_rate
    4,1,0.25
*/
with

final as (
    select
        cast(sum(evaluation_sets.matched) as bigint) as matched,
        cast(sum(evaluation_sets.evaluated) as bigint) as evaluated,
        sum(evaluation_sets.evaluated) / nullif(sum(evaluation_sets.matched), 0) as evaluation_rate
    from evaluation_sets
    where evaluation_sets.level = 'province'
)

select * from final
order by matched
