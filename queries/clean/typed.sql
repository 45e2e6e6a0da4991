{% import "clean/_values.sql" as values with context %}
/*
title: 逐行清洗与判定
definition: >
    The raw cells of one table of the contract as typed values, with the first fault of each row in the order of the
    contract (`fault`, and every column that has it in `fault_columns`) and, for rows without one, what was cleared or
    noted (`remarks`, each "code|column"). exports.md, "Values" and "What happens to a bad row, cell or file".
grain: one row per raw row
*/
{% set columns = table.columns %}
{% set numbered = columns | selectattr('type', 'equalto', 'patent_no') | list %}
{% set ticked = columns | selectattr('type', 'equalto', 'yes_no') | list %}
{% set stepped = ['integer', 'number', 'several'] %}
{% set placed = columns | selectattr('type', 'equalto', 'city') | list %}
{% set coded_by_table = [('institution', 'institutions'), ('enterprise', 'enterprises')] %}
{% set written_out = ['text', 'free_text', 'patent_no', 'enterprise'] %}
{% set known_here = columns | selectattr('type', 'equalto', 'enterprise') | list if table.name != 'enterprises' else [] %}
{# Columns whose cells repeat: each different cell is read once, those of columns of one kind together. #}
{% set repeating = columns | rejectattr('type', 'in', written_out) | list %}
{% set kinds = {} %}
{% for c in repeating %}
{% set _ = kinds.setdefault([c.type, c.values, c.at_least, c.at_most] | string, []).append(c) %}
{% endfor %}
{% set kind_of = {} %}
{% for of_kind in kinds.values() %}{% for c in of_kind %}{% set _ = kind_of.update({c.name: of_kind[0].name}) %}{% endfor %}{% endfor %}
with

{% for of_kind in kinds.values() %}
{% set column = of_kind[0] %}
{% set kind = column.name %}
{{ kind }}_cells as (
{% for c in of_kind %}
    select {{ c.name }} as cell from raw_{{ table.name }}
    {{ "union" if not loop.last else ("group by " ~ c.name if loop.length == 1) }}
{% endfor %}
),

{{ kind }}_tidied as (
    select
        cell,
        {{ values.tidy("cell", column) }} as tidied
    from {{ kind }}_cells
),

{{ kind }}_words as (
    select
        cell,
        tidied,
        {{ values.meant("tidied", column) }} as word
    from {{ kind }}_tidied
),

{% if column.type in stepped %}
{{ kind }}_steps as (
    select
        cell,
        word,
        {{ values.step("word", column) }} as step
    from {{ kind }}_words
),

{% endif %}
{{ kind }}_read as (
    select
        words.cell,
{% if column.type == 'yes_no' %}
        words.tidied,
{% endif %}
        words.word is not null as is_filled,
{% if column.type == 'city' %}
        city_names.city_code as value
    from {{ kind }}_words as words
    left join city_names on city_names.written = regexp_replace(words.word, '{{ values.space }}', '', 'g')
{% elif column.type == 'institution' %}
        {{ values.value("words.word", "", column) }} as value,
        institutions.institution_id is not null as is_known
    from {{ kind }}_words as words
    left join institutions on institutions.institution_id = words.word
{% else %}
        {{ values.value("words.word", "words.step", column) }} as value
    from {{ kind }}_{{ "steps" if column.type in stepped else "words" }} as words
{% endif %}
),

{% endfor %}
{% if ticked %}
-- A column of a sheet that holds ticks and nothing else: there an empty cell says no.
tick_columns as (
    select
        raw.sheet_id,
{% for column in ticked %}
        coalesce(min(case when {{ column.name }}_read.tidied = '{{ contract.yes_no.tick }}' then 1 when {{ column.name }}_read.tidied is not null then 0 end) = 1, false) as {{ column.name }}_by_tick{{ "," if not loop.last }}
{% endfor %}
    from raw_{{ table.name }} as raw
{% for column in ticked %}
    left join {{ kind_of[column.name] }}_read as {{ column.name }}_read on {{ column.name }}_read.cell = raw.{{ column.name }}
{% endfor %}
    group by raw.sheet_id
),

{% endif %}
tidied as (
    select
        row_id,
        sheet_id,
        row_no,
        is_overflow,
{% for column in columns %}
{% if column.type in written_out %}
        {{ values.tidy(column.name, column) }} as {{ column.name }}{{ "," if not loop.last }}
{% else %}
        {{ column.name }}{{ "," if not loop.last }}
{% endif %}
{% endfor %}
    from raw_{{ table.name }}
),

words as (
    select
        row_id,
        sheet_id,
        row_no,
        is_overflow,
{% for column in columns %}
{% if column.type in written_out %}
        {{ values.meant(column.name, column) }} as {{ column.name }}_word{{ "," if not loop.last }}
{% else %}
        {{ column.name }}{{ "," if not loop.last }}
{% endif %}
{% endfor %}
    from tidied
),

{% if numbered %}
-- ZC 0006-2003: without prefix, spaces and case; at most one dot, wherever it stands.
marked as (
    select
        *,
        {{ values.is_canonical("patent_no_word") }} as is_canonical
    from words
),

written as (
    select
        *,
        case
            when is_canonical then substr(patent_no_word, 3)
            else regexp_replace(
                regexp_replace(replace(upper(patent_no_word), '．', '.'), '{{ values.space }}', '', 'g'), '^(ZL|CN)', '', 'g'
            )
        end as written
    from marked
),

-- One character after a dot is the check character, so what is before it must be whole; thirteen digits and ".0"
-- are a number that a spreadsheet turned into a float.
shaped as (
    select
        *,
        replace(written, '.', '') as compact,
        case
            when is_canonical or regexp_matches(written, '^([0-9]{12}|[0-9]{8})[.][0-9X]$') then 'dotted'
            when regexp_matches(written, '^[0-9]{13}[.]0$') then 'float'
            when regexp_matches(written, '[.].$|[.].*[.]') then 'broken'
            when regexp_matches(replace(written, '.', ''), '^([0-9]{12}|[0-9]{8})[0-9X]?$') then 'compact'
        end as form
    from written
),

split_numbers as (
    select
        *,
        case
            when form in ('dotted', 'compact') then length(compact) - case when length(compact) in (13, 9) then 1 else 0 end
            when form = 'float' then 12
        end as digits,
        case when length(compact) in (13, 9) or form = 'float' then substr(compact, case when length(compact) = 9 then 9 else 13 end, 1) else '' end as check_given
    from shaped
),

bodies as (
    select
        *,
        substr(compact, 1, digits) as body,
        try_cast(substr(compact, 1, digits) as bigint) as body_number
    from split_numbers
),

checked_numbers as (
    select
        *,
        case digits
            when 12 then (
{% for weight in contract.patent_number.weights %}
                body_number // {{ 10 ** (12 - loop.index) }} % 10 * {{ weight }}{{ " +" if not loop.last }}
{% endfor %}
            ) % 11
            when 8 then (
{% for weight in contract.patent_number.weights[:8] %}
                body_number // {{ 10 ** (8 - loop.index) }} % 10 * {{ weight }}{{ " +" if not loop.last }}
{% endfor %}
            ) % 11
        end as check_due,
        case digits when 12 then body_number // 10000000 % 10 when 8 then body_number // 100000 % 10 end as type_digit,
        case digits
            when 12 then body_number // 100000000 between {{ contract.patent_number.first_year }} and year(plan.as_of)
            when 8 then body_number // 1000000 >= {{ contract.patent_number.old_years.first }} or body_number // 1000000 <= {{ contract.patent_number.old_years.last }}
        end as is_year_known
    from bodies
    cross join plan
),

numbers as (
    select
        *,
        case
            when is_year_known
                and type_digit in ({{ contract.patent_number.types | join(", ") }})
                and (check_given = '' or check_given = case check_due when 10 then 'X' else cast(check_due as varchar) end)
            then concat('ZL', body, '.', case check_due when 10 then 'X' else cast(check_due as varchar) end)
        end as patent_no
    from checked_numbers
),
{% endif %}

typed as (
    select
        words.row_id,
        words.sheet_id,
        words.row_no,
        words.is_overflow,
        plan.as_of,
{% if numbered %}
        words.patent_no,
        words.check_given = '' as is_check_added,
        case words.type_digit {% for digit, type in contract.patent_number.types.items() %}when {{ digit }} then '{{ type }}' {% endfor %}end as numbered_type,
{% endif %}
{% for column in known_here %}
        known_enterprises.enterprise_id is not null as is_enterprise_known,
{% endfor %}
{% if table.columns | selectattr('expected_in') | list %}
        known_patents.patent_no is not null as is_patent_known,
{% endif %}
{% for column in columns %}
{% if column.type in written_out %}
{% if column.type != 'patent_no' %}
        {{ values.text("words." ~ column.name ~ "_word") }} as {{ column.name }},
{% endif %}
        words.{{ column.name }}_word is not null as is_{{ column.name }}_filled{{ "," if not loop.last }}
{% elif column.type == 'yes_no' %}
        coalesce({{ column.name }}_read.value, case when tick_columns.{{ column.name }}_by_tick then false end) as {{ column.name }},
        coalesce({{ column.name }}_read.is_filled, false) or tick_columns.{{ column.name }}_by_tick as is_{{ column.name }}_filled{{ "," if not loop.last }}
{% else %}
        {{ column.name }}_read.value as {{ column.name }},
{% if column.type == 'institution' %}
        {{ column.name }}_read.is_known as is_institution_known,
{% endif %}
        coalesce({{ column.name }}_read.is_filled, false) as is_{{ column.name }}_filled{{ "," if not loop.last }}
{% endif %}
{% endfor %}
    from {{ "numbers" if numbered else "words" }} as words
    cross join plan
{% for column in repeating %}
    left join {{ kind_of[column.name] }}_read as {{ column.name }}_read on {{ column.name }}_read.cell = words.{{ column.name }}
{% endfor %}
{% if ticked %}
    left join tick_columns on tick_columns.sheet_id = words.sheet_id
{% endif %}
{% for column in known_here %}
    left join enterprises as known_enterprises on known_enterprises.enterprise_id = words.{{ column.name }}_word
{% endfor %}
{% if table.columns | selectattr('expected_in') | list %}
    left join known_patents on known_patents.patent_no = words.patent_no
{% endif %}
),

{# Every fault as (code, column, condition), in the contract's order of codes. #}
{% set faults = [] %}
{% for c in columns %}
{% if c.required %}{% set _ = faults.append(('E-MISSING', c.name, "not is_" ~ c.name ~ "_filled")) %}{% endif %}
{% if c.required_when %}{% for other, word in c.required_when.items() %}{% set _ = faults.append(('E-MISSING', c.name, "not is_" ~ c.name ~ "_filled and " ~ other ~ " = '" ~ word ~ "'")) %}{% endfor %}{% endif %}
{% endfor %}
{% for c in numbered %}{% set _ = faults.append(('E-PATENT-NO', c.name, c.name ~ " is null")) %}{% endfor %}
{% for c in columns if c.type in ('date', 'month') %}
{% if c.required %}{% set _ = faults.append(('E-DATE', c.name, c.name ~ " is null")) %}{% endif %}
{% if c.required_when %}{% for other, word in c.required_when.items() %}{% set _ = faults.append(('E-DATE', c.name, c.name ~ " is null and " ~ other ~ " = '" ~ word ~ "'")) %}{% endfor %}{% endif %}
{% endfor %}
{% for c in columns if c.required and c.type not in ('date', 'month', 'patent_no', 'city', 'institution', 'enterprise') %}{% set _ = faults.append(('E-VALUE', c.name, c.name ~ " is null")) %}{% endfor %}
{% for c in placed %}{% set _ = faults.append(('E-UNKNOWN-CITY', c.name, c.name ~ " is null")) %}{% endfor %}
{% if table.type_of_number %}{% set _ = faults.append(('E-TYPE-MISMATCH', table.type_of_number, table.type_of_number ~ " <> numbered_type")) %}{% endif %}
{% if table.date_order %}{% set _ = faults.append(('E-DATE-ORDER', table.date_order[1], table.date_order[1] ~ " < " ~ table.date_order[0])) %}{% endif %}
{% for c in columns if c.type in ('date', 'month') and c.future == 'rejected' %}{% set _ = faults.append(('E-FUTURE', c.name, c.name ~ " > as_of")) %}{% endfor %}
{% for type, home in coded_by_table if table.name != home %}
{% for c in columns if c.required and c.type == type %}{% set _ = faults.append(('E-UNKNOWN-' ~ type | upper, c.name, "not is_" ~ type ~ "_known")) %}{% endfor %}
{% endfor %}

faulty as (
    select
        *,
        case
            when is_overflow then 'E-SHAPE'
{% for code, column, condition in faults %}
            when {{ condition }} then '{{ code }}'
{% endfor %}
        end as fault
    from typed
),

{# What was cleared or noted in a row that stays, as (code, column, condition). #}
{% set remarks = [] %}
{% if numbered %}{% set _ = remarks.append(('W-CHECK-ADDED', 'patent_no', 'is_check_added')) %}{% endif %}
{% for c in columns if not c.required and c.type not in ('date', 'month') %}
{% if c.type in ('institution', 'enterprise') %}
{% set home = 'institutions' if c.type == 'institution' else 'enterprises' %}
{% set _ = remarks.append(('W-VALUE', c.name, "is_" ~ c.name ~ "_filled and (" ~ c.name ~ " is null" ~ (" or not is_" ~ c.type ~ "_known" if home in present else "") ~ ")")) %}
{% else %}
{% set _ = remarks.append(('W-VALUE', c.name, "is_" ~ c.name ~ "_filled and " ~ c.name ~ " is null")) %}
{% endif %}
{% endfor %}
{% for c in columns if not c.required and c.type == 'date' %}
{% set _ = remarks.append(('W-DATE', c.name, "is_" ~ c.name ~ "_filled and " ~ (c.name ~ " is null" if c.future != 'cleared' else "(" ~ c.name ~ " is null or " ~ c.name ~ " > as_of)"))) %}
{% endfor %}
{% if table.stage_order %}
{% set early, middle, late = table.stage_order %}
{% set _ = remarks.append(('W-STAGE-ORDER', middle, early ~ " > " ~ middle ~ " or " ~ middle ~ " > " ~ late)) %}
{% endif %}
{% for c in columns if c.expected_in %}{% set _ = remarks.append(('W-UNKNOWN-PATENT', c.name, 'not is_patent_known')) %}{% endfor %}

final as (
    select
        row_id,
        sheet_id,
        row_no,
{% for c in columns %}
{% if c.type == 'date' and c.future == 'cleared' %}
        case when {{ c.name }} <= as_of then {{ c.name }} end as {{ c.name }},
{% elif c.type in ('institution', 'enterprise') and not c.required and (c.type ~ 's') in present %}
        case when is_{{ c.type }}_known then {{ c.name }} end as {{ c.name }},
{% else %}
        {{ c.name }},
{% endif %}
{% endfor %}
        fault,
        case
            when fault is not null and fault <> 'E-SHAPE' then list_filter([
{% for code, column, condition in faults %}
                case when fault = '{{ code }}' and ({{ condition }}) then '{{ column }}' end{{ "," if not loop.last }}
{% endfor %}
            ], lambda item: item is not null)
        end as fault_columns,
{% if remarks %}
        case
            when fault is null and (
{% for code, column, condition in remarks %}
                coalesce({{ condition }}, false){{ " or" if not loop.last }}
{% endfor %}
            ) then list_filter([
{% for code, column, condition in remarks %}
                case when {{ condition }} then '{{ code }}|{{ column }}' end{{ "," if not loop.last }}
{% endfor %}
            ], lambda item: item is not null)
        end as remarks
{% else %}
        cast(null as varchar[]) as remarks
{% endif %}
    from faulty
)

select * from final
