/*
title: 实施与产业化（设区市）
clause: 五（四）、五（二）
definition: >
    以存量和增量中已审核通过的专利为准，同一专利号在一市只计一次；在该市有一行为自行实施、许可、转让或作价入股即为已实施，
    有一行为是即为已产业化。产品取备案号列有这些专利的，每个备案号计一次，销售额取其各行最大的。
grain: 每个设区市一行
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: approved, label: 已入库, unit: patents, note: 存量与增量}
  - {name: implemented, label: 已实施, unit: patents}
  - {name: implementation_rate, label: 专利实施率, unit: rate, note: 已实施÷已入库}
  - {name: industrialised, label: 已产业化, unit: patents}
  - {name: industrialisation_rate, label: 专利产业化率, unit: rate, note: 已产业化÷已入库}
  - {name: product_patents, label: 备案产品专利, unit: patents, note: 有产品备案的已入库专利}
  - {name: products, label: 备案产品, unit: count}
  - {name: recognised_products, label: 认定产品, unit: count}
  - {name: sales, label: 年销售额, unit: amount}
example:
  # Patent 1 is owned by two institutions of one city: approved at a, implemented at b (not approved there): it counts
  # once, as implemented. Patent 3 was converted before the baseline: neither stock nor increment.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320100
    patents: |
      patent_no,institution_id,granted_on,converted_before,review_status,approved_on,implementation,industrialised
      1,a,2021-06-15,false,已通过,2024-03-01,未实施,
      1,b,2021-06-15,false,待院审,,许可,false
      2,a,2024-02-01,false,已通过,2024-03-02,,true
      3,a,2021-06-15,true,已通过,2024-03-03,转让,true
    products: |
      product_no,patent_no,stage,sales,registered_on
      P,1,备案,100,2024-03-01
      P,2,认定,,2024-03-01
      Q,2,备案,2.5,2024-03-01
      R,3,认定,999,2024-03-01
  expect: |
    city_code,city_name,approved,implemented,implementation_rate,industrialised,industrialisation_rate,product_patents,products,recognised_products,sales
    320100,南京市,2,1,0.5,1,0.5,2,2,1,102.5
    320200,无锡市,0,0,,0,,0,0,0,0
    320300,徐州市,0,0,,0,,0,0,0,0
    320400,常州市,0,0,,0,,0,0,0,0
    320500,苏州市,0,0,,0,,0,0,0,0
    320600,南通市,0,0,,0,,0,0,0,0
    320700,连云港市,0,0,,0,,0,0,0,0
    320800,淮安市,0,0,,0,,0,0,0,0
    320900,盐城市,0,0,,0,,0,0,0,0
    321000,扬州市,0,0,,0,,0,0,0,0
    321100,镇江市,0,0,,0,,0,0,0,0
    321200,泰州市,0,0,,0,,0,0,0,0
    321300,宿迁市,0,0,,0,,0,0,0,0
*/
with

final as (
    select
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
        coalesce(conversion_sets.approved, 0) as approved,
        coalesce(conversion_sets.implemented, 0) as implemented,
        conversion_sets.implemented / nullif(conversion_sets.approved, 0) as implementation_rate,
        coalesce(conversion_sets.industrialised, 0) as industrialised,
        conversion_sets.industrialised / nullif(conversion_sets.approved, 0) as industrialisation_rate,
{% for column in ["product_patents", "products", "recognised_products", "sales"] %}
        case when presence.has_products then coalesce(conversion_sets.{{ column }}, 0) end as {{ column }}
        {{- "," if not loop.last }}
{% endfor %}
    from plan_cities
    cross join presence
    left join conversion_sets
        on conversion_sets.level = 'city'
        and conversion_sets.scope = 'territory'
        and conversion_sets.key = plan_cities.city_code
)

select * exclude (position) from final order by position
