/*
title: 一件专利的产品备案
clause: 五（二）
definition: 产品备案表中以这件专利备案或认定的产品。没有产品备案表则没有行。
grain: 每个产品一行
rows: account
parameters:
  patent: {label: 专利号, type: text}
columns:
  - {name: product_no, label: 备案号, unit: text}
  - {name: product_name, label: 产品名称, unit: text}
  - {name: enterprise_name, label: 企业, unit: text}
  - {name: registered_on, label: 备案日期, unit: date}
  - {name: stage, label: 阶段, unit: text}
  - {name: sales, label: 年销售额, unit: amount}
example:
  # The product names no enterprise.
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
    products: |
      product_no,product_name,patent_no,registered_on,stage,sales
      P1,储能电池,ZL201310699744.2,2024-03-05,认定,800
      P2,涂层,ZL201310699746.9,2024-03-05,备案,
  parameters: {patent: ZL201310699744.2}
  expect: |
    product_no,product_name,enterprise_name,registered_on,stage,sales
    P1,储能电池,,2024-03-05,认定,800
*/
{% import "metrics/_library.sql" as library with context %}
with
{{ library.patent() }}
final as (
    select
        products.product_no,
        products.product_name,
        enterprises.enterprise_name,
        products.registered_on,
        products.stage,
        products.sales
    from products
    left join enterprises on enterprises.enterprise_id = products.enterprise_id
    where products.patent_no in (select patent_no from patent)
)

select * from final order by registered_on desc, product_no
