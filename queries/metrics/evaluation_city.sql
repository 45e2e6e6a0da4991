/*
title: 企业评价进度（设区市）
clause: 二（二）、四.2
definition: >
    评价率＝已评价配对数÷匹配配对数，按企业所在设区市、分优势示范企业与其他企业。名次在同一分组的各市之间排。
grain: 每个设区市、每个企业分组一行
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: enterprise_group, label: 企业分组, unit: text, note: lead 国家知识产权优势示范企业，other 其他企业}
  - {name: enterprises, label: 企业数, unit: enterprises}
  - {name: matched, label: 匹配, unit: pairs}
  - {name: evaluated, label: 已评价, unit: pairs}
  - {name: evaluation_rate, label: 评价率, unit: rate}
  - {name: rank, label: 名次, unit: rank, note: 组内各市按评价率}
  - {name: with_need, label: 有改进需求, unit: pairs}
  - {name: with_cooperation, label: 有合作意愿, unit: pairs}
example:
  # Two cities tie at a half in different numbers; 徐州 has an enterprise but no pair, so no rate and no rank.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    enterprises: |
      enterprise_id,city_code,categories
      e,320100,国家知识产权示范企业
      f,320500,国家知识产权优势企业
      g,320300,国家知识产权优势企业
      h,320100,国有企业
    evaluations: |
      patent_no,enterprise_id,evaluated_on,improvement_need,cooperation
      1,e,2024-04-10,提高良率,有
      2,e,,,
      1,f,2024-04-10,没有,无
      2,f,2024-04-11,,洽谈中
      3,f,,,
      4,f,,,
      1,h,,降低成本,有
  expect: |
    city_code,city_name,enterprise_group,enterprises,matched,evaluated,evaluation_rate,rank,with_need,with_cooperation
    320100,南京市,lead,1,2,1,0.5,1,1,1
    320200,无锡市,lead,0,0,0,,,0,0
    320300,徐州市,lead,1,0,0,,,0,0
    320400,常州市,lead,0,0,0,,,0,0
    320500,苏州市,lead,1,4,2,0.5,1,0,1
    320600,南通市,lead,0,0,0,,,0,0
    320700,连云港市,lead,0,0,0,,,0,0
    320800,淮安市,lead,0,0,0,,,0,0
    320900,盐城市,lead,0,0,0,,,0,0
    321000,扬州市,lead,0,0,0,,,0,0
    321100,镇江市,lead,0,0,0,,,0,0
    321200,泰州市,lead,0,0,0,,,0,0
    321300,宿迁市,lead,0,0,0,,,0,0
    320100,南京市,other,1,1,0,0,1,0,0
    320200,无锡市,other,0,0,0,,,0,0
    320300,徐州市,other,0,0,0,,,0,0
    320400,常州市,other,0,0,0,,,0,0
    320500,苏州市,other,0,0,0,,,0,0
    320600,南通市,other,0,0,0,,,0,0
    320700,连云港市,other,0,0,0,,,0,0
    320800,淮安市,other,0,0,0,,,0,0
    320900,盐城市,other,0,0,0,,,0,0
    321000,扬州市,other,0,0,0,,,0,0
    321100,镇江市,other,0,0,0,,,0,0
    321200,泰州市,other,0,0,0,,,0,0
    321300,宿迁市,other,0,0,0,,,0,0
*/
with

rated as (
    select
        plan_cities.position as city_position,
        plan_enterprise_groups.position as group_position,
        plan_cities.city_code,
        plan_cities.city_name,
        evaluation_sets.group_code as enterprise_group,
        evaluation_sets.enterprises,
        evaluation_sets.matched,
        evaluation_sets.evaluated,
        evaluation_sets.evaluated / nullif(evaluation_sets.matched, 0) as evaluation_rate,
        evaluation_sets.with_need,
        evaluation_sets.with_cooperation
    from evaluation_sets
    inner join plan_cities on plan_cities.city_code = evaluation_sets.key
    inner join plan_enterprise_groups on plan_enterprise_groups.group_code = evaluation_sets.group_code
    where evaluation_sets.level = 'city'
),

final as (
    select
        city_position,
        group_position,
        city_code,
        city_name,
        enterprise_group,
        enterprises,
        matched,
        evaluated,
        evaluation_rate,
        case
            when evaluation_rate is not null
                then rank() over (partition by enterprise_group order by round(evaluation_rate, 9) desc nulls last)
        end as rank,
        with_need,
        with_cooperation
    from rated
)

select * exclude (city_position, group_position) from final order by group_position, city_position
