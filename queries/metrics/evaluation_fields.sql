/*
title: 企业需求（技术领域）
clause: 二（二）
definition: >
    推送给企业评价的专利按技术领域：匹配、已评价的对数，其中提出技术改进需求的、有产学研合作意愿（有或洽谈中）的对数。
    领域取专利盘点表；一件专利有几个权利人单位时取走得最远的一行；领域为空或专利不在盘点中的列为“未填”。
    需求与意愿来自企业填报，只在已评价的配对中有。
grain: 每个出现的技术领域一行，改进需求多的在前
columns:
  - {name: field, label: 技术领域, unit: text}
  - {name: enterprises, label: 匹配企业, unit: enterprises}
  - {name: matched, label: 匹配, unit: pairs}
  - {name: evaluated, label: 已评价, unit: pairs}
  - {name: evaluation_rate, label: 评价率, unit: rate, note: 已评价÷匹配}
  - {name: with_need, label: 有改进需求, unit: pairs, note: 已评价且需求不为空、不是“无”“暂无”之类}
  - {name: with_cooperation, label: 有合作意愿, unit: pairs, note: 已评价且意愿为“有”或“洽谈中”}
example:
  # Patent 1 is owned by two: the approved row's field holds. Patent 9 is in no inventory; patent 3 has no field.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
      b
    patents: |
      patent_no,institution_id,field,review_status,approved_on
      1,a,生物医药,未建档,
      1,b,新材料,已通过,2024-03-01
      2,a,新材料,未建档,
      3,a,,未建档,
    enterprises: |
      enterprise_id
      e
      f
    evaluations: |
      patent_no,enterprise_id,evaluated_on,improvement_need,cooperation
      1,e,2024-04-01,提高良率,有
      1,f,2024-04-02,暂无,洽谈中
      2,e,,降低成本,有
      3,e,2024-04-01,,无
      9,f,2024-04-01,轻量化,无
  expect: |
    field,enterprises,matched,evaluated,evaluation_rate,with_need,with_cooperation
    新材料,2,3,2,0.6666666666666666,1,2
    未填,2,2,2,1,1,0
*/
with

final as (
    select
        field,
        enterprises,
        matched,
        evaluated,
        evaluated / nullif(matched, 0) as evaluation_rate,
        with_need,
        with_cooperation
    from evaluation_fields
)

select * from final order by with_need desc, with_cooperation desc, field
