/*
title: 一件专利的转让许可
clause: 五（二）
definition: 转让许可表中这件专利的各次备案，金额为整份合同的。没有转让许可表则没有行；转让方不在账号范围内的不列。
grain: 每份备案一行
rows: account
parameters:
  patent: {label: 专利号, type: text}
columns:
  - {name: filing_no, label: 备案号, unit: text}
  - {name: kind, label: 方式, unit: text}
  - {name: institution_name, label: 转让方, unit: text}
  - {name: recipient, label: 受让方, unit: text}
  - {name: recipient_city, label: 受让方所在市, unit: text}
  - {name: effective_on, label: 合同生效日期, unit: date}
  - {name: registered_on, label: 登记备案日期, unit: date}
  - {name: reported_on, label: 平台反馈日期, unit: date}
  - {name: amount, label: 合同金额, unit: amount, note: 整份合同的金额，可含多件专利}
example:
  # K1 is not yet registered.
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
    filings: |
      filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on,reported_on,amount
      K1,ZL201310699744.2,普通许可,a,某公司,2024-01-05,,,12.5
      K2,ZL201310699744.2,转让,a,另一公司,2024-03-05,2024-03-20,2024-04-01,
      K3,ZL201310699746.9,转让,a,某公司,2024-03-05,,,
  parameters: {patent: CN201310699744.2}
  expect: |
    filing_no,kind,institution_name,recipient,recipient_city,effective_on,registered_on,reported_on,amount
    K2,转让,甲大学,另一公司,,2024-03-05,2024-03-20,2024-04-01,
    K1,普通许可,甲大学,某公司,,2024-01-05,,,12.5
*/
{% import "metrics/_library.sql" as library with context %}
with
{{ library.patent() }}
final as (
    select
        filings.filing_no,
        filings.kind,
        institutions.institution_name,
        filings.recipient,
        filings.recipient_city,
        filings.effective_on,
        filings.registered_on,
        filings.reported_on,
        filings.amount
    from filings
    inner join institutions on institutions.institution_id = filings.institution_id
    where filings.patent_no in (select patent_no from patent)
        and ($account_city is null or institutions.city_code = cast($account_city as varchar))
        and ($account_institution is null or institutions.institution_id = cast($account_institution as varchar))
)

select * from final order by effective_on desc, filing_no
