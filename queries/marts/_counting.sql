{# What a row of 专利盘点 counts as; asks for `plan`. #}
{% macro is_stock() -%}
patents.granted_on <= plan.baseline_on
            and not patents.converted_before
            and (patents.legal_status = '有效' or coalesce(patents.lapsed_on > plan.baseline_on, false))
{%- endmacro %}

{% macro is_increment() -%}
patents.granted_on > plan.baseline_on
{%- endmacro %}

{% macro is_approved() -%}
patents.review_status = '已通过'
{%- endmacro %}
