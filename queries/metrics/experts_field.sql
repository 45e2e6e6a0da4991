/*
title: 评价专家库（技术领域）
clause: 二（二）
definition: 企业评价专家按技术领域：专家数、所属企业数、参与评价件数之和。
grain: 每个出现的技术领域一行，空为“未填”
columns:
  - {name: field, label: 技术领域, unit: text}
  - {name: experts, label: 专家, unit: count}
  - {name: enterprises, label: 企业, unit: enterprises}
  - {name: reviews, label: 参与评价, unit: times}
example:
  # An empty number of reviews adds nothing.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    enterprises: |
      enterprise_id
      e
      f
    experts: |
      expert_id,enterprise_id,field,reviews
      1,e,新材料,3
      2,e,新材料,
      3,f,新材料,4
      4,f,,
  expect: |
    field,experts,enterprises,reviews
    新材料,3,2,7
    未填,1,1,0
*/
with

final as (
    select
        coalesce(field, '未填') as field,
        count(*) as experts,
        count(distinct enterprise_id) as enterprises,
        cast(coalesce(sum(reviews), 0) as bigint) as reviews
    from experts
    group by coalesce(field, '未填')
)

select * from final order by experts desc, field
