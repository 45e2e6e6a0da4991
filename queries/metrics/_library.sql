{#
What the metrics of the library share. All of it is of bound parameters alone, so the engine folds what was not asked for
before it scans. Words are plain text: `contains` knows no pattern.
#}

{# Text as imports write it: half-width letters and digits. #}
{% macro narrowed(text) -%}
translate(cast({{ text }} as varchar),
    '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
{%- endmacro %}

{# The words of the search box, at white space of any kind. #}
{% macro words() -%}
list_filter(regexp_split_to_array(lower({{ narrowed('$words') }}), '[\s\x{00A0}\x{3000}]+'), lambda word: word <> '')
{%- endmacro %}

{# Any written form of a patent number, or four digits of it and more, as digits with the check character; else null. #}
{% macro number(text) -%}
nullif(regexp_extract(
    regexp_replace(upper({{ narrowed(text) }}), '[\s\x{00A0}\x{3000}.．。·-]', '', 'g'), '^(?:ZL|CN)?([0-9]{4,13}X?)$', 1
), '')
{%- endmacro %}

{# The same digits if the last of them is the check character: that stands behind a dot. #}
{% macro pointed(number) -%}
left({{ number }}, -1) || '.' || right({{ number }}, 1)
{%- endmacro %}

{# Whether a patent number is the one asked for, in any written form, with its check character or without. #}
{% macro is_number(text) -%}
(
            patent_no = cast({{ text }} as varchar)
            or patent_no = 'ZL' || {{ pointed(number(text)) }}
            or starts_with(patent_no, 'ZL' || {{ number(text) }} || '.')
        )
{%- endmacro %}

{# Rows that the account may see. #}
{% macro seen() -%}
($account_city is null or city_code = cast($account_city as varchar))
        and ($account_institution is null or institution_id = cast($account_institution as varchar))
{%- endmacro %}

{# The rows of the patent asked for that the account may see. #}
{% macro patent() %}
patent as (
    select
        patent_no,
        institution_id
    from library_rows
    where {{ seen() }}
        and {{ is_number('$patent') }}
),
{% endmacro %}

{# Those rows, but a number that stands in several of them once, by the row that stands for it there. #}
{% macro within_account(city, institution) -%}
{{ seen() }}
        and ({{ city }} is null or city_code = cast({{ city }} as varchar))
        and ({{ institution }} is null or institution_id = cast({{ institution }} as varchar))
        and (
            is_province_row
            or coalesce($account_city, $account_institution, {{ city }}, {{ institution }}) is not null
        )
        and (is_city_row or coalesce($account_institution, {{ institution }}) is not null)
{%- endmacro %}

{% set slots = 5 %}
{% macro worded() -%}
(
            coalesce(contains(patent_no, {{ number('$words') }}), false)
            or coalesce(contains(patent_no, {{ pointed(number('$words')) }}), false)
            or (
{% for slot in range(1, slots + 1) %}
                contains(title_key, coalesce(list_extract({{ words() }}, {{ slot }}), '')) and
{% endfor %}
                (
                    len({{ words() }}) <= {{ slots }}
                    or list_bool_and(list_transform({{ words() }}, lambda word: contains(title_key, word)))
                )
            )
        )
{%- endmacro %}

{# Every filter of the library. #}
{% macro asked() -%}
{{ within_account('$city', '$institution') }}
        and (coalesce(len({{ words() }}), 0) = 0 or {{ worded() }})
        and ($field is null or coalesce(field, '未填') = cast($field as varchar))
        and ($type is null or patent_type = cast($type as varchar))
        and ($class is null or class = cast($class as varchar))
        and ($route is null or route = cast($route as varchar))
        and ($portfolio is null or portfolio_id = cast($portfolio as varchar))
        and case $stage
            when 'all' then true
            when 'approved' then stage in ('approved', 'listed')
            when 'unlisted' then stage = 'approved'
            else stage = $stage
        end
        and (
            $stars is null
            or coalesce(stars, 0) between cast(left($stars, 1) as bigint) and cast(right($stars, 1) as bigint)
        )
        and case $maturity
            when 'high' then has_high_maturity
            when '未填' then maturity is null
            else $maturity is null or maturity = cast($maturity as varchar)
        end
{%- endmacro %}
