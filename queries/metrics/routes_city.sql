/*
title: 分层推广路径（设区市）
clause: 二（三）
definition: >
    各市已入转化资源库的存量专利按推广路径，路径同全省表；占比以该市为分母。共有专利在每个有权利人的市各计一次，
    属性取该市的代表行：先入资源库的在前，同日取单位编码小的。
grain: 每个设区市、每条路径一行，总是每市五行
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: route, label: 路径代码, unit: text}
  - {name: label, label: 推广路径, unit: text}
  - {name: patents, label: 专利, unit: patents}
  - {name: share, label: 占比, unit: rate, note: 占已入转化资源库的存量专利}
  - {name: stars_4_up, label: 四星及以上, unit: patents}
  - {name: matched_patents, label: 已匹配, unit: patents, note: 推送过企业}
  - {name: filed_patents, label: 已转让许可, unit: patents, note: 有已登记备案的转让许可，不分年份}
example:
  # Patent 1 has three owners in 南京: b listed it first, so b's row decides, in spite of a's smaller code; in 苏州 c's.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320100
      c,320500
    patents: |
      patent_no,institution_id,review_status,approved_on,listed_on,breadth
      1,a,已通过,2024-03-01,2024-03-09,
      1,b,已通过,2024-03-05,2024-03-08,多主体
      1,c,已通过,2024-03-01,2024-03-02,
      2,a,已通过,2024-03-01,2024-03-02,
  expect: |
    city_code,city_name,route,label,patents,share,stars_4_up,matched_patents,filed_patents
    320100,南京市,open_licence,开放许可,1,0.5,0,,
    320100,南京市,pool,专利池/专利组合,0,0,0,,
    320100,南京市,auction,拍卖路演交易,0,0,0,,
    320100,南京市,pilot,二次开发与中试熟化,0,0,0,,
    320100,南京市,general,一般推广,1,0.5,0,,
    320200,无锡市,open_licence,开放许可,0,,0,,
    320200,无锡市,pool,专利池/专利组合,0,,0,,
    320200,无锡市,auction,拍卖路演交易,0,,0,,
    320200,无锡市,pilot,二次开发与中试熟化,0,,0,,
    320200,无锡市,general,一般推广,0,,0,,
    320300,徐州市,open_licence,开放许可,0,,0,,
    320300,徐州市,pool,专利池/专利组合,0,,0,,
    320300,徐州市,auction,拍卖路演交易,0,,0,,
    320300,徐州市,pilot,二次开发与中试熟化,0,,0,,
    320300,徐州市,general,一般推广,0,,0,,
    320400,常州市,open_licence,开放许可,0,,0,,
    320400,常州市,pool,专利池/专利组合,0,,0,,
    320400,常州市,auction,拍卖路演交易,0,,0,,
    320400,常州市,pilot,二次开发与中试熟化,0,,0,,
    320400,常州市,general,一般推广,0,,0,,
    320500,苏州市,open_licence,开放许可,0,0,0,,
    320500,苏州市,pool,专利池/专利组合,0,0,0,,
    320500,苏州市,auction,拍卖路演交易,0,0,0,,
    320500,苏州市,pilot,二次开发与中试熟化,0,0,0,,
    320500,苏州市,general,一般推广,1,1,0,,
    320600,南通市,open_licence,开放许可,0,,0,,
    320600,南通市,pool,专利池/专利组合,0,,0,,
    320600,南通市,auction,拍卖路演交易,0,,0,,
    320600,南通市,pilot,二次开发与中试熟化,0,,0,,
    320600,南通市,general,一般推广,0,,0,,
    320700,连云港市,open_licence,开放许可,0,,0,,
    320700,连云港市,pool,专利池/专利组合,0,,0,,
    320700,连云港市,auction,拍卖路演交易,0,,0,,
    320700,连云港市,pilot,二次开发与中试熟化,0,,0,,
    320700,连云港市,general,一般推广,0,,0,,
    320800,淮安市,open_licence,开放许可,0,,0,,
    320800,淮安市,pool,专利池/专利组合,0,,0,,
    320800,淮安市,auction,拍卖路演交易,0,,0,,
    320800,淮安市,pilot,二次开发与中试熟化,0,,0,,
    320800,淮安市,general,一般推广,0,,0,,
    320900,盐城市,open_licence,开放许可,0,,0,,
    320900,盐城市,pool,专利池/专利组合,0,,0,,
    320900,盐城市,auction,拍卖路演交易,0,,0,,
    320900,盐城市,pilot,二次开发与中试熟化,0,,0,,
    320900,盐城市,general,一般推广,0,,0,,
    321000,扬州市,open_licence,开放许可,0,,0,,
    321000,扬州市,pool,专利池/专利组合,0,,0,,
    321000,扬州市,auction,拍卖路演交易,0,,0,,
    321000,扬州市,pilot,二次开发与中试熟化,0,,0,,
    321000,扬州市,general,一般推广,0,,0,,
    321100,镇江市,open_licence,开放许可,0,,0,,
    321100,镇江市,pool,专利池/专利组合,0,,0,,
    321100,镇江市,auction,拍卖路演交易,0,,0,,
    321100,镇江市,pilot,二次开发与中试熟化,0,,0,,
    321100,镇江市,general,一般推广,0,,0,,
    321200,泰州市,open_licence,开放许可,0,,0,,
    321200,泰州市,pool,专利池/专利组合,0,,0,,
    321200,泰州市,auction,拍卖路演交易,0,,0,,
    321200,泰州市,pilot,二次开发与中试熟化,0,,0,,
    321200,泰州市,general,一般推广,0,,0,,
    321300,宿迁市,open_licence,开放许可,0,,0,,
    321300,宿迁市,pool,专利池/专利组合,0,,0,,
    321300,宿迁市,auction,拍卖路演交易,0,,0,,
    321300,宿迁市,pilot,二次开发与中试熟化,0,,0,,
    321300,宿迁市,general,一般推广,0,,0,,
*/
{% import "metrics/_routes.sql" as routes with context %}
with

{{ routes.known() }}
final as (
    select
        plan_cities.position,
        known_routes.route_position,
        plan_cities.city_code,
        plan_cities.city_name,
        known_routes.route,
        known_routes.label,
{{ routes.figures("partition by plan_cities.city_code") }}
    from plan_cities
    cross join known_routes
    cross join presence
    left join route_sets
        on route_sets.level = 'city'
        and route_sets.key = plan_cities.city_code
        and route_sets.route = known_routes.route
)

select * exclude (position, route_position) from final order by position, route_position
