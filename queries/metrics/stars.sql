/*
title: 价值星级分布
clause: 二（一）
definition: 全省已盘点入库的存量专利按价值星级，同一专利号只计一次，星级取代表行；0 为未评。
grain: 每个星级一行，0 至 5 总是六行
columns:
  - {name: stars, label: 星级, unit: number}
  - {name: patents, label: 专利, unit: patents}
  - {name: share, label: 占比, unit: rate}
example:
  # Patent 1's representative row is the listed one, without stars. Patent 4 is not approved.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
      b
    patents: |
      patent_no,institution_id,review_status,approved_on,listed_on,stars
      1,a,已通过,2024-03-01,,5
      1,b,已通过,2024-03-05,2024-03-06,
      2,a,已通过,2024-03-01,,3
      3,a,已通过,2024-03-01,,3
      4,a,校审退回,,,3
  expect: |
    stars,patents,share
    0,1,0.3333333333333333
    1,0,0
    2,0,0
    3,2,0.6666666666666666
    4,0,0
    5,0,0
*/
with

known as (
    select unnest(range(0, 6)) as stars
),

final as (
    select
        known.stars,
        coalesce(star_counts.patents, 0) as patents,
        coalesce(star_counts.patents, 0) / nullif(sum(star_counts.patents) over (), 0) as share
    from known
    left join star_counts on star_counts.stars = known.stars
)

select * from final order by stars
