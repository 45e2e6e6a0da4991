/*
title: 重复行
definition: >
    Rows without fault that another row of the table makes superfluous. Rows equal in every contract column: the first
    in file order stays, the others are skipped (W-DUPLICATE). Of those left with the same key one stays, the rest are
    rejected (E-DUPLICATE): for a table with stages the one furthest along, else the later row.
grain: one row per superfluous row
*/
with

repeated_keys as (
    select {{ table.key | join(", ") }}
    from typed_{{ table.name }}
    where fault is null
    group by {{ table.key | join(", ") }}
    having count(*) > 1
),

candidates as (
    select typed.*
    from typed_{{ table.name }} as typed
    inner join repeated_keys
        on {% for column in table.key %}repeated_keys.{{ column }} = typed.{{ column }}{{ " and " if not loop.last }}{% endfor %}

    where typed.fault is null
),

copies as (
    select
        *,
        row_number() over (
            partition by {% for column in table.columns %}{{ column.name }}{{ ", " if not loop.last }}{% endfor %}

            order by row_id
        ) as copy_no
    from candidates
),

rivals as (
    select
        row_id,
        row_number() over (
            partition by {{ table.key | join(", ") }}
            order by {% for column in table.keep_latest %}{{ column }} desc nulls last, {% endfor %}row_id desc
        ) as place
    from copies
    where copy_no = 1
),

final as (
    select row_id, 'W-DUPLICATE' as code from copies where copy_no > 1
    union all
    select row_id, 'E-DUPLICATE' as code from rivals where place > 1
)

select * from final
