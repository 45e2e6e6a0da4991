/*
title: 资源库检索行
clause: 二（一）
definition: >
    Each accepted row of 专利盘点 as the library searches and shows it. A number that stands in several rows is found
    once: in the province and in a city by its representative row there (stock before increment before others; then
    listed before approved before recorded before none, the earlier date of that stage, the smaller institution_id), in
    an institution by its own row. A route of the plan is for listed stock alone.
grain: one row per accepted row of 专利盘点 (patent_no, institution_id)
columns: >
    title_key: the title in lower case, as words are looked for; title_shown: the title itself where it differs.
    is_province_row, is_city_row: the row that stands for its number there. class: stock, increment or other (converted
    before the baseline, or lapsed by then). stage: the furthest reached, listed, approved, recorded or none; stage_on: its
    date. maturity_level: the place of the maturity in the plan's order, from 1.
*/
{% import "marts/_counting.sql" as counting with context %}
{% import "marts/_routes.sql" as routes with context %}
with

joint_order as (
    select
        patent_no,
        institution_id,
        city_code,
        row_number() over (
            partition by patent_no
            order by
                case when is_stock then 1 when is_increment then 2 else 3 end,
                case when is_listed then 1 when is_approved then 2 when is_recorded then 3 else 4 end,
                case when is_listed then listed_on when is_approved then approved_on else recorded_on end,
                institution_id
        ) as place
    from patent_rows
    where is_joint
),

joint_places as (
    select
        patent_no,
        institution_id,
        place = 1 as is_province_row,
        place = min(place) over (partition by patent_no, city_code) as is_city_row
    from joint_order
),

described as (
    select
        patents.patent_no,
        lower(patents.title) as title_key,
        case when patents.title <> lower(patents.title) then patents.title end as title_shown,
        patents.patent_type,
        patents.institution_id,
        institutions.institution_name,
        institutions.city_code,
        plan_cities.city_name,
        case
            when {{ counting.is_stock() }} then 'stock'
            when {{ counting.is_increment() }} then 'increment'
            else 'other'
        end as class,
        case
            when {{ counting.is_approved() }} and patents.listed_on is not null then 'listed'
            when {{ counting.is_approved() }} then 'approved'
            when patents.recorded_on is not null then 'recorded'
            else 'none'
        end as stage,
        case
            when {{ counting.is_approved() }} then coalesce(patents.listed_on, patents.approved_on)
            else patents.recorded_on
        end as stage_on,
        patents.granted_on,
        patents.field,
        patents.stars,
        patents.maturity,
        levels.position as maturity_level,
        high_maturity.term is not null as has_high_maturity,
        patents.prospect,
        patents.implementation,
        patents.portfolio_id,
        {{ routes.route('patents') }} as route
    from patents
    inner join institutions on institutions.institution_id = patents.institution_id
    inner join plan_cities on plan_cities.city_code = institutions.city_code
    cross join plan
    left join plan_terms as levels on levels.list_name = 'maturity_levels' and levels.term = patents.maturity
    {{ routes.joined('patents') }}
),

final as (
    select
        described.patent_no,
        described.title_key,
        described.title_shown,
        described.patent_type,
        described.institution_id,
        described.institution_name,
        described.city_code,
        described.city_name,
        coalesce(joint_places.is_province_row, true) as is_province_row,
        coalesce(joint_places.is_city_row, true) as is_city_row,
        described.class,
        described.stage,
        described.stage_on,
        described.granted_on,
        described.field,
        described.stars,
        described.maturity,
        described.maturity_level,
        described.has_high_maturity,
        described.prospect,
        described.implementation,
        described.portfolio_id,
        case when described.class = 'stock' and described.stage = 'listed' then described.route end as route
    from described
    left join joint_places
        on joint_places.patent_no = described.patent_no and joint_places.institution_id = described.institution_id
)

select * from final
