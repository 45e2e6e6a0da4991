{# The route of a row, the first of the plan that holds; asks for `plan`, and for `good_prospects` and `high_maturity`
   joined by `joined`. #}
{% macro route(row) -%}
case
            when {{ row }}.breadth = '多主体' then 'open_licence'
            when {{ row }}.stars >= plan.pool_stars and {{ row }}.portfolio_id is not null then 'pool'
            when good_prospects.term is not null and high_maturity.term is not null then 'auction'
            when good_prospects.term is not null and {{ row }}.maturity is not null then 'pilot'
            else 'general'
        end
{%- endmacro %}

{% macro joined(row) -%}
left join plan_terms as good_prospects
        on good_prospects.list_name = 'good_prospects' and good_prospects.term = {{ row }}.prospect
    left join plan_terms as high_maturity
        on high_maturity.list_name = 'maturity_high' and high_maturity.term = {{ row }}.maturity
{%- endmacro %}
