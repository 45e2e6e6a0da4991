{# Macros that turn one text cell into a value (exports.md, "Values"). Each gives an SQL expression; null where the
   cell is empty or unreadable. They expand before the engine, or sqlglot, sees the statement; `group_mark` is the
   engine's sign for a captured group (\ in DuckDB, $ in Spark). No backslash class but \d: the rest differs by engine. #}

{% set space = '[\\x{0009}-\\x{000D}\\x{0020}\\x{0085}\\x{00A0}\\x{1680}\\x{2000}-\\x{200F}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{2060}\\x{3000}\\x{FEFF}]' %}
{% set han = '[\\x{3007}\\x{3400}-\\x{4DBF}\\x{4E00}-\\x{9FFF}\\x{F900}-\\x{FAFF}\\x{20000}-\\x{3FFFF}]' %}
{% set full_width = '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ' %}
{% set half_width = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' %}
{% set clock = '([01]?[0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?|时[0-5]?[0-9]分([0-5]?[0-9]秒)?)' %}

{% macro quoted(word) %}'{{ word | replace("'", "''") }}'{% endmacro %}

{% macro listed(words) %}{% for word in words %}{{ quoted(word) }}{{ ", " if not loop.last }}{% endfor %}{% endmacro %}

{# Text that needs no tidying, the usual case, is recognised by one look; a listed value or an ISO date by a cheaper one. #}
{% macro tidy(cell, column) %}
case
        when {{ cell }} is null or {{ cell }} = '' then null
{% if column.type == 'coded' %}
        when {{ cell }} in ({{ listed(column.values) }}) then {{ cell }}
{% elif column.type == 'yes_no' %}
        when {{ cell }} in ({{ listed([contract.yes_no.yes[0], contract.yes_no.no[0]]) }}) then {{ cell }}
{% elif column.type == 'date' %}
        when {{ is_iso(cell) }} then {{ cell }}
{% elif column.type == 'patent_no' %}
        when {{ is_canonical(cell) }} then {{ cell }}
{% endif %}
        when not regexp_matches({{ cell }}, '{{ space }}|&nbsp;|^[=\x{0027}]|[０-９Ａ-Ｚａ-ｚ]') then {{ cell }}
        else nullif({{ narrowed(joined(unwrapped(trimmed("replace(" ~ cell ~ ", '&nbsp;', '')")))) }}, '')
    end
{%- endmacro %}

{% macro trimmed(text) %}regexp_replace({{ text }}, '^{{ space }}+|{{ space }}+$', '', 'g'){% endmacro %}

{% macro unwrapped(text) %}{{ trimmed("regexp_replace(" ~ text ~ ", '^=\"((?s).*)\"$|^\\x{0027}((?s).*)$', '" ~ group_mark ~ "1" ~ group_mark ~ "2', 'g')") }}{% endmacro %}

{# White space between two Chinese characters goes (twice: matches do not overlap), other runs become one space. #}
{% macro joined(text) -%}
regexp_replace(
            regexp_replace(
                regexp_replace({{ text }}, '({{ han }}){{ space }}+({{ han }})', '{{ group_mark }}1{{ group_mark }}2', 'g'),
                '({{ han }}){{ space }}+({{ han }})', '{{ group_mark }}1{{ group_mark }}2', 'g'
            ),
            '{{ space }}+', ' ', 'g'
        )
{%- endmacro %}

{% macro narrowed(text) %}translate({{ text }}, '{{ full_width }}', '{{ half_width }}'){% endmacro %}

{# Null words are null unless the column lists them as a value; in free text they are words. #}
{% macro meant(text, column) %}
{%- if column.type == 'free_text' -%}
{{ text }}
{%- else -%}
case when {{ text }} in ({{ listed(contract.null_spellings(column)) }}) then null
{%- if column.type == 'several' %} when regexp_matches({{ text }}, '^[{{ contract.separators }} ]*$') then null{% endif %} else {{ text }} end
{%- endif -%}
{% endmacro %}

{# A cell that held an error value of the workbook arrives behind U+FFFF: no text. #}
{% macro text(word) %}case when {{ word }} like '{{ unreadable }}%' then null else {{ word }} end{% endmacro %}

{% macro is_iso(word) %}({{ word }} like '____-__-__' and try_cast({{ word }} as date) is not null){% endmacro %}

{% macro is_canonical(word) %}regexp_matches({{ word }}, '^ZL[0-9]{12}[.][0-9X]$'){% endmacro %}

{% macro date(word) -%}
case
            when {{ word }} like '____-__-__' then {{ since("try_cast(" ~ word ~ " as date)") }}
            when regexp_matches({{ word }}, '^[0-9]{5}([.][0-9]+)?$') then
                case
                    when try_cast({{ word }} as double) between {{ contract.serial_dates.first }} and {{ contract.serial_dates.last }}
                    then cast(date '1899-12-30' + cast(floor(try_cast({{ word }} as double)) as integer) * interval 1 day as date)
                end
            when regexp_matches({{ word }}, '^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[0-9]{4}[.][0-9]{1,2}[.][0-9]{1,2}|[0-9]{8})([T ]{{ clock }})?$|^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日([T ]?{{ clock }})?$')
            then {{ since("try_cast(concat(" ~ part(word, 1) ~ ", '-', " ~ part(word, 2) ~ ", '-', " ~ part(word, 3) ~ ") as date)") }}
        end
{%- endmacro %}

{% macro part(word, number) %}regexp_extract({{ word }}, '^([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})', {{ number }}){% endmacro %}

{% macro since(day) %}case when {{ day }} >= date '{{ contract.first_date }}' then {{ day }} end{% endmacro %}

{% macro month(word) -%}
case
            when regexp_matches({{ word }}, '^([0-9]{4}[-/][0-9]{1,2}|[0-9]{6}|[0-9]{4}年[0-9]{1,2}月)$')
            then {{ since("try_cast(concat(regexp_extract(" ~ word ~ ", '^([0-9]{4})[-/年]?([0-9]{1,2})', 1), '-', regexp_extract(" ~ word ~ ", '^([0-9]{4})[-/年]?([0-9]{1,2})', 2), '-01') as date)") }}
            else cast(date_trunc('month', {{ date(word) }}) as date)
        end
{%- endmacro %}

{% macro yes_no(word) -%}
case
            when lower({{ word }}) in ({{ listed(contract.yes_no.yes | map('lower') | list) }}) then true
            when lower({{ word }}) in ({{ listed(contract.yes_no.no | map('lower') | list) }}) then false
        end
{%- endmacro %}

{# A number without thousands separators and unit: null where it is not written like a number. #}
{% macro figure(word) -%}
case
            when regexp_matches({{ word }}, '^[0-9]{1,9}$') then try_cast({{ word }} as double)
            when regexp_matches({{ word }}, '^[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?([.][0-9]*)?([eE][+-]?[0-9]+)? ?({{ contract.number_units | join("|") }})?$')
            then try_cast(replace(regexp_replace({{ word }}, ' ?({{ contract.number_units | join("|") }})$', '', 'g'), ',', '') as double)
        end
{%- endmacro %}

{% macro within(figure, column) %}{{ figure }} between {{ column.at_least if column.at_least is not none else -contract.number_limit }} and {{ column.at_most if column.at_most is not none else contract.number_limit }}{% endmacro %}

{% macro number(figure, column) %}case when {{ within(figure, column) }} then {{ figure }} end{% endmacro %}

{% macro integer(figure, column) %}case when {{ within(figure, column) }} and {{ figure }} = floor({{ figure }}) then cast({{ figure }} as bigint) end{% endmacro %}

{# The listed value itself, or the one that an alias stands for. #}
{% macro coded(word, column) -%}
case
            when {{ word }} in ({{ listed(column.values) }}) then {{ word }}
{% for alias, value in contract.aliases.items() if value in column.values and alias not in column.values %}
            when {{ word }} = {{ quoted(alias) }} then {{ quoted(value) }}
{% endfor %}
        end
{%- endmacro %}

{% macro items(word) -%}
list_filter(
            list_transform(string_split_regex({{ word }}, '[{{ contract.separators }}]'), lambda item: {{ trimmed("item") }}),
            lambda item: item <> ''
        )
{%- endmacro %}

{# One unknown item makes the cell unknown; a cell of separators alone has no items and is empty (see meant). #}
{% macro several(word, items, column) -%}
{% if column.values %}
case
            when {{ word }} in ({{ listed(column.values) }}) then [{{ word }}]
            when array_length(list_filter({{ items }}, lambda item: {{ coded("item", column) }} is null)) = 0
            then list_transform({{ items }}, lambda item: {{ coded("item", column) }})
        end
{%- else -%}
case when {{ word }} not like '{{ unreadable }}%' then {{ items }} end
{%- endif -%}
{% endmacro %}

{# What a value takes two steps to read: the figure of a number, the items of several values. #}
{% macro step(word, column) -%}
{%- if column.type in ('integer', 'number') -%}{{ figure(word) }}
{%- elif column.type == 'several' -%}{{ items(word) }}
{%- endif -%}
{% endmacro %}

{# The value of a column from its meant word (and its step). Patent numbers, cities and codes of other tables are
   joined, not spelled. #}
{% macro value(word, step, column) -%}
{%- if column.type in ('text', 'free_text', 'institution', 'enterprise') -%}{{ text(word) }}
{%- elif column.type == 'date' -%}{{ date(word) }}
{%- elif column.type == 'month' -%}{{ month(word) }}
{%- elif column.type == 'yes_no' -%}{{ yes_no(word) }}
{%- elif column.type == 'integer' -%}{{ integer(step, column) }}
{%- elif column.type == 'number' -%}{{ number(step, column) }}
{%- elif column.type == 'coded' -%}{{ coded(word, column) }}
{%- elif column.type == 'several' -%}{{ several(word, step, column) }}
{%- endif -%}
{% endmacro %}
