{# The five routes of the plan in its order, for routes and routes_city. #}
{% macro known() %}
known_routes as (
    select *
    from (
        values
            (1, 'open_licence', '开放许可'),
            (2, 'pool', '专利池/专利组合'),
            (3, 'auction', '拍卖路演交易'),
            (4, 'pilot', '二次开发与中试熟化'),
            (5, 'general', '一般推广')
    ) as known (route_position, route, label)
),
{% endmacro %}

{% macro figures(over) %}
        coalesce(route_sets.patents, 0) as patents,
        coalesce(route_sets.patents, 0)
            / nullif(sum(route_sets.patents) over ({{ over }}), 0) as share,
        coalesce(route_sets.stars_4_up, 0) as stars_4_up,
        case when presence.has_evaluations then coalesce(route_sets.matched_patents, 0) end as matched_patents,
        case when presence.has_filings then coalesce(route_sets.filed_patents, 0) end as filed_patents
{%- endmacro %}
