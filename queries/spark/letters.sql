/*
title: 大小写
definition: >
    The letters that lower (upper) changes, and what they become, each as one text in the same order. Letter case differs
    between engines and their versions; on Spark these tables stand for it.
grain: one row
*/
with

letters as (
    select chr(cast(code as integer)) as letter
    from range(1, 1114112) as codes(code)
    where code not between 55296 and 57343
),

final as (
    select
        string_agg(letter, '' order by letter) filter (where lower(letter) <> letter) as before_lower,
        string_agg(lower(letter), '' order by letter) filter (where lower(letter) <> letter) as after_lower,
        string_agg(letter, '' order by letter) filter (where upper(letter) <> letter) as before_upper,
        string_agg(upper(letter), '' order by letter) filter (where upper(letter) <> letter) as after_upper
    from letters
)

select * from final
