/*
title: 单位技术领域
clause: 二（一）
definition: 一个单位的存量专利按技术领域分布，未填写领域的列为“未填”。
grain: 每个技术领域一行
parameters:
  level: {label: 范围, type: choice, values: [institution], default: institution}
  key: {label: 单位编码, type: key}
columns:
  - {name: field, label: 技术领域, unit: text}
  - {name: patents, label: 存量专利, unit: patents}
  - {name: approved, label: 已盘点入库, unit: patents}
  - {name: inventory_rate, label: 盘点率, unit: rate, note: 已盘点入库 ÷ 存量专利}
example:
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      I1,320100
    patents: |
      patent_no,institution_id,review_status,approved_on,field
      P1,I1,已通过,2024-03-02,新材料
      P2,I1,待院审,,新材料
      P3,I1,待院审,,
  parameters: {key: I1}
  expect: |
    field,patents,approved,inventory_rate
    新材料,2,1,0.5
    未填,1,0,0
*/
with

final as (
    select
        coalesce(field, '未填') as field,
        patents,
        approved,
        approved / patents as inventory_rate
    from institution_profiles
    where $level = 'institution' and institution_id = $key and dimension = 'field'
)

select * from final
order by patents desc, field
