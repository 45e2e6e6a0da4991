/*
title: 较上期变动的专利
clause: 五（四）
definition: >
    change_city 各部分背后的专利：与上一快照相比，某市存量中新进、退出、移入、移出、新增入库、撤回的每一件。
    是否入库，对退出、移出和撤回的指上期，其余指本期。名称与单位取本期盘点表中该市的行，本期已没有的为空。
grain: 每市每件有变动的专利一行
rows: account
parameters:
  city: {label: 设区市, type: text}
  part: {label: 部分, type: choice, values: [entered, left, moved_in, moved_out, newly_approved, withdrawn]}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: part, label: 变动, unit: text}
  - {name: patent_no, label: 专利号, unit: text}
  - {name: title, label: 专利名称, unit: text}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 单位, unit: text}
  - {name: is_approved, label: 已盘点入库, unit: boolean}
example:
  # P1 is approved now; P3 moved from 无锡 to 南京; P4 is gone, and with it its title.
  as_of: 2024-04-12
  given:
    institutions: |
      institution_id,institution_name,city_code
      I1,甲大学,320100
      I2,乙大学,320200
    patents: |
      patent_no,institution_id,title,review_status,approved_on
      P1,I1,一,已通过,2024-04-10
      P2,I1,二,待院审,
      P3,I1,三,已通过,2024-04-01
  previous:
    as_of: 2024-04-05
    given:
      institutions: |
        institution_id,institution_name,city_code
        I1,甲大学,320100
        I2,乙大学,320200
      patents: |
        patent_no,institution_id,title,review_status,approved_on
        P1,I1,一,待院审,
        P2,I1,二,待院审,
        P3,I2,三,已通过,2024-04-01
        P4,I2,四,待院审,
  expect: |
    city_code,city_name,part,patent_no,title,institution_id,institution_name,is_approved
    320100,南京市,moved_in,P3,三,I1,甲大学,true
    320100,南京市,newly_approved,P1,一,I1,甲大学,true
    320200,无锡市,left,P4,,,,false
    320200,无锡市,moved_out,P3,,,,true
*/
with

final as (
    select
        place,
        city_code,
        city_name,
        part,
        patent_no,
        title,
        institution_id,
        institution_name,
        is_approved
    from change_patents
    where city_code = coalesce(cast($city as varchar), city_code)
        and part = coalesce(cast($part as varchar), part)
        and city_code = coalesce(cast($account_city as varchar), city_code)
        -- One of a patent's holders is named, and to an institution's account itself.
        and case
            when cast($account_institution as varchar) is null then is_named
            else institution_id = cast($account_institution as varchar)
        end
)

select * exclude (place) from final order by place
