/*
title: 未备案合同
clause: 五（二）
definition: >
    没有登记备案日期的转让许可，每份合同在每个转让方单位一行，不分年份。许可合同可在生效后三个月内备案，
    刚生效的不算拖延：看已生效天数。
grain: 每份合同、每个转让方单位一行，生效早的在前
rows: own
parameters:
  city: {label: 设区市, type: text}
columns:
  - {name: filing_no, label: 合同编号, unit: text}
  - {name: kind, label: 方式, unit: text, note: 一份合同有几种方式时都列出}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 转让方, unit: text}
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: recipient, label: 受让方, unit: text}
  - {name: times, label: 件次, unit: times, note: 没有登记备案日期的行}
  - {name: amount, label: 合同金额, unit: amount, note: 取各行最大的金额}
  - {name: effective_on, label: 合同生效, unit: date}
  - {name: days, label: 已生效, unit: days, note: 数据日期减合同生效日期，尚未生效的没有}
example:
  # Contract K waits with both its patents, N is not in force yet, L is on record.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
    filings: |
      filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on,amount
      K,1,普通许可,a,某公司,2024-01-31,,8
      K,2,独占许可,a,某公司,2024-01-31,,8
      L,3,转让,a,某公司,2024-01-01,2024-02-01,5
      N,4,转让,a,另一公司,2024-05-01,,
  expect: |
    filing_no,kind,institution_id,institution_name,city_code,city_name,recipient,times,amount,effective_on,days
    K,普通许可、独占许可,a,甲大学,320100,南京市,某公司,2,8,2024-01-31,90
    N,转让,a,甲大学,320100,南京市,另一公司,1,,2024-05-01,
*/
with

holders as (
    select institution_id, institution_name, city_code, city_name
    from institution_groups
    where city_code = coalesce(cast($city as varchar), city_code)
),

waiting as (
    select
        filings.filing_no,
        filings.institution_id,
        string_agg(distinct filings.kind, '、' order by filings.kind) as kind,
        min(filings.recipient) as recipient,
        count(*) as times,
        max(filings.amount) as amount,
        min(filings.effective_on) as effective_on
    from filings
    inner join holders on holders.institution_id = filings.institution_id
    where filings.registered_on is null
    group by filings.filing_no, filings.institution_id
),

final as (
    select
        waiting.filing_no,
        waiting.kind,
        waiting.institution_id,
        holders.institution_name,
        holders.city_code,
        holders.city_name,
        waiting.recipient,
        waiting.times,
        waiting.amount,
        waiting.effective_on,
        case
            when waiting.effective_on <= plan.as_of then date_diff('day', waiting.effective_on, plan.as_of)
        end as days
    from waiting
    cross join plan
    inner join holders on holders.institution_id = waiting.institution_id
)

select * from final order by effective_on, filing_no, institution_id
