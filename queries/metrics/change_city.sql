/*
title: 各市较上期变动
clause: 五（四）
definition: >
    各市存量与已盘点入库较上一快照变动的构成，按市内不重复专利号。新进该市存量的，此前在全省存量中为移入，否则为新进；
    离开的，仍在全省存量中为移出，否则为退出。留下的分新增入库与撤回；进出的按其入库情况另计。各部分之和恰为净变动。
grain: 方案所列每个设区市一行
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: stock_entered, label: 存量新进, unit: patents}
  - {name: stock_left, label: 存量退出, unit: patents}
  - {name: stock_moved_in, label: 存量移入, unit: patents}
  - {name: stock_moved_out, label: 存量移出, unit: patents}
  - {name: net_stock, label: 存量净变动, unit: patents}
  - {name: newly_approved, label: 新增盘点入库, unit: patents}
  - {name: withdrawn, label: 撤回, unit: patents}
  - {name: approved_entered, label: 新进已入库, unit: patents}
  - {name: approved_left, label: 退出已入库, unit: patents}
  - {name: approved_moved_in, label: 移入已入库, unit: patents}
  - {name: approved_moved_out, label: 移出已入库, unit: patents}
  - {name: net_approved, label: 盘点入库净变动, unit: patents}
example:
  as_of: 2024-04-12
  given:
    institutions: |
      institution_id,city_code
      I1,320100
      I2,320200
    patents: |
      patent_no,institution_id,review_status,approved_on
      P1,I1,已通过,2024-04-10
      P2,I1,校审退回,
      P3,I2,已通过,2024-04-01
      P5,I1,已通过,2024-04-11
  previous:
    as_of: 2024-04-05
    given:
      institutions: |
        institution_id,city_code
        I1,320100
        I2,320200
      patents: |
        patent_no,institution_id,review_status,approved_on
        P1,I1,待院审,
        P2,I1,已通过,2024-04-01
        P3,I1,已通过,2024-04-01
        P4,I2,待院审,
  expect: |
    city_code,city_name,stock_entered,stock_left,stock_moved_in,stock_moved_out,net_stock,newly_approved,withdrawn,approved_entered,approved_left,approved_moved_in,approved_moved_out,net_approved
    320100,南京市,1,0,0,1,0,1,1,1,0,0,1,0
    320200,无锡市,0,1,1,0,0,0,0,0,0,1,0,1
    320300,徐州市,0,0,0,0,0,0,0,0,0,0,0,0
    320400,常州市,0,0,0,0,0,0,0,0,0,0,0,0
    320500,苏州市,0,0,0,0,0,0,0,0,0,0,0,0
    320600,南通市,0,0,0,0,0,0,0,0,0,0,0,0
    320700,连云港市,0,0,0,0,0,0,0,0,0,0,0,0
    320800,淮安市,0,0,0,0,0,0,0,0,0,0,0,0
    320900,盐城市,0,0,0,0,0,0,0,0,0,0,0,0
    321000,扬州市,0,0,0,0,0,0,0,0,0,0,0,0
    321100,镇江市,0,0,0,0,0,0,0,0,0,0,0,0
    321200,泰州市,0,0,0,0,0,0,0,0,0,0,0,0
    321300,宿迁市,0,0,0,0,0,0,0,0,0,0,0,0
*/
with

parts as (
    select * from change_city
),

final as (
    select * exclude (position)
    from parts
    order by position
)

select * from final
