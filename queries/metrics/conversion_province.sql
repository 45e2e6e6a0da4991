/*
title: 全省实施与产业化
clause: 五（四）、五（二）
definition: >
    存量和增量中已审核通过的专利，同一专利号在全省只计一次；有一行为自行实施、许可、转让或作价入股即为已实施，有一行为是即为已产业化。
    产品取备案号列有这些专利的，每个备案号计一次。两率由盘点填报逐件计得，不是抽样调查的结果，不与调查公布的两率并列。
grain: 一行
columns:
  - {name: approved, label: 已入库, unit: patents, note: 存量与增量}
  - {name: implemented, label: 已实施, unit: patents}
  - {name: implementation_rate, label: 专利实施率, unit: rate, note: 已实施÷已入库}
  - {name: industrialised, label: 已产业化, unit: patents}
  - {name: industrialisation_rate, label: 专利产业化率, unit: rate, note: 已产业化÷已入库}
  - {name: product_patents, label: 备案产品专利, unit: patents, note: 有产品备案的已入库专利}
  - {name: products, label: 备案产品, unit: count}
  - {name: recognised_products, label: 认定产品, unit: count}
  - {name: sales, label: 年销售额, unit: amount, note: 每个备案号一次，取其各行最大的}
example:
  # Patent 1 is owned in two cities: once in the province. No product filings at hand: unknown, not none.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320500
    patents: |
      patent_no,institution_id,granted_on,review_status,approved_on,implementation,industrialised
      1,a,2021-06-15,已通过,2024-03-01,未实施,
      1,b,2021-06-15,待院审,,许可,false
      2,a,2024-02-01,已通过,2024-03-02,,true
  expect: |
    approved,implemented,implementation_rate,industrialised,industrialisation_rate,product_patents,products,recognised_products,sales
    2,1,0.5,1,0.5,,,,
*/
with

final as (
    select
        coalesce(conversion_sets.approved, 0) as approved,
        coalesce(conversion_sets.implemented, 0) as implemented,
        conversion_sets.implemented / nullif(conversion_sets.approved, 0) as implementation_rate,
        coalesce(conversion_sets.industrialised, 0) as industrialised,
        conversion_sets.industrialised / nullif(conversion_sets.approved, 0) as industrialisation_rate,
{% for column in ["product_patents", "products", "recognised_products", "sales"] %}
        case when presence.has_products then coalesce(conversion_sets.{{ column }}, 0) end as {{ column }}
        {{- "," if not loop.last }}
{% endfor %}
    from plan
    cross join presence
    left join conversion_sets
        on conversion_sets.level = 'province'
        and conversion_sets.scope = 'territory'
        and conversion_sets.key = plan.province_code
)

select * from final order by approved
