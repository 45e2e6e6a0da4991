/*
title: 技术领域概况
clause: 二（一）
definition: >
    全省存量专利按技术领域，同一专利号只计一次，领域、星级、成熟度取代表行（已入资源库的在前，其次已通过、已建档；同阶段取日期早的，
    再取单位编码小的）。平均星级与高成熟度占比只看已入库且该项已填的。
grain: 每个出现的技术领域一行，空为“未填”
columns:
  - {name: field, label: 技术领域, unit: text}
  - {name: patents, label: 存量专利, unit: patents}
  - {name: approved, label: 已盘点入库, unit: patents}
  - {name: listed, label: 已入资源库, unit: patents}
  - {name: stars_mean, label: 平均星级, unit: number}
  - {name: maturity_high_share, label: 高成熟度占比, unit: rate}
  - {name: matched_patents, label: 已匹配, unit: patents}
  - {name: evaluated_patents, label: 已评价, unit: patents}
  - {name: filed_patents, label: 已转让许可, unit: patents, note: 有已登记备案的转让许可，不分年份}
example:
  # Patent 1's two rows disagree: the approved one decides. Stars of patent 3, not approved, do not count. No filings.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
      b
    patents: |
      patent_no,institution_id,review_status,approved_on,recorded_on,field,stars,maturity
      1,a,待院审,,2024-01-01,新能源,1,概念
      1,b,已通过,2024-03-05,,新材料,5,产品
      2,a,已通过,2024-03-05,,新材料,2,
      3,a,待校审,,2024-03-05,,4,产品
    evaluations: |
      patent_no,enterprise_id,evaluated_on
      1,e,2024-04-01
      3,e,
    enterprises: |
      enterprise_id
      e
  expect: |
    field,patents,approved,listed,stars_mean,maturity_high_share,matched_patents,evaluated_patents,filed_patents
    新材料,2,2,0,3.5,1,1,1,
    未填,1,0,0,,,1,0,
*/
with

final as (
    select
        field_counts.field,
        field_counts.patents,
        field_counts.approved,
        field_counts.listed,
        field_counts.stars_sum / nullif(field_counts.starred, 0) as stars_mean,
        field_counts.maturity_high / nullif(field_counts.with_maturity, 0) as maturity_high_share,
        case when presence.has_evaluations then field_counts.matched_patents end as matched_patents,
        case when presence.has_evaluations then field_counts.evaluated_patents end as evaluated_patents,
        case when presence.has_filings then field_counts.filed_patents end as filed_patents
    from field_counts
    cross join presence
)

select * from final order by patents desc, field
