/*
title: 活动进度
clause: 二（三）
definition: >
    Counted events of each city in the calendar year up to the as-of date, beside what an even pace asks by now:
    floor(target × day of year ÷ days in the year).
grain: one row per city of the plan; none when 对接活动 is absent
*/
with

counted_events as (
    select events.city_code, count(*) as counted
    from events
    inner join plan_terms as levels on levels.list_name = 'counted_levels' and levels.term = events.level
    inner join plan_terms as kinds on kinds.list_name = 'counted_kinds' and kinds.term = events.kind
    cross join plan
    where year(events.held_on) = year(plan.as_of) and events.held_on <= plan.as_of
    group by events.city_code
),

year_days as (
    select
        dayofyear(as_of) as days_gone,
        dayofyear(cast(concat(cast(year(as_of) as varchar), '-12-31') as date)) as days_in_year,
        event_target
    from plan
),

final as (
    select
        plan_cities.city_code,
        plan_cities.city_name,
        coalesce(counted_events.counted, 0) as counted,
        cast(floor(year_days.event_target * year_days.days_gone / year_days.days_in_year) as bigint) as expected
    from plan_cities
    cross join year_days
    inner join presence on presence.has_events
    left join counted_events on counted_events.city_code = plan_cities.city_code
)

select * from final
