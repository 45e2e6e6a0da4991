/*
title: 单位转让许可明细
clause: 五（二）
definition: 一个单位作为转让方的转让、许可、作价入股，每份备案一行；件数为该备案所列专利，金额为整份合同金额。
grain: 每份备案每种方式一行，最近生效的在前
rows: own
parameters:
  level: {label: 范围, type: choice, values: [institution], default: institution}
  key: {label: 单位编码, type: key}
columns:
  - {name: filing_no, label: 备案号, unit: text}
  - {name: kind, label: 方式, unit: text}
  - {name: recipient, label: 受让方, unit: text}
  - {name: patents, label: 专利, unit: patents}
  - {name: amount, label: 合同金额, unit: amount}
  - {name: effective_on, label: 合同生效, unit: date}
  - {name: registered_on, label: 登记备案, unit: date, note: 空为未备案}
  - {name: reported_on, label: 平台反馈, unit: date, note: 空为未反馈}
example:
  as_of: 2024-04-30
  given:
    filings: |
      filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on,amount,reported_on
      F1,P1,转让,I1,某公司,2024-01-01,2024-01-20,30,2024-02-01
      F1,P2,转让,I1,某公司,2024-01-01,2024-01-20,30,
      F2,P1,普通许可,I1,另一公司,2024-02-01,,,
    institutions: |
      institution_id,city_code
      I1,320100
    patents: |
      patent_no,institution_id
      P1,I1
  parameters: {key: I1}
  expect: |
    filing_no,kind,recipient,patents,amount,effective_on,registered_on,reported_on
    F2,普通许可,另一公司,1,,2024-02-01,,
    F1,转让,某公司,2,30,2024-01-01,2024-01-20,
*/
with

final as (
    select
        filing_no,
        kind,
        max(recipient) as recipient,
        count(distinct patent_no) as patents,
        max(amount) as amount,
        max(effective_on) as effective_on,
        max(registered_on) as registered_on,
        case when bool_and(reported_on is not null) then max(reported_on) end as reported_on
    from filings
    where $level = 'institution' and institution_id = $key
    group by filing_no, kind
)

select * from final
order by effective_on desc, filing_no, kind
