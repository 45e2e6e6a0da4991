/*
title: 全省盘点进展
clause: 一、二（一）、四
definition: >
    全省存量专利盘点情况，同一专利号全省只计一件。单位各按自己的当前里程碑判定；应完成 = 各单位应完成之和，
    应达比例 = 应完成 ÷ 各单位存量之和。没有存量的单位只计入单位总数。
grain: 一行
parameters:
  scope: {label: 口径, type: choice, values: [territory, municipal, provincial], default: territory}
columns:
  - {name: institutions_total, label: 单位总数, unit: institutions}
  - {name: institutions, label: 有存量单位, unit: institutions}
  - {name: institutions_met, label: 达标单位, unit: institutions, note: 含逾期达标}
  - {name: institutions_missed, label: 未达标单位, unit: institutions}
  - {name: institutions_done, label: 全部完成单位, unit: institutions, note: 已盘点入库 = 存量专利}
  - {name: cities, label: 有存量设区市, unit: count}
  - {name: stock, label: 存量专利, unit: patents}
  - {name: recorded, label: 已建档, unit: patents}
  - {name: approved, label: 已盘点入库, unit: patents}
  - {name: listed, label: 已入转化资源库, unit: patents}
  - {name: inventory_rate, label: 盘点率, unit: rate, note: 已盘点入库 ÷ 存量专利}
  - {name: listing_rate, label: 入库率, unit: rate, note: 已入转化资源库 ÷ 已盘点入库}
  - {name: required, label: 应完成, unit: patents}
  - {name: required_rate, label: 应达比例, unit: rate, note: 应完成 ÷ 各单位存量之和}
  - {name: lead_pp, label: 领先, unit: pp}
  - {name: status, label: 状态, unit: status}
  - {name: previous_rate, label: 上期盘点率, unit: rate}
  - {name: change_pp, label: 较上期, unit: pp}
example:
  as_of: 2024-04-10
  given:
    institutions: |
      institution_id,city_code,affiliation
      I1,320100,市属
      I2,320500,市属
      I3,320500,市属
      I4,320100,部属
    patents: |
      patent_no,institution_id,review_status,approved_on,listed_on,converted_before
      P1,I1,已通过,2024-03-10,2024-03-12,false
      P1,I2,已通过,2024-04-05,,false
      P2,I2,校审退回,,,false
      P3,I3,已通过,2024-03-01,,true
      P4,I4,已通过,2024-03-01,,false
  parameters: {scope: municipal}
  expect: |
    institutions_total,institutions,institutions_met,institutions_missed,institutions_done,cities,stock,recorded,approved,listed,inventory_rate,listing_rate,required,required_rate,lead_pp,status,previous_rate,change_pp
    3,2,1,1,1,2,2,1,1,1,0.5,1,3,1,-50,missed,,
*/
with

current_set as (
    select * from inventory_sets where level = 'province' and scope = $scope
),

earlier_set as (
    select * from previous_inventory_sets where level = 'province' and scope = $scope
),

final as (
    select
        current_set.institutions_total,
        current_set.institutions,
        current_set.institutions_met,
        current_set.institutions_missed,
        current_set.institutions_done,
        current_set.cities,
        current_set.stock,
        current_set.recorded,
        current_set.approved,
        current_set.listed,
        current_set.inventory_rate,
        current_set.listing_rate,
        current_set.required,
        current_set.required_rate,
        current_set.lead_pp,
        current_set.status,
        earlier_set.inventory_rate as previous_rate,
        100 * (current_set.inventory_rate - earlier_set.inventory_rate) as change_pp
    from current_set
    left join earlier_set on true
)

select * from final
