/*
title: 近期技术改进需求
clause: 二（二）
definition: >
    企业评价时提出的技术改进需求，连同所评的专利和持有它的单位；只取每个单位、每个企业所在市最近的 20 条。
    专利有几个权利人单位时每个单位一行，专利不在盘点中的没有单位。单位账号只见本单位的专利，设区市账号只见本市单位的专利。
grain: 每对专利与企业、每个持有单位一行，最近的在前
rows: own
parameters:
  city: {label: 企业所在市, type: text}
columns:
  - {name: evaluated_on, label: 评价日期, unit: date}
  - {name: patent_no, label: 专利号, unit: text}
  - {name: title, label: 专利名称, unit: text}
  - {name: field, label: 技术领域, unit: text}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 单位名称, unit: text}
  - {name: city_code, label: 单位所在市, unit: text}
  - {name: enterprise_name, label: 企业名称, unit: text}
  - {name: enterprise_city_code, label: 企业所在市代码, unit: text}
  - {name: enterprise_city_name, label: 企业所在市, unit: text}
  - {name: enterprise_group, label: 企业分组, unit: text}
  - {name: improvement_need, label: 技术改进需求, unit: text}
  - {name: cooperation, label: 合作意愿, unit: text}
  - {name: score, label: 前景评分, unit: count, note: 1 至 5，企业所评}
example:
  # A word for nothing is no need, nor is one of a pair not evaluated. Patent 1 is held by two, patent 9 by nobody known.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
      b,乙学院,320500
    patents: |
      patent_no,institution_id,title,field
      1,a,一种涂层,新材料
      1,b,一种涂层,新材料
      2,a,一种阀门,
    enterprises: |
      enterprise_id,enterprise_name,city_code,categories
      e,某公司,320200,国家知识产权优势企业
    evaluations: |
      patent_no,enterprise_id,evaluated_on,improvement_need,cooperation,score
      1,e,2024-04-10,提高良率,有,4
      2,e,2024-04-11,没有,有,5
      9,e,2024-04-12,轻量化,,
      3,e,,降低成本,,
  expect: |
    evaluated_on,patent_no,title,field,institution_id,institution_name,city_code,enterprise_name,enterprise_city_code,enterprise_city_name,enterprise_group,improvement_need,cooperation,score
    2024-04-12,9,,,,,,某公司,320200,无锡市,lead,轻量化,,
    2024-04-10,1,一种涂层,新材料,a,甲大学,320100,某公司,320200,无锡市,lead,提高良率,有,4
    2024-04-10,1,一种涂层,新材料,b,乙学院,320500,某公司,320200,无锡市,lead,提高良率,有,4
*/
with

final as (
    select
        need_rows.evaluated_on,
        need_rows.patent_no,
        need_rows.title,
        need_rows.field,
        need_rows.institution_id,
        need_rows.institution_name,
        need_rows.city_code,
        need_rows.enterprise_name,
        need_rows.enterprise_city_code,
        plan_cities.city_name as enterprise_city_name,
        need_rows.group_code as enterprise_group,
        need_rows.improvement_need,
        need_rows.cooperation,
        need_rows.score
    from need_rows
    inner join plan_cities on plan_cities.city_code = need_rows.enterprise_city_code
    where need_rows.enterprise_city_code = coalesce(cast($city as varchar), need_rows.enterprise_city_code)
)

select * from final order by evaluated_on desc, patent_no, enterprise_name, institution_id
