/*
title: 对接活动年度汇总
clause: 二（三）
definition: >
    The events of each city and calendar year up to the as-of date, by kind and by level; counted are those of the
    plan's levels and kinds. What an event leaves empty adds nothing.
grain: one row per city and year with an event
*/
with

held as (
    select
        events.city_code,
        year(events.held_on) as year,
        events.level,
        events.kind,
        events.patents,
        events.intents,
        events.deals,
        events.amount,
        levels.term is not null and kinds.term is not null as is_counted
    from events
    inner join plan on events.held_on <= plan.as_of
    left join plan_terms as levels on levels.list_name = 'counted_levels' and levels.term = events.level
    left join plan_terms as kinds on kinds.list_name = 'counted_kinds' and kinds.term = events.kind
),

final as (
    select
        city_code,
        year,
        count(case when is_counted then 1 end) as counted,
        count(*) as all_events,
        count(case when kind = '对接' then 1 end) as dock,
        count(case when kind = '路演' then 1 end) as roadshow,
        count(case when kind = '拍卖' then 1 end) as auction,
        count(case when kind = '交易' then 1 end) as trade,
        count(case when kind = '展示' then 1 end) as exhibition,
        count(case when kind = '推广' then 1 end) as promotion,
        count(case when kind = '培训' then 1 end) as training,
        count(case when kind = '宣传' then 1 end) as publicity,
        count(case when level = '市级' then 1 end) as city_level,
        count(case when level = '县级' then 1 end) as county_level,
        count(case when level = '园区' then 1 end) as park_level,
        count(case when level = '省级' then 1 end) as province_level,
        cast(coalesce(sum(patents), 0) as bigint) as patents,
        cast(coalesce(sum(intents), 0) as bigint) as intents,
        cast(coalesce(sum(deals), 0) as bigint) as deals,
        coalesce(sum(amount), 0) as amount
    from held
    group by city_code, year
)

select * from final
