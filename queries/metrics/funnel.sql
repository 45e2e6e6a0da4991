/*
title: 转化漏斗
clause: 二（一）、二（二）、五（二）
definition: >
    存量专利走到哪一步：建档、盘点入库、入转化资源库、推送企业、评价、有合作意愿，每步都以前面各步为前提；
    转让许可备案（任何年份）与产品备案不论经过哪一步，故不算占上一步的比例。同一专利号在一个范围内只计一件。
grain: 每一步一行
parameters:
  level: {label: 范围, type: choice, values: [province, city, institution], default: province}
  key: {label: 设区市代码或单位编码, type: key}
columns:
  - {name: stage, label: 阶段代码, unit: text}
  - {name: label, label: 阶段, unit: text}
  - {name: patents, label: 专利, unit: patents}
  - {name: share_of_first, label: 占存量, unit: rate}
  - {name: share_of_previous, label: 占上一步, unit: rate}
example:
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      I1,320100
      I2,320500
    patents: |
      patent_no,institution_id,review_status,recorded_on,approved_on,listed_on
      P1,I1,已通过,2024-03-01,2024-03-02,2024-03-03
      P2,I1,已通过,,2024-03-02,
      P3,I1,待校审,2024-03-01,,2024-03-09
      P4,I1,未建档,,,
      P5,I2,已通过,,2024-03-02,2024-03-03
    enterprises: |
      enterprise_id,city_code
      E1,320100
    evaluations: |
      patent_no,enterprise_id,evaluated_on,cooperation
      P1,E1,2024-04-01,无
      P2,E1,2024-04-01,有
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on
      F1,P4,转让,I1,2022-05-01
      F2,P3,转让,I1,
  parameters: {level: city, key: '320100'}
  expect: |
    stage,label,patents,share_of_first,share_of_previous
    stock,存量专利,4,1,
    recorded,已建档,3,0.75,0.75
    approved,已盘点入库,2,0.5,0.6666666666666666
    listed,已入转化资源库,1,0.25,0.5
    matched,已推送企业,1,0.25,1
    evaluated,已评价,1,0.25,1
    cooperation,有合作意愿,0,0,0
    filed,已转让许可备案,1,0.25,
    product,已备案产品,,,
*/
with

chosen as (
    select coalesce($key, plan.province_code) as key
    from plan
),

counted as (
    select
        coalesce(stock_sets.stock, 0) as stock,
        coalesce(stock_sets.recorded, 0) as recorded,
        coalesce(stock_sets.approved, 0) as approved,
        coalesce(stock_sets.listed, 0) as listed,
        case when presence.has_evaluations then coalesce(stock_sets.matched, 0) end as matched,
        case when presence.has_evaluations then coalesce(stock_sets.evaluated, 0) end as evaluated,
        case when presence.has_evaluations then coalesce(stock_sets.wanted, 0) end as wanted,
        case when presence.has_filings then coalesce(stock_sets.filed, 0) end as filed,
        case when presence.has_products then coalesce(stock_sets.product, 0) end as product
    from chosen
    cross join presence
    left join stock_sets
        on stock_sets.level = $level and stock_sets.key = chosen.key and stock_sets.scope = 'territory'
),

stages as (
    select 1 as position, 'stock' as stage, '存量专利' as label, stock as patents, null as before, stock from counted
    union all
    select 2, 'recorded', '已建档', recorded, stock, stock from counted
    union all
    select 3, 'approved', '已盘点入库', approved, recorded, stock from counted
    union all
    select 4, 'listed', '已入转化资源库', listed, approved, stock from counted
    union all
    select 5, 'matched', '已推送企业', matched, listed, stock from counted
    union all
    select 6, 'evaluated', '已评价', evaluated, matched, stock from counted
    union all
    select 7, 'cooperation', '有合作意愿', wanted, evaluated, stock from counted
    union all
    select 8, 'filed', '已转让许可备案', filed, null, stock from counted
    union all
    select 9, 'product', '已备案产品', product, null, stock from counted
),

final as (
    select
        stage,
        label,
        patents,
        patents / nullif(stock, 0) as share_of_first,
        patents / nullif(before, 0) as share_of_previous
    from stages
    order by position
)

select * from final
