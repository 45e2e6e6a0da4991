/*
title: 价值与成熟度
clause: 二（一）
definition: >
    盘点表中符合条件的专利按价值星级与技术成熟度，条件与检索相同，默认已盘点入库的。
    同一专利号有几行时只计一次：全省和设区市取代表行（存量在先，其次增量；再依次为已入资源库、已入库、已建档，同级取早的，
    同日取单位编码小的），选定单位时取该单位的行。账号只查得到自己范围内的行。
    名称词以空格分开，每个词都要出现；专利号任何写法或连续四位以上数字都可。stage 的 approved 含已入资源库的，unlisted 是
    其中还没有入资源库的；stars 可为一个星级（0 未评）或 4-5、3-5；maturity 可为一级、high（高）或未填。
grain: 每个出现的星级（0 为未评）与成熟度（空为未填）一行
rows: account
parameters:
  words: {label: 专利号或名称, type: text}
  city: {label: 设区市, type: text}
  institution: {label: 单位, type: text}
  field: {label: 技术领域, type: text}
  type: {label: 专利类型, type: text}
  class: {label: 类别, type: choice, values: [stock, increment, other]}
  stage: {label: 进度, type: choice, values: [all, none, recorded, approved, unlisted, listed], default: approved}
  stars: {label: 价值星级, type: choice, values: ['5', '4', '3', '2', '1', '0', 4-5, 3-5]}
  maturity: {label: 技术成熟度, type: text}
  route: {label: 推广路径, type: choice, values: [open_licence, pool, auction, pilot, general]}
  portfolio: {label: 专利池或组合, type: text}
columns:
  - {name: stars, label: 星级, unit: count}
  - {name: maturity, label: 成熟度, unit: text}
  - {name: patents, label: 专利, unit: patents}
  - {name: stock, label: 其中存量, unit: patents}
  - {name: listed, label: 其中已入转化资源库, unit: patents}
example:
  # Patent …744 takes b's stars and maturity, whose row is listed; …747 has no stars.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,institution_name,city_code
      a,甲大学,320100
      b,乙学院,320500
    patents: |
      patent_no,institution_id,title,review_status,approved_on,listed_on,stars,maturity,field
      ZL201310699744.2,a,石墨烯电池,已通过,2024-03-01,,5,产品,材料
      ZL201310699744.2,b,石墨烯电池,已通过,2024-03-01,2024-03-02,4,概念,材料
      ZL201310699745.0,a,电池,已通过,2024-03-01,2024-03-02,3,,
      ZL201310699746.9,a,石墨烯涂层,待院审,,,,,
      ZL201310699747.7,a,电池用石墨烯,已通过,2024-03-05,,,初样,材料
  expect: |
    stars,maturity,patents,stock,listed
    4,概念,1,1,1
    3,,1,1,1
    0,初样,1,1,0
*/
{% import "metrics/_library.sql" as library with context %}
with

final as (
    select
        coalesce(stars, 0) as stars,
        maturity,
        maturity_level,
        count(*) as patents,
        count(*) filter (where class = 'stock') as stock,
        count(*) filter (where stage = 'listed') as listed
    from library_rows
    where {{ library.asked() }}
    group by all
)

select * exclude (maturity_level) from final order by stars desc, maturity_level
