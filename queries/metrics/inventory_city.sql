/*
title: 各市盘点进展
clause: 二（一）、三、四
definition: >
    各设区市存量专利盘点情况，同一专利号在一个市内只计一件。单位各按自己的当前里程碑判定；应完成 = 各单位应完成之和，
    应达比例 = 应完成 ÷ 各单位存量之和；领先 = 盘点率 − 应达比例。有单位未达标则该市未达标。排名按盘点率，并列同名次。
grain: 方案所列每个设区市一行
parameters:
  scope: {label: 口径, type: choice, values: [territory, municipal, provincial], default: territory}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: institutions, label: 有存量单位, unit: institutions}
  - {name: institutions_met, label: 达标单位, unit: institutions, note: 含逾期达标}
  - {name: institutions_missed, label: 未达标单位, unit: institutions}
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
  - {name: rank, label: 名次, unit: rank}
  - {name: previous_rate, label: 上期盘点率, unit: rate}
  - {name: change_pp, label: 较上期, unit: pp}
  - {name: previous_rank, label: 上期名次, unit: rank}
  - {name: rank_change, label: 名次变化, unit: number, note: 正数为上升}
example:
  as_of: 2024-03-31
  given:
    institutions: |
      institution_id,city_code,affiliation
      I1,320100,部属
      I2,320100,市属
      I3,320200,市属
    patents: |
      patent_no,institution_id,review_status,approved_on
      P1,I1,已通过,2024-03-10
      P1,I2,待院审,
      P2,I2,已通过,2024-03-11
      P3,I3,已通过,2024-03-12
  previous:
    as_of: 2024-03-24
    given:
      institutions: |
        institution_id,city_code,affiliation
        I1,320100,部属
        I2,320100,市属
        I3,320200,市属
      patents: |
        patent_no,institution_id,review_status,approved_on
        P1,I1,待院审,
        P2,I2,待院审,
        P3,I3,已通过,2024-03-12
  expect: |
    city_code,city_name,institutions,institutions_met,institutions_missed,stock,recorded,approved,listed,inventory_rate,listing_rate,required,required_rate,lead_pp,status,rank,previous_rate,change_pp,previous_rank,rank_change
    320100,南京市,2,1,0,2,2,2,0,1,0,3,1,0,open,1,0,100,2,1
    320200,无锡市,1,1,0,1,1,1,0,1,0,1,1,0,met,1,1,0,1,0
    320300,徐州市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    320400,常州市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    320500,苏州市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    320600,南通市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    320700,连云港市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    320800,淮安市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    320900,盐城市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    321000,扬州市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    321100,镇江市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    321200,泰州市,0,0,0,0,0,0,0,,,0,,,none,,,,,
    321300,宿迁市,0,0,0,0,0,0,0,,,0,,,none,,,,,
*/
with

current_sets as (
    select * from inventory_sets where level = 'city' and scope = $scope
),

earlier_sets as (
    select * from previous_inventory_sets where level = 'city' and scope = $scope
),

final as (
    select
        plan_cities.city_code,
        plan_cities.city_name,
        current_sets.institutions,
        current_sets.institutions_met,
        current_sets.institutions_missed,
        current_sets.stock,
        current_sets.recorded,
        current_sets.approved,
        current_sets.listed,
        current_sets.inventory_rate,
        current_sets.listing_rate,
        current_sets.required,
        current_sets.required_rate,
        current_sets.lead_pp,
        current_sets.status,
        current_sets.rank,
        earlier_sets.inventory_rate as previous_rate,
        100 * (current_sets.inventory_rate - earlier_sets.inventory_rate) as change_pp,
        earlier_sets.rank as previous_rank,
        earlier_sets.rank - current_sets.rank as rank_change
    from plan_cities
    inner join current_sets on current_sets.key = plan_cities.city_code
    left join earlier_sets on earlier_sets.key = plan_cities.city_code
    order by plan_cities.position
)

select * from final
