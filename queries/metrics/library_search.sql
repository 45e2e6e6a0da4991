/*
title: 资源库检索
clause: 二（一）
definition: >
    盘点表中符合条件的专利，默认已盘点入库的。
    同一专利号有几行时只计一次：全省和设区市取代表行（存量在先，其次增量；再依次为已入资源库、已入库、已建档，同级取早的，
    同日取单位编码小的），选定单位时取该单位的行。账号只查得到自己范围内的行。
    名称词以空格分开，每个词都要出现；专利号任何写法或连续四位以上数字都可。stage 的 approved 含已入资源库的，unlisted 是
    其中还没有入资源库的；stars 可为一个星级（0 未评）或 4-5、3-5；maturity 可为一级、high（高）或未填。
grain: 每件专利一行，按所选的列排序（空值在后），一次一页
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
  sort: {label: 排序, type: choice, values: [stars, maturity, stage_on, granted_on, title, institution, patent_no], default: stars}
  direction: {label: 升降, type: choice, values: [desc, asc], default: desc}
  size: {label: 每页行数, type: count, default: 50}
  page: {label: 页, type: count, default: 1}
columns:
  - {name: patent_no, label: 专利号, unit: text}
  - {name: title, label: 专利名称, unit: text}
  - {name: patent_type, label: 专利类型, unit: text}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 单位, unit: text}
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: class, label: 类别, unit: text, note: 存量、增量或其他（基准日前已转化、已失效）}
  - {name: stage, label: 进度, unit: text, note: 已到的最远一步}
  - {name: stage_on, label: 进度日期, unit: date}
  - {name: granted_on, label: 授权公告日, unit: date}
  - {name: field, label: 技术领域, unit: text}
  - {name: stars, label: 星级, unit: count}
  - {name: maturity, label: 成熟度, unit: text}
  - {name: prospect, label: 前景, unit: text}
  - {name: implementation, label: 实施状态, unit: text}
  - {name: route, label: 推广路径, unit: text, note: 方案的五条路径，只归已入转化资源库的存量专利}
  - {name: portfolio_id, label: 组合编号, unit: text}
  - {name: hits, label: 符合条件, unit: patents, note: 各页合计}
example:
  # Patent …744 is found once, by b's row, which is listed; …746 is not approved.
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
  parameters: {words: 石墨烯 电池}
  expect: |
    patent_no,title,patent_type,institution_id,institution_name,city_code,city_name,class,stage,stage_on,granted_on,field,stars,maturity,prospect,implementation,route,portfolio_id,hits
    ZL201310699744.2,石墨烯电池,发明,b,乙学院,320500,苏州市,stock,listed,2024-03-02,2021-06-15,材料,4,概念,,,general,,2
    ZL201310699747.7,电池用石墨烯,发明,a,甲大学,320100,南京市,stock,approved,2024-03-05,2021-06-15,材料,,初样,,,,,2
*/
{% import "metrics/_library.sql" as library with context %}
{% set numbers = {'stars': 'stars', 'maturity': 'maturity_level', 'stage_on': 'epoch(stage_on)', 'granted_on': 'epoch(granted_on)'} %}
{% set texts = {'title': 'title_key', 'institution': 'institution_name', 'patent_no': 'patent_no'} %}
with

hits as materialized (
    select
        rowid as hit,
        patent_no,
        case when $sort = 'stars' then maturity_level end as next_key,
        case $sort
{% for name, key in numbers.items() %}
            when '{{ name }}' then {{ key }}
{% endfor %}
        end * case $direction when 'desc' then -1 else 1 end as number_key,
        case $sort
{% for name, key in texts.items() %}
            when '{{ name }}' then {{ key }}
{% endfor %}
        end as text_key
    from library_rows
    where {{ library.asked() }}
),

page as (
    select
        hit,
        number_key,
        text_key,
        next_key
    from hits
    order by
        number_key nulls last,
        case when $direction = 'desc' then text_key end desc,
        text_key,
        next_key desc nulls last,
        patent_no
    limit cast($size as bigint)
    offset (greatest(cast($page as bigint), 1) - 1) * cast($size as bigint)
),

final as (
    select
        page.* exclude (hit),
        patent_no,
        coalesce(title_shown, title_key) as title,
        patent_type,
        institution_id,
        institution_name,
        city_code,
        city_name,
        class,
        stage,
        stage_on,
        granted_on,
        field,
        stars,
        maturity,
        prospect,
        implementation,
        route,
        portfolio_id,
        (select count(*) from hits) as hits
    from library_rows
    inner join page on page.hit = library_rows.rowid
)

select * exclude (number_key, text_key, next_key)
from final
order by
    number_key nulls last,
    case when $direction = 'desc' then text_key end desc,
    text_key,
    next_key desc nulls last,
    patent_no
