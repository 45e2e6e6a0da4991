/*
title: 转让许可流向
clause: 五（二）
definition: >
    当年登记备案的转让许可，从转让方单位所在设区市到受让方所在省、市（照表中所写，空为“未填”）。
grain: 每个出现的设区市、受让方所在省、受让方所在市一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: recipient_province, label: 受让方所在省, unit: text}
  - {name: recipient_city, label: 受让方所在市, unit: text}
  - {name: patents, label: 专利, unit: patents}
  - {name: amount, label: 合同金额, unit: amount, note: 每份合同一次，取其各行最大的金额}
example:
  # Contract K goes to two recipients: its amount counts in full in each row. Patent 1 goes out twice, once a row.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
    filings: |
      filing_no,patent_no,kind,institution_id,recipient_province,recipient_city,registered_on,amount
      K,1,转让,a,江苏省,南京市,2024-03-01,8
      K,2,转让,a,上海市,,2024-03-01,8
      L,1,普通许可,a,江苏省,南京市,2024-04-01,
      M,3,转让,a,,,2024-04-30,0.25
      N,4,转让,a,江苏省,南京市,2023-12-31,9
  expect: |
    city_code,city_name,recipient_province,recipient_city,patents,amount
    320100,南京市,上海市,未填,1,8
    320100,南京市,未填,未填,1,0.25
    320100,南京市,江苏省,南京市,1,8
*/
with

final as (
    select
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
        filing_flows.recipient_province,
        filing_flows.recipient_city,
        filing_flows.patents,
        filing_flows.amount
    from filing_flows
    inner join plan on filing_flows.year = coalesce(cast($year as bigint), year(plan.as_of))
    inner join plan_cities on plan_cities.city_code = filing_flows.city_code
)

select * exclude (position) from final order by position, patents desc, recipient_province, recipient_city
