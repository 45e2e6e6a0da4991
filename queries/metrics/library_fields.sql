/*
title: 资源库技术领域
clause: 二（一）
definition: 盘点表中出现的技术领域，不论进度与类别，同一专利号只计一次；空为未填。账号只看得到自己范围内的行。
grain: 每个领域一行
rows: account
columns:
  - {name: field, label: 技术领域, unit: text}
  - {name: patents, label: 专利, unit: patents}
example:
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
      b
    patents: |
      patent_no,institution_id,field
      1,a,材料
      1,b,材料
      2,a,
      3,a,材料
  expect: |
    field,patents
    材料,2
    未填,1
*/
{% import "metrics/_library.sql" as library with context %}
with

final as (
    select
        coalesce(field, '未填') as field,
        count(*) as patents
    from library_rows
    where {{ library.within_account('null', 'null') }}
    group by all
)

select * from final order by patents desc, field
