/*
title: 入库行
definition: The accepted rows of one table of the contract, typed, with the file, sheet and row they come from.
grain: one row per accepted row
*/
select
{% for column in table.columns %}
    typed.{{ column.name }},
{% endfor %}
    raw_sheets.file as source_file,
    raw_sheets.sheet as source_sheet,
    typed.row_no as source_row
from typed_{{ table.name }} as typed
inner join raw_sheets on raw_sheets.sheet_id = typed.sheet_id
left join duplicates_{{ table.name }} as duplicates on duplicates.row_id = typed.row_id
where typed.fault is null and duplicates.row_id is null
