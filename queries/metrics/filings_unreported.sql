/*
title: 未反馈平台合同
clause: 五（二）
definition: 当年登记备案而没有平台反馈日期的转让许可，每份合同在每个转让方单位一行。
grain: 每份合同、每个转让方单位一行，备案早的在前
rows: own
parameters:
  year: {label: 年份, type: year}
  city: {label: 设区市, type: text}
columns:
  - {name: filing_no, label: 合同编号, unit: text}
  - {name: kind, label: 方式, unit: text, note: 一份合同有几种方式时都列出}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 转让方, unit: text}
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: recipient, label: 受让方, unit: text}
  - {name: times, label: 件次, unit: times, note: 已备案而未反馈的行}
  - {name: amount, label: 合同金额, unit: amount, note: 取各行最大的金额}
  - {name: registered_on, label: 登记备案, unit: date}
  - {name: days, label: 已备案, unit: days, note: 数据日期减登记备案日期}
example:
  # One of K's two rows is fed back; L belongs to last year; M is not on record.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
    filings: |
      filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on,amount,reported_on
      K,1,转让,a,某公司,2024-01-31,2024-03-31,8,2024-04-01
      K,2,转让,a,某公司,2024-01-31,2024-03-31,8,
      L,3,转让,a,某公司,2023-01-01,2023-12-31,5,
      M,4,转让,a,另一公司,2024-03-01,,,
  expect: |
    filing_no,kind,institution_id,institution_name,city_code,city_name,recipient,times,amount,registered_on,days
    K,转让,a,甲大学,320100,南京市,某公司,1,8,2024-03-31,30
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
        min(filings.registered_on) as registered_on
    from filings
    inner join holders on holders.institution_id = filings.institution_id
    inner join plan
        on filings.registered_on <= plan.as_of
        and year(filings.registered_on) = coalesce(cast($year as bigint), year(plan.as_of))
    where filings.reported_on is null
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
        waiting.registered_on,
        date_diff('day', waiting.registered_on, plan.as_of) as days
    from waiting
    cross join plan
    inner join holders on holders.institution_id = waiting.institution_id
)

select * from final order by registered_on, filing_no, institution_id
