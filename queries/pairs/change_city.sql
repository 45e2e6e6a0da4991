/*
title: 各市存量与入库变动
clause: 五（四）
definition: >
    Parts of the change of each city's stock and approved stock since the snapshot before; they sum exactly to the
    differences of inventory_city. All null without a snapshot before.
grain: one row per city of the plan
*/
with

parts as (
    select
        city_code,
        count(*) filter (where part = 'entered') as stock_entered,
        count(*) filter (where part = 'left') as stock_left,
        count(*) filter (where part = 'moved_in') as stock_moved_in,
        count(*) filter (where part = 'moved_out') as stock_moved_out,
        count(*) filter (where part = 'newly_approved') as newly_approved,
        count(*) filter (where part = 'withdrawn') as withdrawn,
        count(*) filter (where part = 'entered' and is_approved) as approved_entered,
        count(*) filter (where part = 'left' and is_approved) as approved_left,
        count(*) filter (where part = 'moved_in' and is_approved) as approved_moved_in,
        count(*) filter (where part = 'moved_out' and is_approved) as approved_moved_out
    from change_patents
    where is_named
    group by city_code
),

filled as (
    select
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
{% for part in ["stock_entered", "stock_left", "stock_moved_in", "stock_moved_out", "newly_approved", "withdrawn",
                "approved_entered", "approved_left", "approved_moved_in", "approved_moved_out"] %}
        case when previous_plan.as_of is not null then coalesce(parts.{{ part }}, 0) end as {{ part }}
        {{- "," if not loop.last }}
{% endfor %}
    from plan_cities
    left join previous_plan on true
    left join parts on parts.city_code = plan_cities.city_code
),

final as (
    select
        position,
        city_code,
        city_name,
        stock_entered,
        stock_left,
        stock_moved_in,
        stock_moved_out,
        stock_entered - stock_left + stock_moved_in - stock_moved_out as net_stock,
        newly_approved,
        withdrawn,
        approved_entered,
        approved_left,
        approved_moved_in,
        approved_moved_out,
        newly_approved - withdrawn + approved_entered - approved_left + approved_moved_in - approved_moved_out
            as net_approved
    from filled
)

select * from final
