/*
title: 全省转让许可
clause: 五（二）
definition: >
    当年 1 月 1 日至数据截止日登记备案的转让许可：合同数按不重复备案号，件次按行，件数按不重复专利号。
    同比 = 件数 ÷ 上年同期件数 − 1，上年同期为零时为空。许可合同可在生效后三个月内备案，最近几周的数偏低。
grain: 一行
parameters:
  year: {label: 年份, type: year}
columns:
  - {name: contracts, label: 合同数, unit: contracts}
  - {name: times, label: 件次, unit: times}
  - {name: patents, label: 转让许可件数, unit: patents, note: 不重复专利号，转让与许可合计}
  - {name: previous_year_patents, label: 上年同期, unit: patents}
  - {name: yoy, label: 同比, unit: rate, note: 件数 ÷ 上年同期件数 − 1}
example:
  as_of: 2024-02-29
  given:
    institutions: |
      institution_id,city_code
      I1,320100
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on
      F1,P1,转让,I1,2024-01-05
      F1,P2,转让,I1,2024-01-05
      F2,P1,普通许可,I1,2024-02-05
      F3,P3,普通许可,I1,
      F4,P4,转让,I1,2023-02-28
      F5,P5,转让,I1,2023-03-01
  expect: |
    contracts,times,patents,previous_year_patents,yoy
    2,3,2,1,1
*/
with

asked as (
    select coalesce(cast($year as bigint), year(as_of)) as year, year(as_of) as current_year, province_code
    from plan
),

counts as (
    select
        case when presence.has_filings then coalesce(this_year.contracts, 0) end as contracts,
        case when presence.has_filings then coalesce(this_year.times, 0) end as times,
        case when presence.has_filings then coalesce(this_year.patents, 0) end as patents,
        case
            when not presence.has_filings then null
            when asked.year < asked.current_year then coalesce(year_before.patents, 0)
            else coalesce(year_before.patents_to_date, 0)
        end as previous_year_patents
    from asked
    cross join presence
    left join filing_sets as this_year
        on this_year.level = 'province'
        and this_year.scope = 'territory'
        and this_year.key = asked.province_code
        and this_year.year = asked.year
    left join filing_sets as year_before
        on year_before.level = 'province'
        and year_before.scope = 'territory'
        and year_before.key = asked.province_code
        and year_before.year = asked.year - 1
),

final as (
    select *, patents / nullif(previous_year_patents, 0) - 1 as yoy
    from counts
)

select * from final
order by times
