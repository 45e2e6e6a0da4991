/*
title: 拒收与提示
definition: >
    What was found in the rows of one table: E- rejections, one a row with its leftmost faulty column as the sheet has
    it; W- remarks, one a cell. The value as read (cut) and the original cells of the contract's columns as JSON go
    with it, but nothing of a row whose cells do not stand where they belong (E-SHAPE).
grain: one row per rejected row, and one per remark on an accepted or skipped row
*/
with

faults as (
    select
        typed.row_id,
        typed.fault as code,
        fault_column as column_name
    from typed_{{ table.name }} as typed
    cross join unnest(typed.fault_columns) as faults(fault_column)
    where typed.fault is not null
    union all
    select row_id, fault as code, cast(null as varchar) as column_name
    from typed_{{ table.name }}
    where fault = 'E-SHAPE'
    union all
    select duplicates.row_id, duplicates.code, key_column as column_name
    from duplicates_{{ table.name }} as duplicates
    cross join unnest([{% for column in table.key %}'{{ column }}'{{ ", " if not loop.last }}{% endfor %}]) as keys(key_column)
    where duplicates.code = 'E-DUPLICATE'
),

leftmost as (
    select
        faults.row_id,
        faults.code,
        faults.column_name,
        row_number() over (
            partition by faults.row_id
            order by raw_columns.position nulls last, contract_columns.position nulls last
        ) as place
    from faults
    inner join typed_{{ table.name }} as typed on typed.row_id = faults.row_id
    left join raw_columns
        on raw_columns.sheet_id = typed.sheet_id and raw_columns.column_name = faults.column_name
    left join contract_columns
        on contract_columns.table_name = '{{ table.name }}' and contract_columns.column_name = faults.column_name
),

remarks as (
    select
        typed.row_id,
        regexp_extract(remark, '^([^|]+)', 1) as code,
        regexp_extract(remark, '([^|]+)$', 1) as column_name
    from typed_{{ table.name }} as typed
    cross join unnest(typed.remarks) as remarks(remark)
    left join duplicates_{{ table.name }} as duplicates on duplicates.row_id = typed.row_id
    where duplicates.row_id is null
    union all
    select row_id, code, '{{ table.key[0] }}' as column_name
    from duplicates_{{ table.name }}
    where code = 'W-DUPLICATE'
),

findings as (
    select row_id, code, column_name from leftmost where place = 1
    union all
    select row_id, code, column_name from remarks
),

final as (
    select
        '{{ table.name }}' as table_name,
        raw_sheets.file,
        raw_sheets.sheet,
        raw.row_no,
        findings.code,
        findings.column_name,
        left(
            replace(
                case findings.column_name
{% for column in table.columns %}
                    when '{{ column.name }}' then raw.{{ column.name }}
{% endfor %}
                end,
                '{{ unreadable }}', ''
            ), {{ contract.value_cut }}
        ) as value,
        case
            when findings.code <> 'E-SHAPE' then cast(to_json({
{% for column in table.columns %}
                '{{ column.name }}': replace(coalesce(raw.{{ column.name }}, ''), '{{ unreadable }}', ''){{ "," if not loop.last }}
{% endfor %}
            }) as varchar)
        end as cells,
{% set owners = table.columns | selectattr('type', 'equalto', 'institution') | list %}
{% if owners or table.name == 'institutions' %}
        known_institutions.institution_id
{% else %}
        cast(null as varchar) as institution_id
{% endif %}
    from findings
    inner join raw_{{ table.name }} as raw on raw.row_id = findings.row_id
    inner join raw_sheets on raw_sheets.sheet_id = raw.sheet_id
{% if owners or table.name == 'institutions' %}
    inner join typed_{{ table.name }} as typed on typed.row_id = findings.row_id
    left join institutions as known_institutions
        on known_institutions.institution_id = typed.institution_id and findings.code <> 'E-SHAPE'
{% endif %}
    order by findings.row_id, findings.code, findings.column_name
)

select * from final
