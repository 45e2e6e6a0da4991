/*
title: 分层推广路径
clause: 二（三）
definition: >
    已入转化资源库的存量专利，每件取第一个符合的路径：多主体适用的开放许可；四星及以上并已编组的专利池/组合；
    产业化前景好或较好且技术成熟度高的拍卖路演交易；前景好或较好而成熟度不高的二次开发与中试熟化；其余一般推广（成熟度未填的也在此）。
grain: 每条路径一行，总是五行
columns:
  - {name: route, label: 路径代码, unit: text}
  - {name: label, label: 推广路径, unit: text}
  - {name: patents, label: 专利, unit: patents}
  - {name: share, label: 占比, unit: rate, note: 占已入转化资源库的存量专利}
  - {name: stars_4_up, label: 四星及以上, unit: patents}
  - {name: matched_patents, label: 已匹配, unit: patents, note: 推送过企业}
  - {name: filed_patents, label: 已转让许可, unit: patents, note: 有已登记备案的转让许可，不分年份}
example:
  # Patent 5 has a good prospect but no maturity: general. Patent 1 fits every route and takes the first.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    patents: |
      patent_no,institution_id,review_status,approved_on,listed_on,breadth,stars,portfolio_id,prospect,maturity
      1,a,已通过,2024-03-01,2024-03-02,多主体,5,Z,好,产品
      2,a,已通过,2024-03-01,2024-03-02,,4,Z,好,产品
      3,a,已通过,2024-03-01,2024-03-02,单一主体,5,,较好,初样
      4,a,已通过,2024-03-01,2024-03-02,,3,Z,好,仿真
      5,a,已通过,2024-03-01,2024-03-02,,,,好,
      6,a,已通过,2024-03-01,,多主体,5,,好,产品
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on
      K,1,转让,a,2019-03-01
      L,2,转让,a,
  expect: |
    route,label,patents,share,stars_4_up,matched_patents,filed_patents
    open_licence,开放许可,1,0.2,1,,1
    pool,专利池/专利组合,1,0.2,1,,0
    auction,拍卖路演交易,1,0.2,1,,0
    pilot,二次开发与中试熟化,1,0.2,0,,0
    general,一般推广,1,0.2,0,,0
*/
{% import "metrics/_routes.sql" as routes with context %}
with

{{ routes.known() }}
final as (
    select
        known_routes.route_position,
        known_routes.route,
        known_routes.label,
{{ routes.figures("") }}
    from known_routes
    cross join presence
    left join route_sets on route_sets.level = 'province' and route_sets.route = known_routes.route
)

select * exclude (route_position) from final order by route_position
